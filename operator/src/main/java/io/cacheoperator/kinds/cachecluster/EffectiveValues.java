package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.ReplicationGroupState.Member;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.AllowFrom;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every value that applies to a running cache, wherever it comes from: AWS where AWS shows it, else what it was made with.
 * Never written into the spec, so that GitOps tools see no difference there.
 */
final class EffectiveValues {

    private final CacheCluster cr;
    private final ClusterInputs in;
    private final ExistingCache cache;
    private final CacheClusterState speaker;
    private final Optional<ReplicationGroupState> group;

    private EffectiveValues(CacheCluster cr, ClusterInputs in, ExistingCache cache, CacheClusterState speaker) {
        this.cr = cr;
        this.in = in;
        this.cache = cache;
        this.speaker = speaker;
        this.group = cache.group();
    }

    /** Empty while no member of the cache is known. */
    static Optional<CacheClusterSpec> of(CacheCluster cr, ClusterInputs in, ExistingCache cache) {
        return cache.speaker().map(speaker -> new EffectiveValues(cr, in, cache, speaker).values());
    }

    private CacheClusterSpec values() {
        CacheClusterSpec spec = cr.getSpec();
        boolean replicated = group.isPresent();
        return new CacheClusterSpec(
                word(Engine.class, Engine::wireName, speaker.engine()).orElse(spec.engine()),
                speaker.engineVersion(),
                speaker.nodeType(),
                of(ReplicationGroupState::description),
                cache.id(),
                in.observed().region(),
                mode(),
                replicated && cache.shards() > 0 ? cache.shards() : null,
                replicated && cache.shards() > 0 ? cache.replicasPerShard() : null,
                of(ReplicationGroupState::multiAz),
                of(g -> g.automaticFailover().startsWith("enabl")),
                zones(spec),
                of(ReplicationGroupState::dataTiering),
                replicated ? null : speaker.numCacheNodes(),
                replicated ? null : ExistingCache.zones(speaker).size() > 1,
                network(spec),
                encryption(),
                new AuthSpec(auth(), spec.auth().token()),
                parameters(),
                cache.parameterGroup().orElse(null),
                new MaintenanceSpec(
                        speaker.maintenanceWindow().orElse(null),
                        speaker.autoMinorVersionUpgrade().orElse(null),
                        speaker.notification()
                                .filter(n -> n.status().equals("active"))
                                .map(CacheClusterState.Notification::topicArn)
                                .orElse(null)),
                new SnapshotsSpec(
                        of(ReplicationGroupState::snapshotRetentionDays),
                        group.flatMap(ReplicationGroupState::snapshotWindow).orElse(null)),
                new ConnectionSecretSpec(in.observed().names().connectionSecret(), Map.of(), Map.of()),
                DesiredClusterFactory.deletionPolicy(cr, in.settings().defaults()),
                Boolean.TRUE.equals(spec.deletionProtection()),
                DesiredClusterFactory.orElse(spec.driftPolicy(), DriftPolicy.CORRECT),
                tags(spec));
    }

    private <T> @Nullable T of(Function<ReplicationGroupState, T> value) {
        return group.map(value).orElse(null);
    }

    private @Nullable ClusterMode mode() {
        return group.flatMap(g -> word(ClusterMode.class, ClusterMode::wireName, g.clusterMode()))
                .orElse(null);
    }

    private NetworkSpec network(CacheClusterSpec spec) {
        return new NetworkSpec(
                cache.subnetGroup().orElse(null),
                List.of(),
                null,
                cache.securityGroups(),
                allowFrom(spec),
                cache.endpoint().map(Endpoint::port).orElse(DesiredClusterFactory.port(spec)),
                speaker.networkType()
                        .flatMap(type -> word(NetworkType.class, NetworkType::wireName, type))
                        .orElse(null),
                speaker.ipDiscovery()
                        .flatMap(type -> word(IpDiscovery.class, IpDiscovery::wireName, type))
                        .orElse(null));
    }

