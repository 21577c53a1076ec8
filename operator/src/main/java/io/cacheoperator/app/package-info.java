/** Wiring: configuration, the list of kinds, leadership, health, main. */
@NullMarked
package io.cacheoperator.app;

import org.jspecify.annotations.NullMarked;
