/** AWS endpoints for local runs and tests: real wire protocols over an in-memory world. Start at {@link io.cacheoperator.simulator.Simulator}. */
@NullMarked
package io.cacheoperator.simulator;

import org.jspecify.annotations.NullMarked;
