package io.cacheoperator.crds;

import static io.cacheoperator.crds.RuleCase.Base.memcached;
import static io.cacheoperator.crds.RuleCase.Base.tiered;
import static io.cacheoperator.crds.RuleCase.Base.valkey;

import java.util.List;

/** Cases of {@link ShapeRules}. */
final class ShapeCases {

    private ShapeCases() {}

    static List<RuleCase> all() {
        return List.of(
                new RuleCase(
                        valkey,
                        "shards: 2",
                        "{shards: 2, clusterMode: disabled}",
                        "spec.clusterMode",
                        "more than one of `shards` needs cluster mode: set `clusterMode: enabled`, or leave it out"),
                new RuleCase(
                        valkey,
                        "{shards: 2, clusterMode: enabled}",
                        "{shards: 2, clusterMode: compatible}",
                        "spec.clusterMode",
                        "more than one of `shards` needs cluster mode: set `clusterMode: enabled`, or leave it out"),
                new RuleCase(
                        valkey,
                        "multiAz: true",
                        "{multiAz: true, replicasPerShard: 0}",
                        "spec.multiAz",
                        "`multiAz` needs a replica: set `replicasPerShard` to 1 or more, or `multiAz: false`"),
                new RuleCase(
                        valkey,
                        "{multiAz: true, replicasPerShard: 1}",
                        "{multiAz: true, replicasPerShard: 0, shards: 2}",
                        "spec.multiAz",
                        "`multiAz` needs a replica: set `replicasPerShard` to 1 or more, or `multiAz: false`"),
                new RuleCase(
                        valkey,
                        "{automaticFailover: true, replicasPerShard: 0, clusterMode: enabled}",
                        "{automaticFailover: true, replicasPerShard: 0}",
                        "spec.automaticFailover",
                        "`automaticFailover` needs a replica: set `replicasPerShard` to 1 or more, or `automaticFailover: false`"),
                new RuleCase(
                        valkey,
                        "automaticFailover: false",
                        "{automaticFailover: false, clusterMode: enabled}",
                        "spec.automaticFailover",
                        "`automaticFailover` cannot be false with cluster mode enabled: leave it out, or set `clusterMode: disabled` and `shards: 1`"),
                new RuleCase(
                        valkey,
                        "{automaticFailover: true, shards: 2}",
                        "{automaticFailover: false, shards: 2}",
                        "spec.automaticFailover",
                        "`automaticFailover` cannot be false with cluster mode enabled: leave it out, or set `clusterMode: disabled` and `shards: 1`"),
                new RuleCase(
                        valkey,
                        "{automaticFailover: false, multiAz: false}",
                        "{automaticFailover: false, multiAz: true}",
                        "spec.automaticFailover",
                        "`multiAz` needs `automaticFailover`: leave `automaticFailover` out, or set `multiAz: false`"),
                new RuleCase(
                        memcached,
                        "{crossAz: true, nodes: 2}",
                        "{crossAz: true, nodes: 1}",
                        "spec.crossAz",
                        "`crossAz` needs more than one node: set `nodes` to 2 or more, or leave `crossAz` out"),
                new RuleCase(
                        memcached,
                        "crossAz: false",
                        "crossAz: true",
                        "spec.crossAz",
                        "`crossAz` needs more than one node: set `nodes` to 2 or more, or leave `crossAz` out"),
                new RuleCase(
                        valkey,
                        "dataTiering: false",
                        "dataTiering: true",
                        "spec.dataTiering",
                        "`dataTiering` needs an r6gd node type: set `nodeType` to one like cache.r6gd.xlarge, or leave `dataTiering` out"),
                new RuleCase(
                        tiered,
                        "dataTiering: true",
                        "dataTiering: false",
                        "spec.dataTiering",
                        "an r6gd node type always tiers data: leave `dataTiering` out, or set it to true"),
                new RuleCase(
                        valkey,
                        "availabilityZones: [eu-west-1a, eu-west-1b]",
                        "availabilityZones: [eu-west-1a]",
                        "spec.availabilityZones",
                        "`availabilityZones` has 1 entries: write 2, one per node with the primary first"),
                new RuleCase(
                        valkey,
                        "{availabilityZones: [eu-west-1a], replicasPerShard: 0}",
                        "{availabilityZones: [eu-west-1a, eu-west-1a], replicasPerShard: 2}",
                        "spec.availabilityZones",
                        "`availabilityZones` has 2 entries: write 3, one per node with the primary first"),
                new RuleCase(
                        valkey,
                        "{availabilityZones: [eu-west-1a, eu-west-1b, eu-west-1c], shards: 2}",
                        "{availabilityZones: [eu-west-1a, eu-west-1b, eu-west-1c], shards: 1}",
                        "spec.availabilityZones",
                        "`availabilityZones` has 3 entries: write 2, one per node with the primary first"),
                new RuleCase(
                        memcached,
                        "{availabilityZones: [eu-west-1a, eu-west-1a], nodes: 2}",
                        "availabilityZones: [eu-west-1a, eu-west-1b]",
                        "spec.availabilityZones",
                        "`availabilityZones` has 2 entries: write 1, one per node"));
    }
}
