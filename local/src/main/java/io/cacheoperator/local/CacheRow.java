package io.cacheoperator.local;

import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the table shows of one cache.
 *
 * @param state how far it is
 * @param detail the endpoint once it is Ready, until then what is going on
 */
record CacheRow(String name, String engine, String version, String shape, String phase, State state, String detail) {
    /** How far a cache is. */
    enum State {
        WORKING,
        READY,
        /** Only the user can help. */
        STALLED
    }

    static CacheRow of(CacheCluster cache) {
        Optional<CacheClusterStatus> status = Optional.ofNullable(cache.getStatus());
        State state = state(cache);
        return new CacheRow(
                cache.getMetadata().getName(),
                Optional.ofNullable(cache.getSpec())
                        .map(spec -> spec.engine().wireName())
                        .orElse(""),
                text(status.map(CacheClusterStatus::engineVersion)),
                text(status.map(CacheClusterStatus::shape)),
                text(status.map(CacheClusterStatus::phase).map(CacheRow::word)),
                state,
                detail(status, state));
    }

    boolean ready() {
        return state == State.READY;
    }

    /** The conditions of a cache, one line each, for the one who must find out why it is not Ready. */
    static List<String> conditions(CacheCluster cache) {
        return Stream.ofNullable(cache.getStatus())
                .flatMap(status -> status.conditions().stream())
                .map(c -> "%s=%s %s: %s".formatted(c.type(), word(c.status()), c.reason(), c.message()))
                .toList();
    }

    private static State state(CacheCluster cache) {
        if (isTrue(cache, "Stalled")) {
            return State.STALLED;
        }
        boolean current = Stream.ofNullable(cache.getStatus())
                .anyMatch(s -> Objects.equals(
                        s.observedGeneration(), cache.getMetadata().getGeneration()));
        return current && isTrue(cache, "Ready") ? State.READY : State.WORKING;
    }

    private static boolean isTrue(CacheCluster cache, String type) {
        return Optional.ofNullable(cache.getStatus())
                .flatMap(status -> status.condition(type))
                .filter(condition -> condition.status() == Condition.Status.TRUE)
                .isPresent();
    }

    private static String detail(Optional<CacheClusterStatus> status, State state) {
        return text(
                switch (state) {
                    case READY -> status.map(CacheClusterStatus::endpoint);
                    case STALLED -> status.flatMap(s -> s.condition("Stalled")).map(Condition::message);
                    case WORKING ->
                        status.map(CacheClusterStatus::summary)
                                .filter(summary -> !summary.isEmpty())
                                .or(() -> status.flatMap(s -> s.condition("Ready"))
                                        .map(Condition::message));
                });
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("").strip();
    }

    /** An enum's name as Kubernetes writes it. */
    private static String word(Enum<?> value) {
        return value.name().charAt(0) + value.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
