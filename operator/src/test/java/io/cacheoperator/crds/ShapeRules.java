package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueInvalid;

import java.util.List;

/** How shards, replicas, nodes, zones and node type go together. */
final class ShapeRules {

    private ShapeRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.spec(
                        ".clusterMode",
                        FieldValueInvalid,
                        """
                        !has(self.shards) || self.shards <= 1 || !has(self.clusterMode) || self.clusterMode == 'enabled'
                        """,
                        "more than one of `shards` needs cluster mode: set `clusterMode: enabled`, or leave it out"),
                Rule.spec(
                        ".multiAz",
                        FieldValueInvalid,
                        """
                        !has(self.multiAz) || !self.multiAz || !has(self.replicasPerShard) || self.replicasPerShard > 0
                        """,
                        "`multiAz` needs a replica: set `replicasPerShard` to 1 or more, or `multiAz: false`"),
                failover("""
                        !has(self.automaticFailover) || !self.automaticFailover
                        || !has(self.replicasPerShard) || self.replicasPerShard > 0 || %s
                        """.formatted(clusterModeEnabled("self")), """
                        `automaticFailover` needs a replica: set `replicasPerShard` to 1 or more, or `automaticFailover: false`
                        """),
                failover(
                        "!has(self.automaticFailover) || self.automaticFailover || !" + clusterModeEnabled("self"),
                        "`automaticFailover` cannot be false with cluster mode enabled: leave it out, or set"
                                + " `clusterMode: disabled` and `shards: 1`"),
                failover(
                        "!has(self.automaticFailover) || self.automaticFailover || !has(self.multiAz) || !self.multiAz",
                        "`multiAz` needs `automaticFailover`: leave `automaticFailover` out, or set `multiAz: false`"),
                Rule.spec(
                        ".crossAz",
                        FieldValueInvalid,
                        "!has(self.crossAz) || !self.crossAz || (has(self.nodes) && self.nodes > 1)",
                        "`crossAz` needs more than one node: set `nodes` to 2 or more, or leave `crossAz` out"),
                Rule.spec(
                        ".dataTiering",
                        FieldValueInvalid,
                        "!has(self.dataTiering) || !self.dataTiering || self.nodeType.startsWith('cache.r6gd.')",
                        "`dataTiering` needs an r6gd node type: set `nodeType` to one like cache.r6gd.xlarge, or leave"
                                + " `dataTiering` out"),
                Rule.spec(
                        ".dataTiering",
                        FieldValueInvalid,
                        "!has(self.dataTiering) || self.dataTiering || !self.nodeType.startsWith('cache.r6gd.')",
                        "an r6gd node type always tiers data: leave `dataTiering` out, or set it to true"),
                zones(
                        "self.spec.engine != 'memcached' && !" + clusterModeEnabled("self.spec"),
                        "(has(self.spec.replicasPerShard) ? self.spec.replicasPerShard + 1 : 2)",
                        "1 + `replicasPerShard` of them",
                        "one per node with the primary first"),
                zones(
                        "self.spec.engine == 'memcached'",
                        "(has(self.spec.nodes) ? self.spec.nodes : 1)",
                        "as many as `nodes`",
                        "one per node"));
    }

    /** Cluster mode as it will be, given or derived. */
    private static String clusterModeEnabled(String spec) {
        return "(has(%1$s.clusterMode) ? %1$s.clusterMode == 'enabled' : has(%1$s.shards) && %1$s.shards > 1)"
                .formatted(spec);
    }

    private static Rule failover(String cel, String message) {
        return Rule.spec(".automaticFailover", FieldValueInvalid, cel, message);
    }

    /** The list speaks about the create only, so that scaling an existing cache need not touch it. */
    private static Rule zones(String applies, String wanted, String wantedInWords, String why) {
        return Rule.root(
                        ".spec.availabilityZones",
                        FieldValueInvalid,
                        """
                        !has(self.spec.availabilityZones) || size(self.spec.availabilityZones) == 0
                        || (has(self.status) && has(self.status.id))
                        || !(%s) || size(self.spec.availabilityZones) == %s
                        """.formatted(applies, wanted),
                        "`availabilityZones` is as long as the shape asks: write " + wantedInWords + ", " + why)
                .saying(
                        "'`availabilityZones` has %%d entries: write %%d, %s'.format([size(self.spec.availabilityZones), %s])"
                                .formatted(why, wanted));
    }
}
