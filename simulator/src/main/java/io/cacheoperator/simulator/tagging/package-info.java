/** Simulated Resource Groups Tagging API over what the other services have. */
@NullMarked
package io.cacheoperator.simulator.tagging;

import org.jspecify.annotations.NullMarked;