    /** Who is let in where the spec does not say: what the group has, whatever the chart says by now. */
    private List<AllowFrom> allowFrom(CacheClusterSpec spec) {
        if (!spec.network().allowFrom().isEmpty()) {
            return spec.network().allowFrom();
        }
        Fact<SecurityGroupState> group = in.observed().securityGroup();
        return group.isUnknown()
                ? before().map(b -> b.network().allowFrom())
                        .orElse(in.settings().defaults().allowFrom())
                : group.found().map(IngressRules::entries).orElse(List.of());
    }

    /** Where the nodes are: in cluster mode disabled the primary's zone first, in cluster mode enabled each zone once. */
    private List<String> zones(CacheClusterSpec spec) {
        boolean pool = group.map(g -> g.clusterMode().equals("enabled")).orElse(false);
        Stream<Optional<String>> zones = group.map(g -> g.nodeGroups().stream()
                        .flatMap(shard -> shard.members().stream())
                        .sorted(Comparator.comparing(
                                        (Member member) -> !member.role().equals(Optional.of("primary")))
                                .thenComparing(Member::cacheClusterId))
                        .map(Member::availabilityZone))
                .orElseGet(() -> speaker.nodes().stream().map(CacheClusterState.Node::availabilityZone));
        List<Optional<String>> all = zones.toList();
        if (all.isEmpty() || all.stream().anyMatch(Optional::isEmpty)) {
            return spec.availabilityZones();
        }
        Stream<String> known = all.stream().flatMap(Optional::stream);
        return pool ? known.distinct().sorted().toList() : known.toList();
    }

    private EncryptionSpec encryption() {
        boolean tls = group.map(ReplicationGroupState::transitEncryption).orElse(speaker.transitEncryption());
        TransitEncryption transit = group.flatMap(ReplicationGroupState::transitEncryptionMode)
                .flatMap(mode -> word(TransitEncryption.class, TransitEncryption::wireName, mode))
                .orElse(tls ? TransitEncryption.REQUIRED : TransitEncryption.DISABLED);
        return new EncryptionSpec(
                of(ReplicationGroupState::atRestEncryption),
                group.flatMap(ReplicationGroupState::kmsKeyId).orElse(null),
                transit);
    }

    private @Nullable AuthType auth() {
        return of(g -> g.authTokenEnabled() ? AuthType.TOKEN : AuthType.NONE);
    }

    private Map<String, IntOrString> parameters() {
        Map<String, IntOrString> wanted = cr.getSpec().parameters();
        return in.observed()
                .userParameters()
                .found()
                .map(values -> actual(wanted, values))
                .orElseGet(() -> before().map(CacheClusterSpec::parameters)
                        .filter(b -> b.keySet().equals(wanted.keySet()))
                        .orElse(wanted));
    }

    /** What AWS has, in the type that the spec has it in where they are the same. */
    private static Map<String, IntOrString> actual(Map<String, IntOrString> wanted, Map<String, String> values) {
        Map<String, IntOrString> all = new TreeMap<>(wanted);
        all.replaceAll((name, given) -> Optional.ofNullable(values.get(name))
                .filter(value -> !value.equals(text(given)))
                .map(IntOrString::new)
                .orElse(given));
        return all;
    }

    private static String text(IntOrString value) {
        String text = value.getStrVal();
        return text == null ? String.valueOf(value.getIntVal()) : text;
    }

    private Optional<CacheClusterSpec> before() {
        return Optional.ofNullable(cr.getStatus()).flatMap(status -> Optional.ofNullable(status.effective()));
    }

    /** The chart's tags are those that it had when the cache was made. */
    private Map<String, String> tags(CacheClusterSpec spec) {
        Map<String, String> defaults = in.settings().defaults().tags();
        Map<String, String> all =
                new TreeMap<>(before().map(CacheClusterSpec::tags).orElse(defaults));
        new Sight(cr, in, cache).applied().tagKeys().forEach(key -> {
            // The spec gave it once; without it the chart's value comes back.
            all.remove(key);
            Optional.ofNullable(defaults.get(key)).ifPresent(value -> all.put(key, value));
        });
        all.putAll(spec.tags());
        return all;
    }

    private static <E extends Enum<E>> Optional<E> word(Class<E> type, Function<E, String> wire, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> wire.apply(constant).equals(value))
                .findFirst();
    }
}
