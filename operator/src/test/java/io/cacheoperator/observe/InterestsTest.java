package io.cacheoperator.observe;

import static io.cacheoperator.observe.FakeAws.REGION;
import static io.cacheoperator.observe.FakeAws.group;
import static io.cacheoperator.observe.FakeAws.parts;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Query;
import io.cacheoperator.observe.Interests.Subscriber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InterestsTest {

    private static final Subscriber A = new Subscriber("thing", "default", "a");
    private static final Subscriber B = new Subscriber("thing", "default", "b");

    private final Interests interests = new Interests();
    private final BulkRead groups = new FakeAws(new ManualClock()).bulkReads().getFirst();

    @Test
    void whoLooksAtAnAnswerIsFound() {
        interests.set(A, Set.of(group("x"), group("y")));
        interests.set(B, Set.of(group("y")));

        assertThat(interests.of(Set.<Query<?>>of(group("y")))).containsExactlyInAnyOrder(A, B);
        assertThat(interests.of(Set.<Query<?>>of(group("x")))).containsExactly(A);
        assertThat(interests.of(Set.<Query<?>>of(group("z")))).isEmpty();
    }

    @Test
    void newInterestsReplaceOldOnes() {
        interests.set(A, Set.of(group("x")));
        interests.set(A, Set.of(group("y")));

        assertThat(interests.any(group("x"))).isFalse();
        assertThat(interests.answeredBy(REGION, groups)).containsExactly(group("y"));
    }

    @Test
    void nothingIsLeftOfAResourceThatIsGone() {
        interests.set(A, Set.of(group("x"), parts("x")));

        interests.remove(A);

        assertThat(interests.queries()).isEmpty();
        assertThat(interests.regions()).isEmpty();
        assertThat(interests.anyAnsweredBy(REGION, groups)).isFalse();
    }

    @Test
    void whatOneLeavesAnotherKeeps() {
        interests.set(A, Set.of(group("x")));
        interests.set(B, Set.of(group("x")));

        interests.remove(A);

        assertThat(interests.of(Set.<Query<?>>of(group("x")))).containsExactly(B);
    }

    @Test
    void onlyWhatNobodyAskedBeforeIsNew() {
        List<Set<Query<?>>> told = new ArrayList<>();
        interests.onNew(told::add);

        interests.set(A, Set.of(group("x")));
        interests.set(B, Set.of(group("x"), group("y")));
        interests.set(A, Set.of(group("x")));

        assertThat(told).containsExactly(Set.of(group("x")), Set.of(group("y")));
    }
}
