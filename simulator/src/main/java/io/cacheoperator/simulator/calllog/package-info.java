/** Every call that was made, for tests that count and look. */
@NullMarked
package io.cacheoperator.simulator.calllog;

import org.jspecify.annotations.NullMarked;
