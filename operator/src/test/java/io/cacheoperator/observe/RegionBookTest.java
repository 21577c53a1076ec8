package io.cacheoperator.observe;

import static io.cacheoperator.observe.FakeAws.available;
import static io.cacheoperator.observe.FakeAws.creating;
import static io.cacheoperator.observe.FakeAws.group;
import static io.cacheoperator.observe.FakeAws.parts;
import static io.cacheoperator.observe.FakeAws.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Observation.Absent;
import io.cacheoperator.core.Observation.Present;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.core.Query;
import io.cacheoperator.observe.FakeAws.Group;
import io.cacheoperator.observe.FakeAws.GroupState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is believed of the answers about one thing. */
class RegionBookTest {

    private static final Group A = group("a");

    private final ManualClock clock = new ManualClock();
    private final FakeAws aws = new FakeAws(clock);
    private final BulkRead groups = aws.bulkReads().getFirst();
    private final BulkRead allParts = aws.bulkReads().getLast();
    private final RegionBook book = new RegionBook(new Catalogue(List.of(groups, allParts), FakeAws.FAMILIES), clock);

    private Set<Query<?>> bulk(Map<Group, GroupState> found) {
        return bulk(found, book.nextOrder());
    }

    private Set<Query<?>> bulk(Map<Group, GroupState> found, long order) {
        Answers.Builder answers = Answers.builder().calls(1);
        found.forEach(answers::put);
        return book.publish(groups, new Snapshot(answers.build(), order, clock.instant()), Set.of(A));
    }

    private Set<Query<?>> read(GroupState state) {
        return read(state, book.nextOrder());
    }

    private Set<Query<?>> read(GroupState state, long order) {
        return book.read(A, new Present<>(state, clock.instant(), Source.TARGETED), order);
    }

    private Set<Query<?>> readAbsent() {
        return book.read(A, new Absent<>(clock.instant(), Source.TARGETED), book.nextOrder());
    }

    private void pass(int seconds) {
        clock.forward(Duration.ofSeconds(seconds));
    }

    @Test
    void nothingIsKnownBeforeAnyRead() {
        assertThat(book.get(A).isUnknown()).isTrue();
    }

    @Test
    void whatABulkReadDoesNotHoldIsAbsentAsAHint() {
        assertThat(bulk(Map.of())).containsExactly(A);

        assertThat(book.get(A).isAbsent()).isTrue();
        assertThat(book.get(A).isConfirmedAbsent()).isFalse();
    }

    @Test
    void aSecondReadWithTheSameAnswerIsNoNews() {
        bulk(Map.of(A, available()));

        assertThat(bulk(Map.of(A, available()))).isEmpty();
        assertThat(read(available())).isEmpty();
    }

    @Test
    void aBulkReadThatBeganBeforeOurWriteIsNotBelievedForIt() {
        bulk(Map.of());
        long began = book.nextOrder();
        book.present(A, creating());

        bulk(Map.of(), began);

        assertThat(book.get(A).found()).contains(creating());
    }

    @Test
    void aSingleReadThatBeganBeforeOurWriteIsNotBelieved() {
        bulk(Map.of(A, available()));
        long began = book.nextOrder();
        book.present(A, new GroupState("modifying", 2));

        read(available(), began);

        assertThat(book.get(A).found()).contains(new GroupState("modifying", 2));
    }

