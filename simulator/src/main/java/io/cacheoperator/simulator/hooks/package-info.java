/** Instants on the server side at which a test can act, such as after the effect of a call and before its answer. */
@NullMarked
package io.cacheoperator.simulator.hooks;

import org.jspecify.annotations.NullMarked;
