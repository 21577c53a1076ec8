/** PLACEHOLDER. */
@NullMarked
package io.cacheoperator.simulator;

import org.jspecify.annotations.NullMarked;
