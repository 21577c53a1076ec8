/** Reads AWS in bulk for all resources at once and answers questions from what was read. */
@NullMarked
package io.cacheoperator.observe;

import org.jspecify.annotations.NullMarked;
