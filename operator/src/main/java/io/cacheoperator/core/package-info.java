/** The vocabulary every kind shares: what was observed, what is planned, what came of it. Depends on nothing of ours. */
@NullMarked
package io.cacheoperator.core;

import org.jspecify.annotations.NullMarked;
