package io.cacheoperator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DebounceTest {

    private static final Reachability UP = new Reachability.Reachable();
    private static final Reachability REFUSED = new Reachability.Unreachable(ProbeReason.ConnectRefused, "n");
    private static final Reachability TIMED_OUT = new Reachability.Unreachable(ProbeReason.ConnectTimedOut, "n");

    /** What was said after each result. */
    private static List<Reachability> said(List<Reachability> results) {
        List<Reachability> said = new ArrayList<>();
        Debounce debounce = Debounce.start();
        for (Reachability result : results) {
            debounce = debounce.next(result);
            said.add(debounce.said());
        }
        return said;
    }

    @Property(tries = 1000)
    void whatIsSaidChangesOnlyToWhatWasSeenTwiceInARow(@ForAll("results") List<Reachability> results) {
        List<Reachability> said = said(results);
        for (int i = 1; i < said.size(); i++) {
            if (!said.get(i).equals(said.get(i - 1)) && !(said.get(i - 1) instanceof Reachability.NotKnown)) {
                assertThat(said.get(i)).isEqualTo(results.get(i)).isEqualTo(results.get(i - 1));
            }
        }
    }

    @Property(tries = 1000)
    void whetherItAnswersTwiceInARowIsSaid(@ForAll("results") List<Reachability> results) {
        List<Reachability> said = said(results);
        for (int i = 1; i < said.size(); i++) {
            if (results.get(i).equals(results.get(i - 1))) {
                assertThat(said.get(i).getClass()).isEqualTo(results.get(i).getClass());
            }
        }
    }

    @Example
    void anotherFailureIsSaidWhenItLasts() {
        assertThat(said(List.of(REFUSED, REFUSED, TIMED_OUT, TIMED_OUT, TIMED_OUT, TIMED_OUT, TIMED_OUT)))
                .containsExactly(new Reachability.NotKnown(), REFUSED, REFUSED, REFUSED, REFUSED, REFUSED, TIMED_OUT);
    }

    @Property(tries = 1000)
    void aShakyNetworkIsNotAWriteInEveryRound(@ForAll("failures") List<Reachability> results) {
        List<Reachability> said = said(results);
        long changes = IntStream.range(1, said.size())
                .filter(i -> !said.get(i).equals(said.get(i - 1)))
                .count();
        assertThat(changes).isLessThanOrEqualTo(1 + results.size() / Debounce.ENOUGH_OF_THE_SAME_KIND);
    }

    @Property(tries = 1000)
    void oneOddResultChangesNothing(@ForAll("results") List<Reachability> results) {
        List<Reachability> calm = new ArrayList<>(List.of(UP));
        for (Reachability odd : results) {
            calm.add(odd);
            calm.add(UP);
        }
        assertThat(said(calm)).containsOnly(UP);
    }

    @Example
    void thatItAnswersIsBelievedAtOnceThatItDoesNotIsNot() {
        assertThat(said(List.of(UP))).containsExactly(UP);
        assertThat(said(List.of(REFUSED, REFUSED))).containsExactly(new Reachability.NotKnown(), REFUSED);
    }

    @Provide
    Arbitrary<List<Reachability>> failures() {
        return Arbitraries.of(REFUSED, TIMED_OUT).list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<Reachability>> results() {
        return Arbitraries.of(UP, REFUSED, TIMED_OUT).list().ofMaxSize(20);
    }
}
