/** Who calls, and whether they may. */
@NullMarked
package io.cacheoperator.simulator.iam;

import org.jspecify.annotations.NullMarked;
