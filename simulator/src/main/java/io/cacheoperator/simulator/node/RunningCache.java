package io.cacheoperator.simulator.node;

import io.cacheoperator.simulator.elasticache.Nodes.Address;
import io.cacheoperator.simulator.elasticache.Nodes.Deployment;
import io.cacheoperator.simulator.elasticache.Nodes.Node;
import io.cacheoperator.simulator.elasticache.Nodes.Shard;
import io.cacheoperator.simulator.elasticache.Nodes.Tls;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gates and servers of one cache. Gates open with the first deployment that names a node; servers follow in the background. */
final class RunningCache implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunningCache.class);
    private static final String PRIMARY = "@primary";
    private static final String READER = "@reader";
    private final Backends backends;
    private final Supplier<NodeCertificate> certificate;
    private final RedisLogin login = RedisLogin.random();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final Map<String, Backend> servers = new ConcurrentHashMap<>();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("cache").factory());
    private volatile Deployment wanted;
    private volatile Optional<Deployment> applied = Optional.empty();

    RunningCache(Deployment first, Backends backends, Supplier<NodeCertificate> certificate) {
        this.wanted = first;
        this.backends = backends;
        this.certificate = certificate;
    }

    /** The name of a node among gates and servers. */
    static String name(String clusterId, String nodeId) {
        return clusterId + "/" + nodeId;
    }

    private static String name(Node node) {
        return name(node.clusterId(), node.nodeId());
    }

    void deploy(Deployment deployment) {
        Tls before = wanted.tls();
        wanted = deployment;
        nodes(deployment).forEach(node -> gate(name(node), () -> port(name(node))));
        gate(PRIMARY, () -> primaryOf(wanted).map(this::port).orElse(0));
        gate(
                READER,
                () -> replicaOf(wanted)
                        .or(() -> primaryOf(wanted))
                        .map(this::port)
                        .orElse(0));
        if (before != Tls.REQUIRED && deployment.tls() == Tls.REQUIRED) {
            gates.values().forEach(Gate::disconnect);
        }
        if (!applied.equals(Optional.of(deployment))) {
            submit(() -> apply(deployment));
        }
    }

    private void gate(String name, IntSupplier backend) {
        gates.computeIfAbsent(name, unused -> Gate.open(backend, () -> wanted.tls(), certificate, replicaLogin()));
    }

    private byte[] replicaLogin() {
        return wanted.engine().equals("memcached") ? new byte[0] : login.command();
    }

    private int port(String name) {
        Backend server = servers.get(name);
        return server == null ? 0 : server.port();
    }

    private static Stream<Node> nodes(Deployment deployment) {
        return deployment.shards().stream().map(Shard::nodes).flatMap(List::stream);
    }

    private static Optional<String> primaryOf(Deployment deployment) {
        return nodes(deployment).filter(Node::primary).map(RunningCache::name).findFirst();
    }

    private static Optional<String> replicaOf(Deployment deployment) {
        return nodes(deployment)
                .filter(node -> !node.primary())
                .map(RunningCache::name)
                .findFirst();
    }

    Optional<Address> address(String clusterId, String nodeId) {
        return Optional.ofNullable(gates.get(name(clusterId, nodeId))).map(Gate::address);
    }

    Optional<Address> primary() {
        return Optional.ofNullable(gates.get(PRIMARY)).map(Gate::address);
    }

    Optional<Address> reader() {
        return Optional.ofNullable(gates.get(READER)).map(Gate::address);
    }

    /** Ends servers and starts them again, empty. */
    void reboot(String clusterId, List<String> nodeIds) {
        submit(() -> {
            nodeIds.forEach(node -> stop(name(clusterId, node)));
            applied = Optional.empty();
            apply(wanted);
        });
    }

    private void submit(Runnable work) {
        try {
            worker.execute(work);
        } catch (RejectedExecutionException closed) {
            log.debug("the cache is gone already", closed);
        }
    }

    /** Brings the servers to a deployment, unless a newer one is wanted already. */
    private void apply(Deployment deployment) {
        if (deployment != wanted && !deployment.equals(wanted)) {
            return;
        }
        try {
            if (applied.filter(old -> old.clusterMode() != deployment.clusterMode())
                    .isPresent()) {
                Set.copyOf(servers.keySet()).forEach(this::stop);
            }
            start(deployment);
            backends.tune(deployment, servers, login);
            Set<String> kept =
                    new HashSet<>(nodes(deployment).map(RunningCache::name).toList());
            Set.copyOf(servers.keySet()).stream()
                    .filter(name -> !kept.contains(name))
                    .forEach(name -> leave(deployment, name));
            applied = Optional.of(deployment);
        } catch (IOException e) {
            log.warn("the servers of {} are not as they should be: {}", deployment.cache(), e.getMessage());
        }
    }

    private void start(Deployment deployment) throws IOException {
        for (Node node : nodes(deployment).toList()) {
            String name = name(node);
            if (!servers.containsKey(name)) {
                Gate gate = gates.get(name);
                servers.put(name, backends.start(deployment, login, gate == null ? 0 : gate.port()));
            }
        }
    }

    private void leave(Deployment deployment, String name) {
        backends.leaving(deployment, servers, name, login);
        stop(name);
        Gate gate = gates.remove(name);
        if (gate != null) {
            gate.close();
        }
    }

    private void stop(String name) {
        Backend server = servers.remove(name);
        if (server != null) {
            server.close();
        }
    }

    /** Ends all of it, and waits until it has ended. */
    @Override
    public void close() {
        gates.values().forEach(Gate::close);
        submit(() -> Set.copyOf(servers.keySet()).forEach(this::stop));
        worker.close();
    }
}