    @Test
    void anOlderSingleReadDoesNotReplaceANewerOne() {
        long first = book.nextOrder();
        read(available());

        read(creating(), first);

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void aBulkReadThatBeganBeforeASingleReadDoesNotReplaceIt() {
        long began = book.nextOrder();
        read(available());

        bulk(Map.of(A, creating()), began);

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void whatWeMadeMayBeMissingForTwoMinutes() {
        bulk(Map.of());
        book.present(A, creating());
        pass(119);
        bulk(Map.of());
        readAbsent();
        assertThat(book.get(A).isPresent()).isTrue();

        pass(2);
        readAbsent();

        assertThat(book.get(A).isConfirmedAbsent()).isTrue();
    }

    @Test
    void whatWeMadeMayBeMissingAgainAfterItWasSeen() {
        bulk(Map.of());
        book.present(A, creating());
        pass(6);
        read(creating());
        pass(6);
        bulk(Map.of(A, available()));
        pass(6);

        bulk(Map.of());

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void whatWeMadeIsReadyAsSoonAsAReadSaysSo() {
        bulk(Map.of());
        book.present(A, creating());
        pass(1);

        read(available());

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void afterOurChangeALookThatShowsItUntouchedIsNotBelievedForHalfAMinute() {
        bulk(Map.of(A, available()));
        book.present(A, new GroupState("modifying", 1));
        pass(6);
        read(available());
        assertThat(book.get(A).found()).contains(new GroupState("modifying", 1));

        pass(25);
        read(available());

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void afterOurChangeItIsSettledAsSoonAsItWasSeenMoving() {
        bulk(Map.of(A, available()));
        book.present(A, new GroupState("modifying", 1));
        pass(6);
        read(new GroupState("modifying", 1));
        pass(6);

        read(available());

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void afterOurChangeItIsSettledAsSoonAsTheNewStateIsSeen() {
        bulk(Map.of(A, available()));
        book.present(A, new GroupState("modifying", 1));
        pass(6);

        read(new GroupState("available", 2));

        assertThat(book.get(A).found()).contains(new GroupState("available", 2));
    }

    @Test
    void aChangeThatTookEffectAtOnceIsNotUndoneByAStaleRead() {
        bulk(Map.of(A, available()));
        book.present(A, new GroupState("available", 2));
        pass(6);
        read(new GroupState("available", 2));
        pass(6);

        bulk(Map.of(A, available()));

        assertThat(book.get(A).found()).contains(new GroupState("available", 2));
    }

    @Test
    void aChangeThatSomebodyTookBackIsSeenAfterHalfAMinute() {
        bulk(Map.of(A, available()));
        book.present(A, new GroupState("available", 2));
        pass(31);

        bulk(Map.of(A, available()));

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void whatWeDeletedIsNotBroughtBackByAStaleRead() {
        bulk(Map.of(A, available()));
        book.absent(A);
        pass(6);

        bulk(Map.of(A, available()));

        assertThat(book.get(A).isConfirmedAbsent()).isTrue();
    }

    @Test
    void absenceAfterOurDeleteIsBelievedAtOnce() {
        bulk(Map.of(A, available()));
        book.present(A, new GroupState("deleting", 1));
        pass(1);

        readAbsent();

        assertThat(book.get(A).isConfirmedAbsent()).isTrue();
    }

    @Test
    void aConfirmedAbsenceStaysConfirmedWhileBulkReadsAgree() {
        bulk(Map.of());
        readAbsent();

        assertThat(bulk(Map.of())).isEmpty();

        assertThat(book.get(A).isConfirmedAbsent()).isTrue();
    }

    @Test
    void aBulkReadEndsAConfirmedAbsenceThatIsNoLongerTrue() {
        readAbsent();

        assertThat(bulk(Map.of(A, available()))).containsExactly(A);

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void whatWasWrittenWithoutAnAnswerIsUnknownUntilReadAnew() {
        bulk(Map.of(A, available()));
        long began = book.nextOrder();
        book.stale(A);
        bulk(Map.of(A, available()), began);
        assertThat(book.get(A).isUnknown()).isTrue();

        bulk(Map.of(A, available()));

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void whatFollowsFromAChangedAnswerIsUnknownUntilReadAnew() {
        bulk(Map.of(A, creating()));
        Answers found = Answers.builder().put(parts("a"), List.of("half")).build();
        book.publish(allParts, new Snapshot(found, book.nextOrder(), clock.instant()), Set.of(parts("a")));

        read(available());

        assertThat(book.get(parts("a")).isUnknown()).isTrue();
    }

    @Test
    void whatFollowsFromAnAnswerAndWasReadAfterItStays() {
        bulk(Map.of(A, creating()));
        long began = book.nextOrder();
        Answers found = Answers.builder().put(parts("a"), List.of("whole")).build();
        book.publish(allParts, new Snapshot(found, book.nextOrder(), clock.instant()), Set.of(parts("a")));

        bulk(Map.of(A, available()), began);

        assertThat(book.get(parts("a")).found()).contains(List.of("whole"));
    }

    @Test
    void aFirstAnswerDoesNotMakeOthersWorthless() {
        book.read(parts("a"), new Present<>(List.of("whole"), clock.instant(), Source.TARGETED), book.nextOrder());

        read(available());

        assertThat(book.get(parts("a")).isPresent()).isTrue();
    }

    @Test
    void anAnswerWithoutABulkReadAges() {
        book.read(value("v"), new Present<>("1", clock.instant(), Source.TARGETED), book.nextOrder());
        pass(3_599);
        assertThat(book.get(value("v")).found()).contains("1");

        pass(2);

        assertThat(book.get(value("v")).isUnknown()).isTrue();
    }

    @Test
    void nothingIsLostWhenTheClockGoesBack() {
        book.present(A, creating());
        clock.back(Duration.ofHours(1));

        bulk(Map.of(A, available()));

        assertThat(book.get(A).found()).contains(available());
    }

    @Test
    void answersThatNobodyWaitsForAreDroppedWhenTheyAreOld() {
        book.read(value("v"), new Present<>("1", clock.instant(), Source.TARGETED), book.nextOrder());
        book.read(value("w"), new Present<>("1", clock.instant(), Source.TARGETED), book.nextOrder());
        pass(3_601);

        book.prune(value("w")::equals);

        assertThat(book.sightings()).isEqualTo(1);
        Observation<String> kept = book.get(value("w"));
        assertThat(kept.isUnknown()).isTrue();
    }

    @Test
    void aBulkReadThatCoversASingleReadTakesItsPlace() {
        read(available());

        bulk(Map.of(A, available()));

        assertThat(book.sightings()).isZero();
    }
}
