/** Simulated STS: who am I, and credentials for roles. */
@NullMarked
package io.cacheoperator.simulator.sts;

import org.jspecify.annotations.NullMarked;
