package io.cacheoperator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One read for all who want it at the same time. */
class CallsTest {

    private final List<CompletableFuture<Optional<Failure>>> begun = new ArrayList<>();
    private long order;
    private final Calls<String> calls = new Calls<>((key, by) -> {
        CompletableFuture<Optional<Failure>> end = new CompletableFuture<>();
        begun.add(end);
        return new Calls.Started(++order, end);
    });

    private CompletableFuture<Optional<Failure>> read(String key, long notBefore) {
        return calls.read(key, notBefore, Thread.currentThread());
    }

    @Test
    void manyWhoWantTheSameShareOneRead() {
        assertThat(read("a", 0)).isSameAs(read("a", 0));

        assertThat(begun).hasSize(1);
    }

    @Test
    void differentThingsAreReadSideBySide() {
        read("a", 0);
        read("b", 0);

        assertThat(begun).hasSize(2);
    }

    @Test
    void whoNeedsANewerAnswerWaitsForTheReadAfterThisOne() {
        read("a", 0);
        CompletableFuture<Optional<Failure>> newer = read("a", 1);
        CompletableFuture<Optional<Failure>> alsoNewer = read("a", 1);
        assertThat(begun).hasSize(1);

        begun.get(0).complete(Optional.empty());

        assertThat(begun).hasSize(2);
        assertThat(newer).isNotDone();
        begun.get(1).complete(Optional.empty());
        assertThat(newer).isDone();
        assertThat(alsoNewer).isDone();
        assertThat(begun).hasSize(2);
    }

    @Test
    void aReadThatEndedIsNotShared() {
        read("a", 0);
        begun.get(0).complete(Optional.empty());
        assertThat(calls.underWay("a")).isFalse();

        read("a", 0);

        assertThat(begun).hasSize(2);
    }
}
