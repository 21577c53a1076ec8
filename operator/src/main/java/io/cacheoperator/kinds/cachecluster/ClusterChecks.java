package io.cacheoperator.kinds.cachecluster;

import static io.cacheoperator.kinds.cachecluster.DesiredClusterFactory.orElse;

import io.cacheoperator.aws.EngineVersionState;
import io.cacheoperator.core.Problem;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Security;
import io.cacheoperator.kinds.cachecluster.DesiredCluster.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What can be known before the first write, and is reported all at once; design.md, "Before the first write". What only
 * AWS knows (node types, quota, whether a security group exists) is left to its answer.
 */
final class ClusterChecks {

    private final CacheClusterSpec spec;
    private final ClusterInputs in;
    private final Optional<String> version;
    private final List<Problem> problems = new ArrayList<>();

    private ClusterChecks(CacheClusterSpec spec, ClusterInputs in) {
        this.spec = spec;
        this.in = in;
        this.version = Optional.ofNullable(spec.engineVersion());
    }

    /** @param subnets empty where they could not be found; that problem is reported by who looked for them */
    static List<Problem> beforeCreate(CacheClusterSpec spec, ClusterInputs in, Optional<Subnets.Found> subnets) {
        ClusterChecks checks = new ClusterChecks(spec, in);
        checks.access();
        checks.version();
        checks.features();
        checks.zones(subnets);
        checks.windows();
        checks.parameters();
        return List.copyOf(checks.problems);
    }

    private void access() {
        if (spec.network().securityGroupIds().isEmpty()
                && DesiredClusterFactory.rules(spec, in.settings().defaults()).isEmpty()) {
            add(
                    ClusterReason.AccessNotGiven,
                    "spec.network.allowFrom",
                    "nothing says who may connect: set spec.network.allowFrom or spec.network.securityGroupIds; "
                            + "AWS would use the VPC's default security group");
        }
    }

    private void version() {
        List<EngineVersionState> offered =
                in.observed().engineVersions().found().orElse(List.of());
        if (version.isEmpty() || offered.isEmpty()) {
            return;
        }
        EngineVersion wanted = EngineVersion.of(version.get());
        boolean patchRefused = spec.engine().replicated() && wanted.parts().size() > 2 && wanted.major() >= 6;
        Optional<EngineVersionState> match = EngineFamilies.offered(offered, version.get());
        if (patchRefused) {
            String shorter = wanted.parts().get(0) + "." + wanted.parts().get(1);
            add(
                    ClusterReason.EngineVersionNotOffered,
                    "spec.engineVersion",
                    "AWS chooses the patch itself from " + spec.engine().wireName() + " 6 on: write \"" + shorter
                            + "\"");
        } else if (match.isEmpty()) {
            add(
                    ClusterReason.EngineVersionNotOffered,
                    "spec.engineVersion",
                    "AWS does not offer " + spec.engine().wireName() + " " + version.get() + " in "
                            + in.observed().region() + "; nearest: " + nearest(wanted, offered));
        }
    }

    /** The next one up and the next one down. */
    private static String nearest(EngineVersion wanted, List<EngineVersionState> offered) {
        Comparator<EngineVersionState> byVersion = Comparator.comparing(o -> EngineVersion.of(o.version()));
        TreeSet<String> near = new TreeSet<>(Comparator.comparing(EngineVersion::of));
        offered.stream()
                .filter(o -> EngineVersion.of(o.version()).compareTo(wanted) < 0)
                .max(byVersion)
                .ifPresent(o -> near.add(o.version()));
        offered.stream()
                .filter(o -> EngineVersion.of(o.version()).compareTo(wanted) > 0)
                .min(byVersion)
                .ifPresent(o -> near.add(o.version()));
        return String.join(", ", near);
    }

    /** What a version cannot do yet; aws-behaviour.md, 1.1 and 1.2. */
    private void features() {
        Security security = DesiredClusterFactory.security(spec, in.settings().defaults());
        Shape shape = DesiredClusterFactory.shape(spec);
        boolean redis = spec.engine() == Engine.REDIS;
        TransitEncryption transit = security.inTransit();
        if (transit == TransitEncryption.PREFERRED && redis && olderThan(7, 0, 5)) {
            missing(
                    "spec.encryption.inTransit",
                    "inTransit: preferred needs redis 7.0.5 or valkey; set required or disabled");
        }
        if (transit != TransitEncryption.DISABLED && redis && !encrypts()) {
            missing("spec.encryption.inTransit", "TLS needs redis 3.2.6, or 4.0.10 and newer; set inTransit: disabled");
        }
        if (transit != TransitEncryption.DISABLED && spec.engine() == Engine.MEMCACHED && olderThan(1, 6, 12)) {
            missing("spec.encryption.inTransit", "TLS needs memcached 1.6.12 or newer; set inTransit: disabled");
        }
        if (security.atRest() && redis && !encrypts()) {
            missing(
                    "spec.encryption.atRest",
                    "encryption at rest needs redis 3.2.6, or 4.0.10 and newer; set atRest: false");
        }
        if (security.auth() == AuthType.TOKEN && transit == TransitEncryption.PREFERRED) {
            missing(
                    "spec.encryption.inTransit",
                    "AWS makes no cache with an AUTH token and inTransit: preferred; set required, or auth.type: None");
        }
        if (shape.clusterMode() == ClusterMode.COMPATIBLE && redis && olderThan(7, 0, 0)) {
            missing("spec.clusterMode", "clusterMode: compatible needs redis 7.0 or valkey");
        }
        if (shape.dataTiering() && redis && olderThan(6, 2, 0)) {
            missing("spec.dataTiering", "data tiering needs redis 6.2 or valkey");
        }
        if (spec.nodeType().startsWith("cache.r6gd.") && !shape.dataTiering()) {
            missing("spec.dataTiering", "AWS makes r6gd nodes with data tiering only; set dataTiering: true");
        }
    }

