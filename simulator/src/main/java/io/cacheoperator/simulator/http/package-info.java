/** The HTTP server and its control surface. */
@NullMarked
package io.cacheoperator.simulator.http;

import org.jspecify.annotations.NullMarked;
