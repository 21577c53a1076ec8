/** What can be made to go wrong, while the simulator runs. */
@NullMarked
package io.cacheoperator.simulator.faults;

import org.jspecify.annotations.NullMarked;
