package io.cacheoperator.simulator.world;

import java.util.function.Function;

/**
 * Names the state that one service keeps per region, without the world knowing the service.
 *
 * @param name    unique, such as {@code elasticache}
 * @param type    the class of the state
 * @param initial makes the state when it is first asked for
 */
public record ServiceStateKey<S>(String name, Class<S> type, Function<RegionState, S> initial) {}
