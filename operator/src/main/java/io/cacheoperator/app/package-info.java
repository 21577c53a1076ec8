/** PLACEHOLDER. */
@NullMarked
package io.cacheoperator.app;

import org.jspecify.annotations.NullMarked;
