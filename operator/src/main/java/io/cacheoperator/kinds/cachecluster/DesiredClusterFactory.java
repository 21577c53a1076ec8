package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.EngineVersionState;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.aws.SubnetState;
import io.cacheoperator.core.Owner;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Network;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Parameters;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Security;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Shape;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Upkeep;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.AllowFrom;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a new cache is made with. Three sources, and the first that speaks wins: the spec, the operator's
 * defaults, what is built in ("Derived" in api.md).
 */
final class DesiredClusterFactory {

    /** The tag with the CR's uid: information for people, never read. */
    static final String UID_TAG = "cacheoperator.io/uid";

    private static final int REDIS_PORT = 6379;
    private static final int MEMCACHED_PORT = 11211;
    private static final int RETENTION_DAYS = 7;

    private DesiredClusterFactory() {}

    /**
     * @param subnets where the cache will live, as {@link Subnets} found them out
     */
    static DesiredCluster of(CacheCluster cr, ClusterInputs in, Subnets.Found subnets) {
        CacheClusterSpec spec = cr.getSpec();
        OperatorDefaults defaults = in.settings().defaults();
        ObservedCluster observed = in.observed();
        Parameters parameters = parameters(spec, observed);
        return new DesiredCluster(
                observed.names().cacheId(),
                spec.engine(),
                version(spec, observed),
                spec.nodeType(),
                description(spec, in.owner()),
                shape(spec),
                network(spec, defaults, subnets),
                security(spec, defaults),
                parameters,
                upkeep(spec),
                tags(cr, in));
    }

    /** Where the family of the operator's parameter group must fit, the version is made explicit, else AWS chooses. */
    private static Optional<String> version(CacheClusterSpec spec, ObservedCluster observed) {
        Optional<String> given = Optional.ofNullable(spec.engineVersion());
        if (given.isPresent() || spec.parameters().isEmpty()) {
            return given;
        }
        return observed.engineVersions().found().flatMap(EngineFamilies::newest).map(EngineVersionState::version);
    }

    /** AWS wants one that is not empty. */
    private static String description(CacheClusterSpec spec, Owner owner) {
        String given = spec.description();
        return given == null || given.isBlank() ? "CacheCluster " + owner.namespace() + "/" + owner.name() : given;
    }

    static Shape shape(CacheClusterSpec spec) {
        if (!spec.engine().replicated()) {
            int nodes = orElse(spec.nodes(), 1);
            List<String> zones = spec.availabilityZones();
            boolean crossAz = orElse(
                    spec.crossAz(),
                    nodes > 1 && (zones.isEmpty() || Set.copyOf(zones).size() > 1));
            return new Shape(ClusterMode.DISABLED, 0, 0, false, false, nodes, crossAz, false, spec.availabilityZones());
        }
        int shards = orElse(spec.shards(), 1);
        ClusterMode mode = orElse(spec.clusterMode(), shards > 1 ? ClusterMode.ENABLED : ClusterMode.DISABLED);
        int replicas = orElse(spec.replicasPerShard(), 1);
        boolean failoverRefused = Boolean.FALSE.equals(spec.automaticFailover());
        boolean multiAz = orElse(spec.multiAz(), replicas > 0 && !failoverRefused);
        // A cluster in cluster mode enabled cannot be made without automatic failover, not even without replicas.
        boolean failover = orElse(spec.automaticFailover(), multiAz || mode == ClusterMode.ENABLED);
        boolean tiering = orElse(spec.dataTiering(), spec.nodeType().startsWith("cache.r6gd."));
        return new Shape(mode, shards, replicas, multiAz, failover, 0, false, tiering, spec.availabilityZones());
    }

    private static Network network(CacheClusterSpec spec, OperatorDefaults defaults, Subnets.Found subnets) {
        NetworkSpec given = spec.network();
        return new Network(
                subnets.vpcId(),
                subnets.groupName(),
                subnets.madeFrom(),
                given.securityGroupIds(),
                rules(spec, defaults),
                Optional.ofNullable(given.port()),
                Optional.ofNullable(given.networkType()),
                Optional.ofNullable(given.ipDiscovery()));
    }

    static List<IngressRule> rules(CacheClusterSpec spec, OperatorDefaults defaults) {
        List<AllowFrom> given = spec.network().allowFrom();
        return IngressRules.of(given.isEmpty() ? defaults.allowFrom() : given, port(spec));
    }

    static int port(CacheClusterSpec spec) {
        return orElse(spec.network().port(), spec.engine().replicated() ? REDIS_PORT : MEMCACHED_PORT);
    }

    static Security security(CacheClusterSpec spec, OperatorDefaults defaults) {
        EncryptionSpec given = spec.encryption();
        boolean replicated = spec.engine().replicated();
        boolean atRest = orElse(given.atRest(), replicated);
        TransitEncryption inTransit =
                orElse(given.inTransit(), replicated ? TransitEncryption.REQUIRED : TransitEncryption.DISABLED);
        AuthType derived = replicated && inTransit == TransitEncryption.REQUIRED ? AuthType.TOKEN : AuthType.NONE;
        Optional<String> key =
                Optional.ofNullable(given.kmsKeyId()).or(defaults::kmsKeyId).filter(k -> atRest);
        return new Security(atRest, key, inTransit, orElse(spec.auth().type(), derived));
    }

