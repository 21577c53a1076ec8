/** What happens to a call between its arrival and its answer. */
@NullMarked
package io.cacheoperator.simulator.pipeline;

import org.jspecify.annotations.NullMarked;
