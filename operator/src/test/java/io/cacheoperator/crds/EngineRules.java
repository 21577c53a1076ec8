package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueForbidden;
import static io.cacheoperator.crds.Rule.Reason.FieldValueInvalid;

import java.util.List;

/** What belongs to one engine only: fields, versions, ids. */
final class EngineRules {

    private EngineRules() {}

    static List<Rule> all() {
        return List.of(
                notForMemcached(
                        "description", "leave it out, AWS has no such text for memcached; `tags` can say the same"),
                notForMemcached("clusterMode", "leave it out, memcached spreads keys over `nodes`"),
                notForMemcached("shards", "set `nodes`"),
                notForMemcached("replicasPerShard", "set `nodes`"),
                notForMemcached("multiAz", "set `crossAz`"),
                notForMemcached("automaticFailover", "leave it out, memcached has no replicas"),
                notForMemcached("dataTiering", "leave it out"),
                notForMemcached("auth", "leave it out and narrow `network.allowFrom`"),
                notForMemcached("snapshots", "leave it out, memcached has no snapshots"),
                notForMemcached("encryption.atRest", "leave it out"),
                notForMemcached("encryption.kmsKeyId", "leave it out"),
                Rule.spec(
                        ".encryption.inTransit",
                        FieldValueForbidden,
                        """
                        self.engine != 'memcached' || !has(self.encryption) || !has(self.encryption.inTransit)
                        || self.encryption.inTransit != 'preferred'
                        """,
                        "`encryption.inTransit: preferred` is for valkey and redis: set `required` or `disabled`"),
                Rule.spec(
                        ".deletionPolicy",
                        FieldValueForbidden,
                        """
                        self.engine != 'memcached' || !has(self.deletionPolicy) || self.deletionPolicy != 'Snapshot'
                        """,
                        "`deletionPolicy: Snapshot` is for valkey and redis: set `Delete` or `Retain`"),
                onlyForMemcached("nodes", "set `shards` and `replicasPerShard`"),
                onlyForMemcached("crossAz", "set `multiAz`, beside `shards` and `replicasPerShard`"),
                version("valkey", "^[0-9]+[.][0-9]+$", "major.minor, like \"8.1\": AWS chooses the patch"),
                version(
                        "redis",
                        "^(6[.]x|([6-9]|[1-9][0-9])[.][0-9]+|[1-5][.][0-9]+[.][0-9]+)$",
                        "major.minor, like \"7.1\" (AWS chooses the patch), and before 6 in full, like \"5.0.6\""),
                version("memcached", "^[0-9]+[.][0-9]+[.][0-9]+$", "all three numbers, like \"1.6.22\""),
                Rule.field(
                        ".spec.id",
                        "self.matches('^[a-z]([a-z0-9]|-[a-z0-9])*$')",
                        "`id` is of lower-case letters, digits and single hyphens, a letter first: write one like"
                                + " shop-sessions"),
                Rule.spec(
                        ".id",
                        FieldValueInvalid,
                        "!has(self.id) || size(self.id) <= 40 || self.engine == 'memcached'",
                        "`id` of a replication group is at most 40 characters long: shorten it"),
                Rule.field(
                        ".spec.nodeType",
                        "self.matches('^cache[.][a-z0-9]+(-[a-z0-9]+)*[.][a-z0-9]+$')",
                        "`nodeType` is not a node type of ElastiCache: write one like cache.t4g.small"),
                Rule.field(
                        ".spec.region",
                        "self.matches('^[a-z]{2,4}(-[a-z]+)+-[0-9]+$')",
                        "`region` is not an AWS region: write one like eu-west-1"));
    }

    private static Rule notForMemcached(String field, String instead) {
        return Rule.spec(
                "." + field,
                FieldValueForbidden,
                "self.engine != 'memcached' || !(" + Paths.present("self", field) + ")",
                "`" + field + "` is for valkey and redis: " + instead);
    }

    private static Rule onlyForMemcached(String field, String instead) {
        return Rule.spec(
                "." + field,
                FieldValueForbidden,
                "!has(self." + field + ") || self.engine == 'memcached'",
                "`" + field + "` is for memcached: " + instead);
    }

    private static Rule version(String engine, String pattern, String instead) {
        return Rule.spec(
                ".engineVersion",
                FieldValueInvalid,
                "self.engine != '%s' || !has(self.engineVersion) || self.engineVersion.matches('%s')"
                        .formatted(engine, pattern),
                "write `engineVersion` of " + engine + " as " + instead);
    }
}
