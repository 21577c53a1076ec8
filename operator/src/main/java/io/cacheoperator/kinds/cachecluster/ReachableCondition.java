package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.probe.ProbeReason;
import io.cacheoperator.probe.Reachability;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Condition DataPlaneReachable: whether the operator can connect as an application would. No other condition looks at it, for
 * an operator may well live where no route leads to the caches.
 */
final class ReachableCondition {

    static final String TYPE = "DataPlaneReachable";

    private ReachableCondition() {}

    /** @return empty while there is nothing to connect to, and until somebody has looked */
    static Optional<Condition> of(
            Reachability reachability, ClusterVerdict verdict, List<Condition> before, long generation, Instant now) {
        if (verdict.deleting()) {
            return Optional.empty();
        }
        Optional<Condition> old =
                before.stream().filter(c -> TYPE.equals(c.type())).findFirst();
        return switch (reachability) {
            case Reachability.NotKnown() ->
                old.map(c ->
                        new Condition(TYPE, c.status(), c.reason(), c.message(), c.lastTransitionTime(), generation));
            case Reachability.Off() ->
                verdict.usable() || old.isPresent()
                        ? Optional.of(said(
                                Status.UNKNOWN,
                                ProbeReason.ProbeOff,
                                ProbeReason.ProbeOff.meaning(),
                                old,
                                generation,
                                now))
                        : Optional.empty();
            case Reachability.Reachable() ->
                Optional.of(said(
                        Status.TRUE,
                        ProbeReason.Reachable,
                        "The operator connects with the connection Secret, and every node answers",
                        old,
                        generation,
                        now));
            case Reachability.Unreachable(ProbeReason reason, String message) ->
                Optional.of(said(Status.FALSE, reason, message, old, generation, now));
        };
    }

    private static Condition said(
            Status status, ProbeReason reason, String message, Optional<Condition> old, long generation, Instant now) {
        Instant since = old.filter(c -> c.status() == status)
                .map(Condition::lastTransitionTime)
                .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS));
        return new Condition(TYPE, status, reason.name(), message, since, generation);
    }
}
