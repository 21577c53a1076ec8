package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.core.Plan;
import io.cacheoperator.probe.ProbeReason;
import io.cacheoperator.probe.Reachability;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReachableConditionTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant T1 = Instant.parse("2026-01-01T01:00:00Z");
    private static final Reachability TIMED_OUT =
            new Reachability.Unreachable(ProbeReason.ConnectTimedOut, "001 (h:6379): ConnectTimedOut, timed out");

    private static ClusterVerdict verdict(boolean deleting, boolean usable) {
        return new ClusterVerdict(
                deleting,
                false,
                false,
                Optional.of(Caches.valkey("available")),
                usable,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Plan.nothing());
    }

    private static Optional<Condition> of(Reachability reachability, List<Condition> before, Instant now) {
        return ReachableCondition.of(reachability, verdict(false, true), before, 1, now);
    }

    @Test
    void saysNothingUntilSomebodyHasLooked() {
        assertThat(of(new Reachability.NotKnown(), List.of(), T0)).isEmpty();
    }

    @Test
    void keepsWhatWasSaidOverARestart() {
        List<Condition> before = of(TIMED_OUT, List.of(), T0).stream().toList();
        assertThat(of(new Reachability.NotKnown(), before, T1)).isEqualTo(of(TIMED_OUT, List.of(), T0));
    }

    @Test
    void sayingTheSameTwiceChangesNothing() {
        for (Reachability result : List.of(new Reachability.Reachable(), new Reachability.Off(), TIMED_OUT)) {
            List<Condition> once = of(result, List.of(), T0).stream().toList();
            assertThat(once).hasSize(1);
            assertThat(of(result, once, T1)).contains(once.getFirst());
        }
    }

    @Test
    void timeMovesWithTheStatusOnly() {
        List<Condition> before = of(TIMED_OUT, List.of(), T0).stream().toList();
        Reachability refused = new Reachability.Unreachable(ProbeReason.ConnectRefused, "m");
        assertThat(of(refused, before, T1).orElseThrow().lastTransitionTime()).isEqualTo(T0);
        assertThat(of(new Reachability.Reachable(), before, T1).orElseThrow().lastTransitionTime())
                .isEqualTo(T1);
    }

    @Test
    void isUnknownWhereProbingIsOff() {
        assertThat(of(new Reachability.Off(), List.of(), T0)).hasValueSatisfying(condition -> {
            assertThat(condition.status()).isEqualTo(Status.UNKNOWN);
            assertThat(condition.reason()).isEqualTo("ProbeOff");
        });
        assertThat(ReachableCondition.of(new Reachability.Off(), verdict(false, false), List.of(), 1, T0))
                .isEmpty();
    }

    @Test
    void isNotSaidOfWhatIsBeingDeleted() {
        assertThat(ReachableCondition.of(TIMED_OUT, verdict(true, true), List.of(), 1, T0))
                .isEmpty();
    }
}
