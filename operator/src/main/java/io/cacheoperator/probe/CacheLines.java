package io.cacheoperator.probe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The open connections of one cache: one per node, kept from round to round. Used by one thread at a time. */
final class CacheLines implements AutoCloseable {

    /** After so many nodes failed and none answered, the others are not waited for in this round. */
    private static final int HOPELESS = 2;

    private final NodeLines lines;
    private final Map<ProbeNode, NodeLine> open = new HashMap<>();
    private Optional<ProbeTarget> last = Optional.empty();

    CacheLines(NodeLines lines) {
        this.lines = lines;
    }

    /** Asks every node once. */
    List<NodeResult> round(ProbeTarget target) {
        if (last.map(before -> !before.connectsLike(target)).orElse(false)) {
            close();
        }
        last = Optional.of(target);
        Map<ProbeNode, NodeResult> results = new LinkedHashMap<>();
        List<ProbeNode> waiting = new ArrayList<>(target.nodes());
        while (!waiting.isEmpty() && !hopeless(results)) {
            ProbeNode node = waiting.removeFirst();
            if (!results.containsKey(node)) {
                results.put(node, ask(target, node, waiting));
            }
        }
        keepOnly(results.keySet());
        return List.copyOf(results.values());
    }

    private static boolean hopeless(Map<ProbeNode, NodeResult> results) {
        return results.size() >= HOPELESS && results.values().stream().allMatch(NodeResult.Down.class::isInstance);
    }

    /** A kept connection may have been closed by the node meanwhile, which says nothing: then a new one is asked. */
    private NodeResult ask(ProbeTarget target, ProbeNode node, List<ProbeNode> waiting) {
        Optional<NodeLine> kept = Optional.ofNullable(open.remove(node));
        if (kept.isPresent()) {
            try {
                return ask(kept.get(), node, waiting);
            } catch (ProbeException stale) {
                kept.get().close();
            }
        }
        try {
            return askAnew(target, node, waiting);
        } catch (ProbeException failed) {
            return new NodeResult.Down(node, failed.reason(), failed.detail());
        }
    }

    private NodeResult askAnew(ProbeTarget target, ProbeNode node, List<ProbeNode> waiting) throws ProbeException {
        NodeLine line = lines.open(target, node);
        try {
            return ask(line, node, waiting);
        } catch (ProbeException failed) {
            line.close();
            throw failed;
        }
    }

    private NodeResult ask(NodeLine line, ProbeNode node, List<ProbeNode> waiting) throws ProbeException {
        NodeSample sample = line.ask();
        if (node.role() == NodeRole.CONFIGURATION) {
            waiting.addAll(line.nodes());
        }
        if (node.role() == NodeRole.PRIMARY && sample.role() == NodeRole.REPLICA) {
            // Its name leads elsewhere by now, or soon: the next round resolves it anew.
            line.close();
        } else {
            open.put(node, line);
        }
        return new NodeResult.Up(node, sample);
    }

    private void keepOnly(Set<ProbeNode> nodes) {
        open.entrySet().removeIf(entry -> {
            boolean gone = !nodes.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    @Override
    public void close() {
        keepOnly(Set.of());
    }
}
