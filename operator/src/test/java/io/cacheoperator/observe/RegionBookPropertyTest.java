package io.cacheoperator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Answers;
import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Observation.Present;
import io.cacheoperator.core.Observation.Source;
import io.cacheoperator.observe.FakeAws.Group;
import io.cacheoperator.observe.FakeAws.GroupState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever order reads and writes begin and end in, the view never goes back before our own write. */
class RegionBookPropertyTest {

    private static final Group A = FakeAws.group("a");

    /** @param late how many events lie between the beginning of a read and its end */
    record Event(What what, int late) {}

    enum What {
        WRITE,
        READ,
        BULK
    }

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.of(What.class), Arbitraries.integers().between(0, 5))
                .as(Event::new)
                .list()
                .ofMaxSize(30);
    }

    /** A read under way: it saw the world as it was when it began, and ends at some event. */
    private record Begun(What what, GroupState saw, long order, int endsAt) {}

    @Property(tries = 1000)
    void neverGoesBackBeforeOurWrite(@ForAll("events") List<Event> events) {
        ManualClock clock = new ManualClock();
        BulkRead groups = new FakeAws(clock).bulkReads().getFirst();
        RegionBook book = new RegionBook(new Catalogue(List.of(groups), FakeAws.FAMILIES), clock);
        List<Begun> underWay = new java.util.ArrayList<>();
        int written = 0;
        for (int i = 0; i < events.size() + 6; i++) {
            clock.forward(Duration.ofSeconds(1));
            int now = i;
            for (Begun begun : underWay.stream().filter(b -> b.endsAt() == now).toList()) {
                end(book, groups, clock, begun);
            }
            if (i < events.size()) {
                Event event = events.get(i);
                if (event.what() == What.WRITE) {
                    written++;
                    book.present(A, new GroupState("modifying", written));
                } else {
                    underWay.add(new Begun(
                            event.what(),
                            new GroupState("available", written),
                            book.nextOrder(),
                            i + 1 + event.late()));
                }
            }
            if (written > 0) {
                assertThat(book.get(A).found().orElseThrow().size()).isEqualTo(written);
            }
        }
    }

    private static void end(RegionBook book, BulkRead groups, ManualClock clock, Begun begun) {
        if (begun.what() == What.READ) {
            book.read(A, new Present<>(begun.saw(), clock.instant(), Source.TARGETED), begun.order());
        } else {
            Answers answers = Answers.builder().put(A, begun.saw()).build();
            book.publish(groups, new Snapshot(answers, begun.order(), clock.instant()), Set.of(A));
        }
    }
}
