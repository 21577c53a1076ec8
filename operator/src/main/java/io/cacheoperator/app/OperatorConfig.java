package io.cacheoperator.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cacheoperator.kinds.cachecluster.AllowList;
import io.cacheoperator.kinds.cachecluster.DeletionPolicy;
import io.cacheoperator.kinds.cachecluster.NetworkSpec;
import io.cacheoperator.kinds.cachecluster.OperatorDefaults;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the operator is started with: the file named by {@code CACHE_OPERATOR_CONFIG}, which the chart writes, with a few
 * environment variables over it; {@link ConfigReader}. A component left out of the file has its default here.
 *
 * @param clusterName tells apart Kubernetes clusters that share an AWS account; default: the UID of namespace kube-system
 * @param region AWS region of resources that name none; default: AWS_REGION
 * @param watchNamespaces the namespaces to watch; empty: all
 * @param reconcileThreads how many resources are worked on at a time
 */
public record OperatorConfig(
        Optional<String> clusterName,
        Optional<String> region,
        List<String> watchNamespaces,
        Defaults defaults,
        List<Allow> allow,
        LeaderElection leaderElection,
        Poll poll,
        Probe probe,
        Http http,
        Logging logging,
        int reconcileThreads) {

    private static final int DEFAULT_THREADS = 32;

    public OperatorConfig {
        watchNamespaces = List.copyOf(watchNamespaces);
        allow = List.copyOf(allow);
    }

    /** Nothing given. */
    public static final OperatorConfig DEFAULT = new OperatorConfig(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Defaults.NONE,
            List.of(),
            new LeaderElection(false, "elasticache-operator", Optional.empty()),
            new Poll(Duration.ofMinutes(1)),
            new Probe(true, Duration.ofMinutes(1), Optional.empty()),
            new Http(8080),
            new Logging(Logging.Format.TEXT, "info"),
            DEFAULT_THREADS);

    public OperatorConfig withClusterName(String name) {
        return new OperatorConfig(
                Optional.of(name),
                region,
                watchNamespaces,
                defaults,
                allow,
                leaderElection,
                poll,
                probe,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withRegion(String name) {
        return new OperatorConfig(
                clusterName,
                Optional.of(name),
                watchNamespaces,
                defaults,
                allow,
                leaderElection,
                poll,
                probe,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withWatchNamespaces(List<String> names) {
        return new OperatorConfig(
                clusterName,
                region,
                names,
                defaults,
                allow,
                leaderElection,
                poll,
                probe,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withDefaults(Defaults values) {
        return new OperatorConfig(
                clusterName,
                region,
                watchNamespaces,
                values,
                allow,
                leaderElection,
                poll,
                probe,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withAllow(List<Allow> doors) {
        return new OperatorConfig(
                clusterName,
                region,
                watchNamespaces,
                defaults,
                doors,
                leaderElection,
                poll,
                probe,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withLeaderElection(LeaderElection election) {
        return new OperatorConfig(
                clusterName,
                region,
                watchNamespaces,
                defaults,
                allow,
                election,
                poll,
                probe,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withProbe(Probe other) {
        return new OperatorConfig(
                clusterName,
                region,
                watchNamespaces,
                defaults,
                allow,
                leaderElection,
                poll,
                other,
                http,
                logging,
                reconcileThreads);
    }

    public OperatorConfig withHttp(Http server) {
        return new OperatorConfig(
                clusterName,
                region,
                watchNamespaces,
                defaults,
                allow,
                leaderElection,
                poll,
                probe,
                server,
                logging,
                reconcileThreads);
    }

    /** Values for what a spec leaves out; they decide when a cache is made. */
    public record Defaults(
            List<String> subnetIds,
            @Nullable SubnetSelector subnetSelector,
            List<AllowFrom> allowFrom,
            Map<String, String> tags,
            @Nullable String kmsKeyId,
            @Nullable DeletionPolicy deletionPolicy) {

        static final Defaults NONE = new Defaults(List.of(), null, List.of(), Map.of(), null, null);

        public Defaults {
            subnetIds = orEmpty(subnetIds);
            allowFrom = orEmpty(allowFrom);
            tags = orEmpty(tags);
        }

        OperatorDefaults toModel() {
            return new OperatorDefaults(
                    subnetIds,
                    Optional.ofNullable(subnetSelector).map(s -> new NetworkSpec.SubnetSelector(s.vpcId(), s.tags())),
                    allowFrom.stream()
                            .map(a -> new NetworkSpec.AllowFrom(
                                    a.cidr(), a.securityGroupId(), a.prefixListId(), a.description()))
                            .toList(),
                    tags,
                    Optional.ofNullable(kmsKeyId),
                    Optional.ofNullable(deletionPolicy));
        }
    }

    /** Subnets by VPC and tags. */
    public record SubnetSelector(@Nullable String vpcId, Map<String, String> tags) {

        public SubnetSelector {
            tags = orEmpty(tags);
        }
    }

    /** One source that may connect. */
    public record AllowFrom(
            @Nullable String cidr,
            @Nullable String securityGroupId,
            @Nullable String prefixListId,
            @Nullable String description) {}

    /** What namespaces may touch that their own resources did not make. */
    public record Allow(List<String> namespaces, List<String> takeOver) {

        public Allow {
            namespaces = orEmpty(namespaces);
            takeOver = orEmpty(takeOver);
        }
    }

    /** @param leaseNamespace default: the pod's own */
    public record LeaderElection(boolean enabled, String leaseName, Optional<String> leaseNamespace) {}

    /** @param interval between two reads of everything */
    public record Poll(Duration interval) {}

    /**
     * @param interval between two probes of one node
     * @param caFile PEM file of certificates that the probes trust besides the JVM's; for caches that AWS did not sign
     */
    public record Probe(boolean enabled, Duration interval, Optional<Path> caFile) {}

    /**
     * Where {@code /healthz}, {@code /readyz} and {@code /metrics} are.
     *
     * @param port 0: any free one
     * @param loopbackOnly whether only this machine can reach them; in a pod the kubelet must, so never from a file
     */
    public record Http(int port, boolean loopbackOnly) {

        /** On all interfaces. */
        public Http(int port) {
            this(port, false);
        }

        InetSocketAddress address() {
            return loopbackOnly
                    ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port)
                    : new InetSocketAddress(port);
        }
    }

    /** @param level {@code trace | debug | info | warn | error}, of the operator's own loggers */
    public record Logging(Format format, String level) {

        /** How a line looks. */
        public enum Format {
            @JsonProperty("json")
            JSON,
            @JsonProperty("text")
            TEXT
        }
    }

    AllowList allowList() {
        return new AllowList(allow.stream()
                .map(a -> new AllowList.Entry(a.namespaces(), a.takeOver()))
                .toList());
    }

    private static <T> List<T> orEmpty(@Nullable List<T> given) {
        return given == null ? List.of() : List.copyOf(given);
    }

    private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> given) {
        return given == null ? Map.of() : Map.copyOf(given);
    }
}
