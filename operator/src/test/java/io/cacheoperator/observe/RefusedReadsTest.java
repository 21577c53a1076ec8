package io.cacheoperator.observe;

import static io.cacheoperator.observe.FakeAws.available;
import static io.cacheoperator.observe.FakeAws.group;
import static io.cacheoperator.observe.FakeAws.parts;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Query;
import io.cacheoperator.observe.Interests.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of what is known when AWS no longer permits to read it. */
class RefusedReadsTest {

    private static final Subscriber ANYONE = new Subscriber("thing", "default", "anyone");

    private final ManualClock clock = new ManualClock();
    private final FakeAws aws = new FakeAws(clock);
    private final AwsPoller poller = new AwsPoller(
            aws,
            aws,
            new Catalogue(aws.bulkReads(), FakeAws.FAMILIES),
            PollCadence.standard(),
            clock,
            Runnable::run,
            () -> {});
    private final List<Query<?>> told = new ArrayList<>();

    private void interested(Query<?>... queries) {
        poller.interests().set(ANYONE, Set.of(queries));
        poller.onChange((changed, by) -> told.addAll(changed));
    }

    private List<String> pass(Duration duration) {
        for (long ms = 0; ms < duration.toMillis(); ms += 100) {
            clock.forward(Duration.ofMillis(100));
            poller.tick();
        }
        return aws.reads();
    }

    @Test
    void aRefusedListBreaksNoOther() {
        aws.put(group("a"), available());
        aws.put(parts("a"), List.of("a-1"));
        aws.fail("ListParts", Failure.Kind.ACCESS);
        interested(group("a"), parts("a"));

        List<String> reads = pass(Duration.ofMinutes(10));

        assertThat(poller.get(group("a")).found()).contains(available());
        assertThat(Collections.frequency(reads, "ListGroups")).isBetween(9, 12);
        assertThat(poller.get(parts("a")).refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.operation()).isEqualTo("ListParts"));
    }

    @Test
    void whatWasOnTheListIsBelievedForTwoPeriodsAndThenUnknownWithTheRefusal() {
        aws.put(group("a"), available());
        interested(group("a"));
        pass(Duration.ofSeconds(1));
        aws.fail("ListGroups", Failure.Kind.ACCESS);

        pass(Duration.ofSeconds(90));
        assertThat(poller.get(group("a")).found()).contains(available());

        pass(Duration.ofMinutes(1));
        assertThat(poller.get(group("a")).isUnknown()).isTrue();
        assertThat(poller.get(group("a")).refusal()).isPresent();
    }

    @Test
    void whoWaitsIsToldOnceWhenItIsLostAndOnceWhenItIsBack() {
        aws.put(group("a"), available());
        interested(group("a"));
        pass(Duration.ofSeconds(1));
        told.clear();
        aws.fail("ListGroups", Failure.Kind.ACCESS);

        pass(Duration.ofMinutes(10));
        assertThat(told).containsExactly(group("a"));

        aws.heal("ListGroups");
        pass(Duration.ofMinutes(2));
        assertThat(told).containsExactly(group("a"), group("a"));
        assertThat(poller.get(group("a")).found()).contains(available());
    }

    @Test
    void aListThatFailsForAnotherReasonIsBelievedOn() {
        aws.put(group("a"), available());
        interested(group("a"));
        pass(Duration.ofSeconds(1));
        aws.fail("ListGroups", Failure.Kind.UNAVAILABLE);

        pass(Duration.ofMinutes(10));

        assertThat(poller.get(group("a")).found()).contains(available());
    }

    @Test
    void oneThingMayBeReadWhereTheListMayNot() {
        aws.put(group("a"), available());
        aws.fail("ListGroups", Failure.Kind.ACCESS);
        interested(group("a"));
        pass(Duration.ofSeconds(30));

        assertThat(poller.read(Set.of(group("a")))).isEmpty();

        assertThat(poller.get(group("a")).found()).contains(available());
    }

    @Test
    void aHundredThatWaitForWhatIsRefusedAskOnceAndNotEach() {
        aws.fail("ListGroups", Failure.Kind.ACCESS);
        aws.fail("Group", Failure.Kind.ACCESS);
        List<Query<?>> all =
                IntStream.range(0, 100).<Query<?>>mapToObj(i -> group("g" + i)).toList();
        interested(all.toArray(Query<?>[]::new));
        pass(Duration.ofSeconds(30));

        all.forEach(query -> assertThat(poller.read(Set.of(query))).containsOnlyKeys(query));

        assertThat(aws.reads()).hasSizeLessThanOrEqualTo(1);
    }
}
