/** Asks the caches themselves, over the network that applications use: whether they answer, and how they are. */
@NullMarked
package io.cacheoperator.probe;

import org.jspecify.annotations.NullMarked;
