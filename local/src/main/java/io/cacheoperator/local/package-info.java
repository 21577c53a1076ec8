/** PLACEHOLDER. */
@NullMarked
package io.cacheoperator.local;

import org.jspecify.annotations.NullMarked;