    private static Parameters parameters(CacheClusterSpec spec, ObservedCluster observed) {
        String brought = spec.parameterGroupName();
        if (brought != null) {
            return new Parameters(Optional.of(brought), Optional.empty(), Map.of());
        }
        if (spec.parameters().isEmpty()) {
            return new Parameters(Optional.empty(), Optional.empty(), Map.of());
        }
        Optional<String> family = EngineFamilies.family(
                spec, Optional.empty(), observed.engineVersions().found());
        return new Parameters(
                family.map(observed.names()::parameterGroup),
                family,
                parameterValues(spec, shape(spec).clusterMode() != ClusterMode.DISABLED));
    }

    /**
     * The values of the operator's own group.
     *
     * @param clustered a custom group says {@code cluster-enabled: no} unless told otherwise, and then fits no cluster in
     *     another mode
     */
    static Map<String, String> parameterValues(CacheClusterSpec spec, boolean clustered) {
        Map<String, String> values = new TreeMap<>();
        spec.parameters().forEach((name, value) -> values.put(name, text(value)));
        if (clustered) {
            values.put("cluster-enabled", "yes");
        }
        return values;
    }

    private static String text(IntOrString value) {
        String text = value.getStrVal();
        return text == null ? String.valueOf(value.getIntVal()) : text;
    }

    private static Upkeep upkeep(CacheClusterSpec spec) {
        Optional<Integer> retention = spec.engine().replicated()
                ? Optional.of(orElse(spec.snapshots().retentionDays(), RETENTION_DAYS))
                : Optional.empty();
        return new Upkeep(
                Optional.ofNullable(spec.maintenance().window()),
                Optional.ofNullable(spec.maintenance().autoMinorVersionUpgrade()),
                Optional.ofNullable(spec.maintenance().notificationTopicArn()),
                retention,
                Optional.ofNullable(spec.snapshots().window()));
    }

    private static Map<String, String> tags(CacheCluster cr, ClusterInputs in) {
        Map<String, String> tags = new TreeMap<>(in.settings().defaults().tags());
        tags.putAll(cr.getSpec().tags());
        tags.putAll(ownerTags(cr, in.owner()));
        return tags;
    }

    /** What the security group and the parameter group of one cluster carry. */
    static Map<String, String> subResourceTags(CacheCluster cr, ClusterInputs in) {
        return tags(cr, in);
    }

    /** What everything carries that one cluster's operator makes. */
    static Map<String, String> ownerTags(CacheCluster cr, Owner owner) {
        Map<String, String> tags = new TreeMap<>(Map.of(Owner.TAG, owner.tagValue()));
        Optional.ofNullable(cr.getMetadata().getUid()).ifPresent(uid -> tags.put(UID_TAG, uid));
        return tags;
    }

    /** What is made for several clusters carries: their Kubernetes cluster's name. */
    static Map<String, String> sharedTags(ObservedCluster observed) {
        return Map.of(Owner.TAG, observed.names().sharedOwner());
    }

    /** What becomes of the cache when its CR goes. The built-in rule for memcached: it has no snapshots. */
    static DeletionPolicy deletionPolicy(CacheCluster cr, OperatorDefaults defaults) {
        CacheClusterSpec spec = cr.getSpec();
        DeletionPolicy wanted = Optional.ofNullable(spec.deletionPolicy())
                .or(() -> decidedAtCreate(cr))
                .or(defaults::deletionPolicy)
                .orElse(DeletionPolicy.SNAPSHOT);
        return wanted == DeletionPolicy.SNAPSHOT && !spec.engine().replicated() ? DeletionPolicy.DELETE : wanted;
    }

    /** An edit of the chart's default changes no cache that exists. What the spec gave and gives no longer counts no more. */
    private static Optional<DeletionPolicy> decidedAtCreate(CacheCluster cr) {
        Optional<CacheClusterStatus> status = Optional.ofNullable(cr.getStatus());
        boolean given = status.flatMap(s -> Optional.ofNullable(s.applied()))
                .flatMap(applied -> applied.value("spec.deletionPolicy"))
                .isPresent();
        return given
                ? Optional.empty()
                : status.flatMap(s -> Optional.ofNullable(s.effective()))
                        .flatMap(effective -> Optional.ofNullable(effective.deletionPolicy()));
    }

    static <T> T orElse(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    static Set<String> ids(List<SubnetState> subnets) {
        return subnets.stream().map(SubnetState::id).collect(Collectors.toSet());
    }

    static Set<String> ids(SubnetGroupState group) {
        return group.subnets().stream().map(SubnetGroupState.Subnet::id).collect(Collectors.toSet());
    }
}
