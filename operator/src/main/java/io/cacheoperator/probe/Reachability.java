package io.cacheoperator.probe;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Whether a cache can be connected to from where the operator runs. Says nothing volatile: equal values mean the same. */
public sealed interface Reachability {

    /** Nobody has looked since the operator started: what was said before stands. */
    record NotKnown() implements Reachability {}

    /** Nobody will look. */
    record Off() implements Reachability {}

    /** Every node answers. */
    record Reachable() implements Reachability {}

    /**
     * A node does not answer.
     *
     * @param reason of the first such node, by name
     */
    record Unreachable(ProbeReason reason, String message) implements Reachability {}

    /** So many nodes are named in a message. */
    int NAMED = 3;

    /** @param results of one round, not empty */
    static Reachability of(List<NodeResult> results) {
        List<NodeResult.Down> down = results.stream()
                .filter(NodeResult.Down.class::isInstance)
                .map(NodeResult.Down.class::cast)
                .sorted(Comparator.comparing(result -> result.node().id()))
                .toList();
        if (down.isEmpty()) {
            return new Reachable();
        }
        String named = down.stream()
                .limit(NAMED)
                .map(result -> result.node().id() + " (" + result.node().address() + "): " + result.reason() + ", "
                        + result.detail())
                .collect(Collectors.joining("; "));
        int more = down.size() - NAMED;
        return new Unreachable(down.getFirst().reason(), more > 0 ? named + "; and " + more + " more" : named);
    }
}
