package io.cacheoperator.crds;

import static io.cacheoperator.crds.RuleCase.Base.memcached;
import static io.cacheoperator.crds.RuleCase.Base.redis;
import static io.cacheoperator.crds.RuleCase.Base.valkey;

import java.util.List;

/** Cases of {@link EngineRules}. */
final class EngineCases {

    private EngineCases() {}

    static List<RuleCase> all() {
        return List.of(
                new RuleCase(
                        memcached,
                        "tags: {purpose: sessions}",
                        "description: sessions of the shop",
                        "spec.description",
                        "`description` is for valkey and redis: leave it out, AWS has no such text for memcached; `tags`"
                                + " can say the same"),
                new RuleCase(
                        memcached,
                        "nodes: 2",
                        "clusterMode: disabled",
                        "spec.clusterMode",
                        "`clusterMode` is for valkey and redis: leave it out, memcached spreads keys over `nodes`"),
                new RuleCase(
                        memcached,
                        "nodes: 2",
                        "shards: 2",
                        "spec.shards",
                        "`shards` is for valkey and redis: set `nodes`"),
                new RuleCase(
                        memcached,
                        "nodes: 2",
                        "replicasPerShard: 1",
                        "spec.replicasPerShard",
                        "`replicasPerShard` is for valkey and redis: set `nodes`"),
                new RuleCase(
                        memcached,
                        "{nodes: 2, crossAz: true}",
                        "multiAz: false",
                        "spec.multiAz",
                        "`multiAz` is for valkey and redis: set `crossAz`"),
                new RuleCase(
                        memcached,
                        "nodes: 2",
                        "automaticFailover: false",
                        "spec.automaticFailover",
                        "`automaticFailover` is for valkey and redis: leave it out, memcached has no replicas"),
                new RuleCase(
                        memcached,
                        "nodes: 2",
                        "dataTiering: false",
                        "spec.dataTiering",
                        "`dataTiering` is for valkey and redis: leave it out"),
                new RuleCase(
                        memcached,
                        "network: {allowFrom: [{cidr: 10.0.0.0/16}]}",
                        "auth: {type: None}",
                        "spec.auth",
                        "`auth` is for valkey and redis: leave it out and narrow `network.allowFrom`"),
                new RuleCase(
                        memcached,
                        "maintenance: {window: \"sun:05:00-sun:06:00\"}",
                        "snapshots: {retentionDays: 0}",
                        "spec.snapshots",
                        "`snapshots` is for valkey and redis: leave it out, memcached has no snapshots"),
                new RuleCase(
                        memcached,
                        "encryption: {inTransit: required}",
                        "encryption: {atRest: false}",
                        "spec.encryption.atRest",
                        "`encryption.atRest` is for valkey and redis: leave it out"),
                new RuleCase(
                        memcached,
                        "encryption: {inTransit: required}",
                        "encryption: {kmsKeyId: \"arn:aws:kms:eu-west-1:123456789012:key/k\"}",
                        "spec.encryption.kmsKeyId",
                        "`encryption.kmsKeyId` is for valkey and redis: leave it out"),
                new RuleCase(
                        memcached,
                        "encryption: {inTransit: disabled}",
                        "encryption: {inTransit: preferred}",
                        "spec.encryption.inTransit",
                        "`encryption.inTransit: preferred` is for valkey and redis: set `required` or `disabled`"),
                new RuleCase(
                        memcached,
                        "deletionPolicy: Delete",
                        "deletionPolicy: Snapshot",
                        "spec.deletionPolicy",
                        "`deletionPolicy: Snapshot` is for valkey and redis: set `Delete` or `Retain`"),
                new RuleCase(
                        valkey,
                        "{shards: 2, replicasPerShard: 1}",
                        "nodes: 2",
                        "spec.nodes",
                        "`nodes` is for memcached: set `shards` and `replicasPerShard`"),
                new RuleCase(
                        redis,
                        "multiAz: true",
                        "crossAz: false",
                        "spec.crossAz",
                        "`crossAz` is for memcached: set `multiAz`, beside `shards` and `replicasPerShard`"),
                new RuleCase(
                        valkey,
                        "engineVersion: \"8.1\"",
                        "engineVersion: 8.1.0",
                        "spec.engineVersion",
                        "write `engineVersion` of valkey as major.minor, like \"8.1\": AWS chooses the patch"),
                new RuleCase(
                        redis,
                        "engineVersion: \"7.1\"",
                        "engineVersion: 6.2.6",
                        "spec.engineVersion",
                        "write `engineVersion` of redis as major.minor, like \"7.1\" (AWS chooses the patch), and before 6 in full, like \"5.0.6\""),
                new RuleCase(
                        redis,
                        "engineVersion: 5.0.6",
                        "engineVersion: \"5.0\"",
                        "spec.engineVersion",
                        "write `engineVersion` of redis as major.minor, like \"7.1\" (AWS chooses the patch), and before 6 in full, like \"5.0.6\""),
                new RuleCase(
                        memcached,
                        "engineVersion: 1.6.22",
                        "engineVersion: \"1.6\"",
                        "spec.engineVersion",
                        "write `engineVersion` of memcached as all three numbers, like \"1.6.22\""),
                new RuleCase(
                        valkey,
                        "id: shop-sessions",
                        "id: Shop",
                        "spec.id",
                        "`id` is of lower-case letters, digits and single hyphens, a letter first: write one like shop-sessions"),
                new RuleCase(
                        valkey,
                        "id: s",
                        "id: 1shop",
                        "spec.id",
                        "`id` is of lower-case letters, digits and single hyphens, a letter first: write one like shop-sessions"),
                new RuleCase(
                        valkey,
                        "id: shop-1",
                        "id: shop--1",
                        "spec.id",
                        "`id` is of lower-case letters, digits and single hyphens, a letter first: write one like shop-sessions"),
                new RuleCase(
                        valkey,
                        "id: shop1",
                        "id: shop-",
                        "spec.id",
                        "`id` is of lower-case letters, digits and single hyphens, a letter first: write one like shop-sessions"),
                new RuleCase(
                        valkey,
                        "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                        "id: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                        "spec.id",
                        "`id` of a replication group is at most 40 characters long: shorten it"),
                new RuleCase(
                        valkey,
                        "nodeType: cache.r7g.large",
                        "nodeType: t4g.small",
                        "spec.nodeType",
                        "`nodeType` is not a node type of ElastiCache: write one like cache.t4g.small"),
                new RuleCase(
                        valkey,
                        "region: us-gov-east-1",
                        "region: eu-west-1a",
                        "spec.region",
                        "`region` is not an AWS region: write one like eu-west-1"));
    }
}
