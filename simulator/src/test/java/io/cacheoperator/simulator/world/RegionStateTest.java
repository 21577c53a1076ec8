package io.cacheoperator.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionStateTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private final SimulatorClock clock = SimulatorClock.manual(T);
    private final World world = new World(clock, "000000000000");
    private final RegionState region = world.region("eu-west-1");
    private final List<String> happened = new ArrayList<>();

    @Test
    void letsThingsHappenInOrderAtTheirOwnTime() {
        region.schedule(T, Duration.ofSeconds(20), at -> happened.add("second at " + at));
        region.schedule(T, Duration.ofSeconds(10), at -> {
            happened.add("first at " + at);
            region.schedule(at, Duration.ofSeconds(5), next -> happened.add("follow-up at " + next));
        });
        region.settle(T.plusSeconds(9));
        assertThat(happened).isEmpty();
        region.settle(T.plusSeconds(60));
        assertThat(happened)
                .containsExactly(
                        "first at 2026-01-01T00:00:10Z",
                        "follow-up at 2026-01-01T00:00:15Z",
                        "second at 2026-01-01T00:00:20Z");
        assertThat(region.nextDue()).isEmpty();
    }

    @Test
    void advancingTheClockSettlesTheWorldThatListensToIt() {
        clock.onAdvance(world::settle);
        region.schedule(T, Duration.ofSeconds(10), at -> happened.add("x"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(happened).containsExactly("x");
    }

    @Test
    void accountsAndRegionsAreApart() {
        assertThat(world.region("111111111111", "eu-west-1")).isNotSameAs(region);
        assertThat(world.region("eu-west-1")).isSameAs(region);
        assertThat(world.region("us-east-1").ids().next("sg-"))
                .isNotEqualTo(region.ids().next("sg-"))
                .matches("sg-0[0-9a-f]{16}");
    }

    @Test
    void idsAreTheSameInEveryRun() {
        assertThat(new IdSource("seed").next("sg-")).isEqualTo(new IdSource("seed").next("sg-"));
        IdSource ids = new IdSource("seed");
        assertThat(ids.next("sg-")).isNotEqualTo(ids.next("sg-"));
    }

    @Test
    void namesZonesAsAwsDoes() {
        assertThat(Zones.of("us-east-1")).hasSize(6).first().isEqualTo(new Zones.Zone("us-east-1a", "use1-az1"));
        assertThat(Zones.shortName("ap-northeast-2")).isEqualTo("apne2");
        assertThat(Zones.shortName("us-gov-west-1")).isEqualTo("usgw1");
        assertThat(Zones.of("eu-central-1")).hasSize(3);
    }

    @Test
    void aScaledClockRunsAtItsSpeed() {
        List<Instant> real = new ArrayList<>(List.of(T));
        SimulatorClock fast = SimulatorClock.scaled(60, real::getLast);
        real.add(T.plusSeconds(2));
        assertThat(fast.instant()).isEqualTo(T.plusSeconds(120));
        fast.advance(Duration.ofHours(1));
        assertThat(fast.instant()).isEqualTo(T.plusSeconds(3720));
    }
}
