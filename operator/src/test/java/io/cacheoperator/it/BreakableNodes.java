package io.cacheoperator.it;

import io.cacheoperator.simulator.elasticache.Nodes;
import io.cacheoperator.simulator.node.RealNodes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Real nodes that can be taken away while AWS goes on showing them as they were: what a network that broke looks like. */
final class BreakableNodes implements Nodes, AutoCloseable {

    private final RealNodes nodes = RealNodes.create();
    private final Map<String, Address> shown = new ConcurrentHashMap<>();

    /** What clients have to trust. */
    Path certificateFile() {
        return nodes.certificateFile();
    }

    @Override
    public void deploy(Deployment deployment) {
        nodes.deploy(deployment);
    }

    @Override
    public void reboot(String cache, String clusterId, List<String> nodeIds) {
        nodes.reboot(cache, clusterId, nodeIds);
    }

    @Override
    public void remove(String cache) {
        nodes.remove(cache);
    }

    @Override
    public Optional<Address> address(String cache, String clusterId, String nodeId) {
        return remembered(cache + " " + clusterId + " " + nodeId, () -> nodes.address(cache, clusterId, nodeId));
    }

    @Override
    public Optional<Address> primary(String cache) {
        return remembered(cache + " primary", () -> nodes.primary(cache));
    }

    @Override
    public Optional<Address> reader(String cache) {
        return remembered(cache + " reader", () -> nodes.reader(cache));
    }

    private Optional<Address> remembered(String name, Supplier<Optional<Address>> look) {
        Optional<Address> found = look.get();
        found.ifPresent(address -> shown.put(name, address));
        return found.or(() -> Optional.ofNullable(shown.get(name)));
    }

    @Override
    public void close() {
        nodes.close();
    }
}
