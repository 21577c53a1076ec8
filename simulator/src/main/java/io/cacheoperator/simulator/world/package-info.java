/** The state behind the endpoints: accounts, regions, time, and what is due to happen. */
@NullMarked
package io.cacheoperator.simulator.world;

import org.jspecify.annotations.NullMarked;
