package io.cacheoperator.observe;

import static io.cacheoperator.observe.FakeAws.available;
import static io.cacheoperator.observe.FakeAws.group;
import static io.cacheoperator.observe.FakeAws.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Query;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many who ask at the same time: reads wait in a queue until they are let go. */
class ReadDeskTest {

    private final ManualClock clock = new ManualClock();
    private final FakeAws aws = new FakeAws(clock);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Catalogue catalogue = new Catalogue(aws.bulkReads(), FakeAws.FAMILIES);
    private final Books books = new Books(catalogue, clock);
    private final PollStats stats = new PollStats();
    private final BulkDesk bulk = new BulkDesk(books, new Interests(), stats, clock, waiting::add);
    private final ReadDesk desk = new ReadDesk(aws, catalogue, books, bulk, stats, clock, waiting::add);

    private CompletableFuture<Optional<Failure>> ask(Query<?> query) {
        return desk.read(query, Thread.currentThread());
    }

    private void letGo() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void knownInBulk(int pages) {
        aws.pages(pages);
        ask(group("other"));
        letGo();
        aws.reads();
    }

    private void existsAndChanged(String id) {
        aws.put(group(id), available());
        books.of(group(id)).stale(group(id));
    }

    @Test
    void theSameQuestionIsAskedOnce() {
        List<CompletableFuture<Optional<Failure>>> answers =
                IntStream.range(0, 20).mapToObj(i -> ask(value("v"))).toList();

        letGo();

        assertThat(aws.reads()).containsExactly("Value v");
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void beforeTheFirstBulkReadAllShareIt() {
        IntStream.range(0, 20).forEach(i -> ask(group("g" + i)));

        letGo();

        assertThat(aws.reads()).containsExactly("ListGroups");
    }

    @Test
    void aHundredAtOnceShareOneBulkReadBesidesTheFirst() {
        knownInBulk(1);
        IntStream.range(0, 100).forEach(i -> existsAndChanged("g" + i));

        IntStream.range(0, 100).forEach(i -> ask(group("g" + i)));
        letGo();

        assertThat(aws.reads()).containsExactly("Group g0", "ListGroups");
        assertThat(IntStream.range(0, 100))
                .allMatch(i -> books.get(group("g" + i)).isPresent());
    }

    @Test
    void fewAtOnceAreAskedAloneWhereABulkReadHasManyPages() {
        knownInBulk(10);
        existsAndChanged("a");
        existsAndChanged("b");

        ask(group("a"));
        ask(group("b"));
        letGo();

        assertThat(aws.reads()).containsExactly("Group a", "Group b");
    }

    @Test
    void placesForSingleReadsAreGivenBack() {
        knownInBulk(1);
        for (int i = 0; i < 3; i++) {
            existsAndChanged("a");
            ask(group("a"));
            letGo();
        }

        assertThat(aws.reads()).containsExactly("Group a", "Group a", "Group a");
    }

    @Test
    void everyAbsenceFromAListIsConfirmedAlone() {
        knownInBulk(1);

        IntStream.range(0, 3).forEach(i -> ask(group("gone" + i)));
        letGo();

        assertThat(aws.reads()).containsExactly("Group gone0", "Group gone1", "Group gone2");
        assertThat(IntStream.range(0, 3))
                .allMatch(i -> books.get(group("gone" + i)).isConfirmedAbsent());
    }

    @Test
    void aBulkReadUnderWayDoesNotAnswerForAWriteMadeSinceItBegan() {
        knownInBulk(1);
        existsAndChanged("a");
        existsAndChanged("b");
        ask(group("a"));
        ask(group("b"));
        books.of(group("c")).stale(group("c"));
        aws.put(group("c"), available());

        CompletableFuture<Optional<Failure>> answer = ask(group("c"));
        letGo();

        assertThat(answer).isDone();
        assertThat(books.get(group("c")).found()).contains(available());
        assertThat(aws.reads()).containsExactly("Group a", "ListGroups", "ListGroups");
    }

    @Test
    void aReaderThatThrowsIsAFailureAndNotTheEnd() {
        aws.duringNextRead(() -> {
            throw new IllegalStateException("a bug");
        });

        CompletableFuture<Optional<Failure>> answer = ask(value("v"));
        letGo();

        assertThat(answer.join()).map(Failure::kind).contains(Failure.Kind.UNAVAILABLE);
    }
}
