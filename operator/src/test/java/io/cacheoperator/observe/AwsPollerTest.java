package io.cacheoperator.observe;

import static io.cacheoperator.observe.FakeAws.REGION;
import static io.cacheoperator.observe.FakeAws.available;
import static io.cacheoperator.observe.FakeAws.creating;
import static io.cacheoperator.observe.FakeAws.group;
import static io.cacheoperator.observe.FakeAws.parts;
import static io.cacheoperator.observe.FakeAws.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Query;
import io.cacheoperator.observe.FakeAws.GroupState;
import io.cacheoperator.observe.Interests.Subscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is read when, by a clock that stands still until told; every read ends at once. */
class AwsPollerTest {

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

    private void interested(Query<?>... queries) {
        poller.interests().set(ANYONE, Set.of(queries));
    }

    /** Lets time pass in steps of 100 ms. @return what was read meanwhile */
    private List<String> pass(Duration duration) {
        for (long ms = 0; ms < duration.toMillis(); ms += 100) {
            clock.forward(Duration.ofMillis(100));
            poller.tick();
        }
        return aws.reads();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    // What is asked.

    @Test
    void theFirstQuestionOfAFamilyIsAnsweredByItsBulkRead() {
        aws.put(group("a"), available());

        assertThat(poller.read(Set.of(group("a")))).isEmpty();

        assertThat(aws.reads()).containsExactly("ListGroups");
        assertThat(poller.get(group("a")).found()).contains(available());
        assertThat(poller.get(group("b")).isAbsent()).isTrue();
        assertThat(poller.get(group("b")).isConfirmedAbsent()).isFalse();
    }

    @Test
    void anAbsenceFromAListIsConfirmedByACallThatNamesIt() {
        poller.read(Set.of(group("a")));
        aws.reads();

        poller.read(Set.of(group("a")));

        assertThat(aws.reads()).containsExactly("Group a");
        assertThat(poller.get(group("a")).isConfirmedAbsent()).isTrue();
    }

    @Test
    void oneQuestionCostsOneCallOfItsOwn() {
        poller.read(Set.of(group("a")));
        poller.stale(group("a"));
        aws.reads();

        poller.read(Set.of(group("a")));

        assertThat(aws.reads()).containsExactly("Group a");
    }

    @Test
    void whatHasNoBulkReadIsAskedAlone() {
        aws.put(value("v"), "1");

        poller.read(Set.of(value("v")));

        assertThat(aws.reads()).containsExactly("Value v");
        assertThat(poller.get(value("v")).found()).contains("1");
    }

    @Test
    void aFailureIsGivenBackAndShownAsTheReasonWhyNothingIsKnown() {
        aws.fail("Value", Failure.Kind.BUSY);

        assertThat(poller.read(Set.of(value("v")))).containsOnlyKeys(value("v"));

        assertThat(poller.get(value("v")).toString()).contains("AWS says no");
    }

    @Test
    void aFailedReadIsNotRepeatedForATimeThatGrows() {
        aws.fail("Value", Failure.Kind.UNAVAILABLE);
        poller.read(Set.of(value("v")));
        poller.read(Set.of(value("v")));
        assertThat(aws.reads()).hasSize(1);
        clock.forward(seconds(1));
        poller.read(Set.of(value("v")));
        clock.forward(seconds(1));
        poller.read(Set.of(value("v")));
        assertThat(aws.reads()).hasSize(1);

        clock.forward(seconds(1));
        aws.heal("Value");
        aws.put(value("v"), "1");

        assertThat(poller.read(Set.of(value("v")))).isEmpty();
        assertThat(poller.get(value("v")).found()).contains("1");
    }

    @Test
    void aFailedReadDoesNotTakeAwayWhatIsKnown() {
        aws.put(group("a"), available());
        poller.read(Set.of(group("a")));
        aws.fail("Group", Failure.Kind.UNAVAILABLE);

        poller.read(Set.of(group("a")));

        assertThat(poller.get(group("a")).found()).contains(available());
    }

    @Test
    void aBulkReadThatBreaksPublishesNothing() {
        aws.put(group("a"), available());
        interested(group("a"), group("b"));
        poller.poll();
        aws.remove(group("a"));
        aws.fail("ListGroups", Failure.Kind.UNAVAILABLE);

        poller.poll();

        assertThat(poller.get(group("a")).found()).contains(available());
    }

    @Test
    void whoMayNotListAsksAlone() {
        aws.fail("ListGroups", Failure.Kind.ACCESS);
        aws.put(group("a"), available());

        assertThat(poller.read(Set.of(group("a")))).isEmpty();

        assertThat(poller.get(group("a")).found()).contains(available());
    }

    // The bulk lane.

    @Test
    void whatNobodyWaitsForIsNotRead() {
        assertThat(pass(Duration.ofMinutes(3))).isEmpty();
    }

    @Test
    void onlyFamiliesThatSomebodyWaitsForAreRead() {
        interested(group("a"));

        assertThat(pass(seconds(1))).containsExactly("ListGroups");
    }

    @Test
    void aRegionInUseIsReadOnceBeforeAnybodyWaits() {
        poller.use(REGION);
        assertThat(poller.ready()).isFalse();

        assertThat(pass(Duration.ofMinutes(5))).containsExactly("ListGroups", "ListParts");
        assertThat(poller.ready()).isTrue();
    }

    @Test
    void aFamilyThatMayNotBeReadDoesNotKeepTheRestFromBeingReady() {
        aws.fail("ListParts", Failure.Kind.ACCESS);
        poller.use(REGION);

        pass(seconds(1));

        assertThat(poller.ready()).isTrue();
    }

    @Test
    void isStuckWhenItLooksNoLongerAndNotBeforeItBegan() {
        clock.forward(Duration.ofHours(1));
        assertThat(poller.stuck()).isEmpty();
        poller.tick();
        clock.forward(Duration.ofMinutes(4));
        assertThat(poller.stuck()).isEmpty();
        clock.forward(Duration.ofMinutes(2));
        assertThat(poller.stuck()).hasValueSatisfying(why -> assertThat(why).contains("has not been looked at since"));
        poller.tick();
        assertThat(poller.stuck()).isEmpty();
    }

    @Test
    void isNotReadyWhileAwsAnswersNothing() {
        aws.fail("ListParts", Failure.Kind.UNAVAILABLE);
        aws.fail("ListGroups", Failure.Kind.UNAVAILABLE);
        poller.use(REGION);

        pass(seconds(30));

        assertThat(poller.ready()).isFalse();
    }

    @Test
    void whileNothingChangesOnlyBulkReadsAndTheFeedAreAsked() {
        aws.put(group("a"), available());
        aws.put(parts("a"), List.of("a-1"));
        interested(group("a"), parts("a"));

        List<String> reads = pass(Duration.ofMinutes(10));

        assertThat(reads).containsOnly("ListGroups", "ListParts", "Events");
        assertThat(reads.stream().filter("ListGroups"::equals)).hasSizeBetween(9, 12);
        assertThat(reads.stream().filter("Events"::equals)).hasSizeBetween(9, 11);
    }

    @Test
    void aBulkReadThatFailedIsRepeatedSoonThenLessAndLessOften() {
        aws.fail("ListGroups", Failure.Kind.THROTTLED);
        interested(group("a"));

        assertThat(pass(seconds(1))).hasSize(1);
        assertThat(pass(seconds(3))).hasSize(2);
        assertThat(pass(seconds(4))).hasSize(1);
        aws.heal("ListGroups");
        assertThat(pass(seconds(10))).containsExactly("ListGroups");
        assertThat(pass(seconds(5))).isEmpty();
    }

    @Test
    void aClockThatGoesBackDoesNotStopTheBulkReads() {
        interested(group("a"));
        pass(seconds(1));
        clock.back(Duration.ofHours(3));

        assertThat(pass(seconds(70))).contains("ListGroups");
    }

    // The fast lane.

    @Test
    void whatWeMadeIsFirstLookedAtAfterFiveAndAHalfSeconds() {
        interested(group("a"));
        poller.poll();
        aws.reads();
        aws.put(group("a"), creating());
        poller.present(group("a"), creating());

        assertThat(pass(seconds(5.4))).isEmpty();
        assertThat(pass(seconds(0.2))).containsExactly("Group a");
    }

    @Test
    void aCacheThatTakesTenSecondsIsSeenReadyWithinTwelveByTwoReads() {
        interested(group("a"));
        poller.poll();
        aws.reads();
        aws.put(group("a"), creating());
        poller.present(group("a"), creating());
        List<String> reads = new ArrayList<>(pass(seconds(10)));

        aws.put(group("a"), available());
        reads.addAll(pass(seconds(2)));

        assertThat(poller.get(group("a")).found()).contains(available());
        assertThat(reads).containsExactly("Group a", "Group a");
        assertThat(poller.moving()).isZero();
    }

    @Test
    void whatMovesForLongIsLookedAtEveryFifteenSeconds() {
        interested(group("a"));
        poller.poll();
        aws.put(group("a"), creating());
        poller.present(group("a"), creating());
        pass(Duration.ofMinutes(10));

        List<String> looks =
                pass(Duration.ofMinutes(1)).stream().filter("Group a"::equals).toList();

        assertThat(looks).hasSizeBetween(3, 5);
    }

    @Test
    void whatAPassWroteIsLookedAtEvenBeforeThePassSaidWhatItWaitsFor() {
        poller.use(REGION);
        pass(seconds(1));
        aws.put(group("a"), creating());
        poller.present(group("a"), creating());

        assertThat(pass(seconds(6))).containsExactly("Group a");
    }

    @Test
    void aHundredInMotionShareBulkReads() {
        Query<?>[] all = IntStream.range(0, 100).mapToObj(i -> group("g" + i)).toArray(Query<?>[]::new);
        interested(all);
        poller.poll();
        aws.reads();
        for (int i = 0; i < 100; i++) {
            aws.put(group("g" + i), creating());
            poller.present(group("g" + i), creating());
            pass(Duration.ofMillis(i % 3 == 0 ? 100 : 0));
        }

        List<String> reads = pass(seconds(20));

        assertThat(reads).containsOnly("ListGroups");
        assertThat(reads).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void fewInMotionAreReadAloneWhereABulkReadHasManyPages() {
        aws.pages(10);
        interested(group("a"), group("b"));
        poller.poll();
        aws.reads();
        poller.present(group("a"), creating());
        poller.present(group("b"), creating());
        aws.put(group("a"), creating());
        aws.put(group("b"), creating());

        assertThat(pass(seconds(6))).containsExactlyInAnyOrder("Group a", "Group b");
    }

    @Test
    void whatWasFoundMovingInABulkReadIsFollowed() {
        interested(group("a"));
        aws.put(group("a"), new GroupState("modifying", 1));
        poller.poll();
        aws.reads();

        assertThat(pass(seconds(6))).containsExactly("Group a");
    }

    @Test
    void whatWasKnownToMoveBeforeAnybodyWaitedIsFollowedOnceSomebodyDoes() {
        aws.put(group("a"), creating());
        poller.use(REGION);
        pass(seconds(1));
        interested(group("a"));

        assertThat(pass(seconds(5.7))).containsExactly("Group a");
    }

    @Test
    void aFailedLookIsRepeated() {
        interested(group("a"));
        poller.poll();
        poller.present(group("a"), creating());
        aws.put(group("a"), available());
        aws.fail("Group", Failure.Kind.UNAVAILABLE);
        pass(seconds(6));
        aws.heal("Group");

        pass(seconds(6));

        assertThat(poller.get(group("a")).found()).contains(available());
    }

    // The feed.

    @Test
    void whatTheFeedNamesIsReadAtOnce() {
        aws.put(group("a"), available());
        interested(group("a"));
        pass(seconds(20));
        aws.put(group("a"), new GroupState("available", 2));
        aws.happened("1", clock.instant(), group("a"));

        assertThat(pass(seconds(11))).containsExactly("Events", "Group a");
        assertThat(poller.get(group("a")).found()).contains(new GroupState("available", 2));
    }

    @Test
    void anEntryOfTheFeedIsActedOnOnce() {
        aws.put(group("a"), available());
        interested(group("a"));
        pass(seconds(20));
        aws.happened("1", clock.instant(), group("a"));

        List<String> reads = pass(Duration.ofMinutes(4));

        assertThat(reads.stream().filter("Group a"::equals)).hasSize(1);
    }

    @Test
    void anEntryOlderThanWhatIsKnownIsNotActedOn() {
        aws.put(group("a"), available());
        interested(group("a"));
        aws.happened("1", clock.instant(), group("a"));

        assertThat(pass(seconds(35))).containsExactly("ListGroups", "Events");
    }

    @Test
    void anEntryAboutWhatNobodyWaitsForIsIgnored() {
        interested(group("a"));
        pass(seconds(20));
        aws.happened("1", clock.instant(), group("stranger"));

        assertThat(pass(seconds(15))).containsExactly("Events");
    }

    // The slow round.

    @Test
    void whatHasNoBulkReadIsReadAgainWhenItsAnswerIsOld() {
        aws.put(value("v"), "1");
        interested(value("v"));
        poller.read(Set.of(value("v")));
        aws.reads();
        assertThat(pass(Duration.ofMinutes(9))).containsOnly("Events");
        aws.put(value("v"), "2");

        pass(Duration.ofMinutes(3));

        assertThat(poller.get(value("v")).found()).contains("2");
    }

    @Test
    void theSlowRoundReadsAFewAtATime() {
        Query<?>[] all = IntStream.range(0, 50).mapToObj(i -> value("v" + i)).toArray(Query<?>[]::new);
        interested(all);
        poller.read(Set.of(all));
        clock.forward(Duration.ofMinutes(11));
        poller.tick();
        aws.reads();

        List<String> reads = pass(Duration.ofMinutes(1));

        assertThat(reads.stream().filter(read -> read.startsWith("Value"))).hasSizeLessThanOrEqualTo(4);
    }

    // Who is told.

    @Test
    void aChangeIsToldOnceAndNoChangeIsNot() {
        List<Set<Query<?>>> told = new ArrayList<>();
        aws.put(group("a"), available());
        interested(group("a"), group("b"));
        poller.onChange((queries, by) -> told.add(queries));
        poller.poll();
        poller.poll();
        aws.put(group("a"), new GroupState("available", 2));

        poller.poll();

        assertThat(told).containsExactly(Set.of(group("a"), group("b")), Set.of(group("a")));
    }

    @Test
    void ourOwnWriteIsToldToOthers() {
        List<Set<Query<?>>> told = new ArrayList<>();
        poller.onChange((queries, by) -> told.add(queries));

        poller.present(group("shared"), available());

        assertThat(told).containsExactly(Set.of(group("shared")));
    }

    // Races.

    @Test
    void aWriteDuringABulkReadIsNotUndoneByIt() {
        interested(group("a"));
        aws.duringNextRead(() -> poller.present(group("a"), creating()));

        poller.poll();

        assertThat(poller.get(group("a")).found()).contains(creating());
    }

    @Test
    void whoNeedsAnAnswerNewerThanTheReadUnderWaySharesTheNextOne() {
        aws.put(value("v"), "before");
        aws.duringNextRead(() -> {
            aws.put(value("v"), "after");
            poller.stale(value("v"));
        });
        poller.read(Set.of(value("v")));
        assertThat(poller.get(value("v")).isUnknown()).isTrue();

        poller.read(Set.of(value("v")));

        assertThat(poller.get(value("v")).found()).contains("after");
    }

    @Test
    void saysHowOldItsSnapshotsAre() {
        interested(group("a"));
        poller.poll();
        clock.forward(seconds(7));

        assertThat(poller.snapshotAges()).containsExactly(java.util.Map.entry(REGION, seconds(7)));
    }
}