    private boolean olderThan(int major, int minor, int patch) {
        return version.map(v -> !EngineVersion.of(v).isAtLeast(major, minor, patch))
                .orElse(false);
    }

    private boolean encrypts() {
        return !olderThan(4, 0, 10) || version.orElse("").equals("3.2.6");
    }

    private void zones(Optional<Subnets.Found> subnets) {
        Shape shape = DesiredClusterFactory.shape(spec);
        List<String> given = shape.zones();
        int nodes = spec.engine().replicated() ? 1 + shape.replicasPerShard() : shape.nodes();
        // In cluster mode enabled the zones are a pool of any size.
        boolean miscounted = shape.clusterMode() != ClusterMode.ENABLED && !given.isEmpty() && given.size() != nodes;
        if (miscounted) {
            invalidZones(
                    "spec.availabilityZones",
                    "the shape has " + nodes + " nodes and " + given.size()
                            + " zones are given: name one for each node, or none");
        }
        subnets.ifPresent(found -> given.stream()
                .distinct()
                .filter(zone -> !found.zones().contains(zone))
                .forEach(zone -> invalidZones(
                        "spec.availabilityZones",
                        "no subnet of " + found.groupName() + " is in " + zone + "; there are subnets in "
                                + String.join(", ", new TreeSet<>(found.zones())))));
        boolean spread = shape.multiAz() || (shape.crossAz() && shape.nodes() > 1);
        String field = shape.multiAz() ? "spec.multiAz" : "spec.crossAz";
        int zones =
                given.isEmpty() ? subnets.map(found -> found.zones().size()).orElse(2) : new HashSet<>(given).size();
        if (spread && !miscounted && zones < 2) {
            invalidZones(
                    field,
                    "nodes in several zones need " + (given.isEmpty() ? "subnets" : "availabilityZones")
                            + " in at least two, and these are in one: add one, or set " + field + ": false");
        }
        if (Boolean.FALSE.equals(spec.crossAz()) && new HashSet<>(given).size() > 1) {
            invalidZones(
                    "spec.crossAz",
                    "availabilityZones are several and crossAz is false: name one zone, or leave crossAz out");
        }
        if (shape.crossAz() && shape.nodes() == 1) {
            invalidZones("spec.crossAz", "one node is in one zone: set nodes to 2 or more, or crossAz: false");
        }
    }

    private void windows() {
        String maintenance = spec.maintenance().window();
        String snapshot = spec.snapshots().window();
        if (maintenance != null && snapshot != null && Windows.overlap(maintenance, snapshot)) {
            add(
                    ClusterReason.WindowsOverlap,
                    "spec.snapshots.window",
                    "snapshot window " + snapshot + " and maintenance window " + maintenance
                            + " overlap, which AWS refuses: move one");
        }
    }

    private void parameters() {
        Map<String, String> values = DesiredClusterFactory.parameterValues(spec, false);
        Optional<String> family = EngineFamilies.family(
                spec, in.observed().cache(), in.observed().engineVersions().found());
        if (values.isEmpty() || family.isEmpty()) {
            return;
        }
        in.observed()
                .familyParameters()
                .found()
                .ifPresent(definitions -> problems.addAll(ParameterChecks.check(values, definitions, family.get())));
        String policy = orElse(values.get("maxmemory-policy"), "noeviction");
        if (DesiredClusterFactory.shape(spec).dataTiering()
                && !List.of("volatile-lru", "allkeys-lru", "noeviction").contains(policy)) {
            add(
                    ClusterReason.ParameterInvalid,
                    "spec.parameters.maxmemory-policy",
                    "data tiering takes volatile-lru, allkeys-lru or noeviction, not " + policy);
        }
    }

    private void missing(String field, String message) {
        add(ClusterReason.EngineFeatureMissing, field, message);
    }

    private void invalidZones(String field, String message) {
        add(ClusterReason.ZonesInvalid, field, message);
    }

    private void add(ClusterReason reason, String field, String message) {
        problems.add(Problem.userMustAct(reason, field, message));
    }
}
