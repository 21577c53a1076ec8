/** PLACEHOLDER. */
@NullMarked
package io.cacheoperator.apiserver;

import org.jspecify.annotations.NullMarked;
