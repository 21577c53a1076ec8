package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueDuplicate;
import static io.cacheoperator.crds.Rule.Reason.FieldValueForbidden;
import static io.cacheoperator.crds.Rule.Reason.FieldValueInvalid;
import static io.cacheoperator.crds.Rule.Reason.FieldValueRequired;

import java.util.List;
import java.util.stream.Stream;

/** What the schema of CacheCluster asks for beyond types and bounds: everything that can be known without asking AWS. */
final class CacheClusterRules {

    /** Cluster mode as it will be, given or derived. */
    private static final String CLUSTER_MODE_ENABLED =
            "(has(%1$s.clusterMode) ? %1$s.clusterMode == 'enabled' : has(%1$s.shards) && %1$s.shards > 1)";

    private static final String ENABLED = CLUSTER_MODE_ENABLED.formatted("self");
    private static final String HAS_TYPE = "has(self.auth) && has(self.auth.type)";
    private static final String HAS_TLS = "has(self.encryption) && has(self.encryption.inTransit)";
    private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)";
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private static final String WEEKLY = "self.matches('^" + DAY + ":" + TIME + "-" + DAY + ":" + TIME + "$')";
    private static final String DAILY = "self.matches('^" + TIME + "-" + TIME + "$')";

    private CacheClusterRules() {}

    static List<Rule> all() {
        return Stream.of(engines(), shape(), values(), network(), security(), windows(), maps(), names(), immutable())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> engines() {
        return List.of(
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
                spec(
                        ".encryption.inTransit",
                        FieldValueForbidden,
                        "self.engine != 'memcached' || !(" + HAS_TLS + ") || self.encryption.inTransit != 'preferred'",
                        "`encryption.inTransit: preferred` is for valkey and redis: set `required` or `disabled`"),
                spec(
                        ".deletionPolicy",
                        FieldValueForbidden,
                        "self.engine != 'memcached' || !has(self.deletionPolicy) || self.deletionPolicy != 'Snapshot'",
                        "`deletionPolicy: Snapshot` is for valkey and redis: set `Delete` or `Retain`"),
                spec(
                        ".nodes",
                        FieldValueForbidden,
                        "self.engine == 'memcached' || !has(self.nodes)",
                        "`nodes` is for memcached: set `shards` and `replicasPerShard`"),
                spec(
                        ".crossAz",
                        FieldValueForbidden,
                        "self.engine == 'memcached' || !has(self.crossAz)",
                        "`crossAz` is for memcached: set `multiAz`, beside `shards` and `replicasPerShard`"));
    }

    private static Rule notForMemcached(String field, String instead) {
        return spec(
                "." + field,
                FieldValueForbidden,
                "self.engine != 'memcached' || !(" + Paths.present("self", field) + ")",
                "`" + field + "` is for valkey and redis: " + instead);
    }

    private static List<Rule> shape() {
        return List.of(
                spec(
                        ".clusterMode",
                        FieldValueInvalid,
                        "!has(self.shards) || self.shards <= 1 || !has(self.clusterMode) || self.clusterMode == 'enabled'",
                        "more than one of `shards` needs cluster mode: set `clusterMode: enabled`, or leave it out"),
                spec(
                        ".multiAz",
                        FieldValueInvalid,
                        "!has(self.multiAz) || !self.multiAz || !has(self.replicasPerShard) || self.replicasPerShard > 0",
                        "`multiAz` needs a replica: set `replicasPerShard` to 1 or more, or `multiAz: false`"),
                spec(
                        ".automaticFailover",
                        FieldValueInvalid,
                        "!has(self.automaticFailover) || !self.automaticFailover || !has(self.replicasPerShard)"
                                + " || self.replicasPerShard > 0 || " + ENABLED,
                        "`automaticFailover` needs a replica: set `replicasPerShard` to 1 or more, or `automaticFailover: false`"),
                spec(
                        ".automaticFailover",
                        FieldValueInvalid,
                        "!has(self.automaticFailover) || self.automaticFailover || !" + ENABLED,
                        "`automaticFailover` cannot be false with cluster mode enabled: leave it out, or set `clusterMode: disabled`"
                                + " and `shards: 1`"),
                spec(
                        ".automaticFailover",
                        FieldValueInvalid,
                        "!has(self.automaticFailover) || self.automaticFailover || !has(self.multiAz) || !self.multiAz",
                        "`multiAz` needs `automaticFailover`: leave `automaticFailover` out, or set `multiAz: false`"),
                spec(
                        ".crossAz",
                        FieldValueInvalid,
                        "!has(self.crossAz) || !self.crossAz || (has(self.nodes) && self.nodes > 1)",
                        "`crossAz` needs more than one node: set `nodes` to 2 or more, or leave `crossAz` out"),
                spec(
                        ".dataTiering",
                        FieldValueInvalid,
                        "!has(self.dataTiering) || !self.dataTiering || self.nodeType.startsWith('cache.r6gd.')",
                        "`dataTiering` needs an r6gd node type: set `nodeType` to one like cache.r6gd.xlarge, or leave"
                                + " `dataTiering` out"),
                spec(
                        ".dataTiering",
                        FieldValueInvalid,
                        "!has(self.dataTiering) || self.dataTiering || !self.nodeType.startsWith('cache.r6gd.')",
                        "an r6gd node type always tiers data: leave `dataTiering` out, or set it to true"),
                zones(
                        "self.spec.engine != 'memcached' && !" + CLUSTER_MODE_ENABLED.formatted("self.spec"),
                        "(has(self.spec.replicasPerShard) ? self.spec.replicasPerShard + 1 : 2)",
                        "1 + `replicasPerShard`",
                        "one per node, the primary first"),
                zones(
                        "self.spec.engine == 'memcached'",
                        "(has(self.spec.nodes) ? self.spec.nodes : 1)",
                        "as many as `nodes`",
                        "one per node"));
    }

    /** The list speaks about the create only, so that scaling an existing cache need not touch it. */
    private static Rule zones(String applies, String wanted, String wantedInWords, String why) {
        return root(
                        ".spec.availabilityZones",
                        FieldValueInvalid,
                        "!has(self.spec.availabilityZones) || size(self.spec.availabilityZones) == 0"
                                + " || (has(self.status) && has(self.status.id))"
                                + " || !(" + applies + ") || size(self.spec.availabilityZones) == " + wanted,
                        "`availabilityZones` needs " + wantedInWords + " entries: " + why)
                .saying(
                        "'`availabilityZones` has ' + string(size(self.spec.availabilityZones)) + ' entries: write ' + string("
                                + wanted + ") + ', " + why + "'");
    }

    private static List<Rule> values() {
        return List.of(
                Rule.of(
                        ".spec.nodeType",
                        "",
                        FieldValueInvalid,
                        "self.matches('^cache[.][a-z0-9]+(-[a-z0-9]+)*[.][a-z0-9]+$')",
                        "`nodeType` is not a node type of ElastiCache: write one like cache.t4g.small"),
                version("valkey", "^[0-9]+[.][0-9]+$", "major.minor, like \"8.1\": AWS chooses the patch"),
                version(
                        "redis",
                        "^(6[.]x|([6-9]|[1-9][0-9])[.][0-9]+|[1-5][.][0-9]+[.][0-9]+)$",
                        "major.minor, like \"7.1\" (AWS chooses the patch), and before 6 in full, like \"5.0.6\""),
                version("memcached", "^[0-9]+[.][0-9]+[.][0-9]+$", "all three numbers, like \"1.6.22\""),
                Rule.of(
                        ".spec.id",
                        "",
                        FieldValueInvalid,
                        "self.matches('^[a-z]([a-z0-9]|-[a-z0-9])*$')",
                        "`id` is of lower-case letters, digits and single hyphens, a letter first: write one like shop-sessions"),
                spec(
                        ".id",
                        FieldValueInvalid,
                        "self.engine == 'memcached' || !has(self.id) || size(self.id) <= 40",
                        "`id` of a replication group is at most 40 characters long: shorten it"),
                Rule.of(
                        ".spec.region",
                        "",
                        FieldValueInvalid,
                        "self.matches('^[a-z]{2,4}(-[a-z]+)+-[0-9]+$')",
                        "`region` is not an AWS region: write one like eu-west-1"),
                spec(
                        ".parameterGroupName",
                        FieldValueForbidden,
                        "!has(self.parameterGroupName) || !has(self.parameters) || size(self.parameters) == 0",
                        "`parameterGroupName` excludes `parameters`: keep one"),
                Rule.of(
                        ".spec.maintenance.notificationTopicArn",
                        "",
                        FieldValueInvalid,
                        "self.matches('^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+$')",
                        "`notificationTopicArn` is not the ARN of an SNS topic: write one like"
                                + " arn:aws:sns:eu-west-1:123456789012:caches"));
    }

    private static Rule version(String engine, String pattern, String instead) {
        return spec(
                ".engineVersion",
                FieldValueInvalid,
                "self.engine != '" + engine + "' || !has(self.engineVersion) || self.engineVersion.matches('" + pattern
                        + "')",
                "write `engineVersion` of " + engine + " as " + instead);
    }

    private static List<Rule> network() {
        return List.of(
                Rule.of(
                        ".spec.network",
                        "",
                        FieldValueForbidden,
                        "[has(self.subnetGroupName), has(self.subnetIds), has(self.subnetSelector)].filter(g, g).size() <= 1",
                        "`network` names subnets more than once: keep one of `subnetGroupName`, `subnetIds` and `subnetSelector`"),
                Rule.of(
                        ".spec.network.subnetSelector",
                        "",
                        FieldValueRequired,
                        "has(self.vpcId) || (has(self.tags) && size(self.tags) > 0)",
                        "`subnetSelector` would take every subnet: set `vpcId` or `tags`"),
                prefixed(".spec.network.subnetSelector.vpcId", "vpc-", "a VPC"),
                prefixed(".spec.network.subnetIds[]", "subnet-", "a subnet"),
                prefixed(".spec.network.securityGroupIds[]", "sg-", "a security group"),
                prefixed(".spec.network.allowFrom[].securityGroupId", "sg-", "a security group"),
                prefixed(".spec.network.allowFrom[].prefixListId", "pl-", "a prefix list"),
                Rule.of(
                                ".spec.network.allowFrom[]",
                                "",
                                FieldValueInvalid,
                                "[has(self.cidr), has(self.securityGroupId), has(self.prefixListId)].filter(g, g).size() == 1",
                                "an entry of `allowFrom` has exactly one source: keep one of `cidr`, `securityGroupId` and"
                                        + " `prefixListId`")
                        .saying(
                                "has(self.cidr) || has(self.securityGroupId) || has(self.prefixListId)"
                                        + " ? 'this entry of `allowFrom` has more than one source: keep one of `cidr`, `securityGroupId`"
                                        + " and `prefixListId`'"
                                        + " : 'this entry of `allowFrom` has no source: set `cidr`, `securityGroupId` or `prefixListId`'"),
                Rule.of(
                                ".spec.network.allowFrom[].cidr",
                                "",
                                FieldValueInvalid,
                                "isCIDR(self)",
                                "`cidr` is not a CIDR: write one like 10.0.0.0/16")
                        .saying("'`' + self + '` is not a CIDR: write one like 10.0.0.0/16'"),
                Rule.of(
                                ".spec.network.allowFrom[].cidr",
                                "",
                                FieldValueInvalid,
                                "!isCIDR(self) || string(cidr(self).masked()) == self",
                                "`cidr` must have no host bits")
                        .saying(
                                "'`' + self + '` is not how AWS writes this range: write `' + string(cidr(self).masked()) + '`'"),
                Rule.of(
                                ".spec.network.allowFrom[].cidr",
                                "",
                                FieldValueForbidden,
                                "!isCIDR(self) || cidr(self).prefixLength() > 0",
                                "the whole world must not reach a cache: write the ranges that may")
                        .saying(
                                "'`' + self + '` is the whole world, which must not reach a cache: write the ranges that may'"),
                Rule.of(
                        ".spec.network",
                        ".allowFrom",
                        FieldValueDuplicate,
                        """
                        !has(self.allowFrom) || self.allowFrom.all(a,
                          (!has(a.cidr) || self.allowFrom.exists_one(b, has(b.cidr) && a.cidr == b.cidr))
                          && (!has(a.securityGroupId) || self.allowFrom.exists_one(b,
                            has(b.securityGroupId) && a.securityGroupId == b.securityGroupId))
                          && (!has(a.prefixListId) || self.allowFrom.exists_one(b,
                            has(b.prefixListId) && a.prefixListId == b.prefixListId)))
                        """,
                        "`allowFrom` names a source twice: keep one entry for each"),
                Rule.of(
                        ".spec.network",
                        ".ipDiscovery",
                        FieldValueInvalid,
                        """
                        !has(self.ipDiscovery) || (has(self.networkType)
                          ? self.networkType == 'dual_stack' || self.networkType == self.ipDiscovery
                          : self.ipDiscovery == 'ipv4')
                        """,
                        "`ipDiscovery` must be one of the families of `networkType`: set `networkType` to dual_stack or to the same"));
    }

    private static Rule prefixed(String at, String prefix, String what) {
        return Rule.of(
                        at,
                        "",
                        FieldValueInvalid,
                        "self.startsWith('" + prefix + "')",
                        "not the id of " + what + ": write one like " + prefix + "0a1b2c3d")
                .saying("'`' + self + '` is not the id of " + what + ": write one like " + prefix + "0a1b2c3d'");
    }

    private static List<Rule> security() {
        return List.of(
                spec(
                        ".auth.type",
                        FieldValueInvalid,
                        "!(" + HAS_TYPE + ") || self.auth.type != 'Token' || !(" + HAS_TLS
                                + ") || self.encryption.inTransit != 'disabled'",
                        "`auth.type: Token` needs TLS: set `encryption.inTransit` to required or preferred, or `auth.type: None`"),
                spec(
                        ".auth.token",
                        FieldValueForbidden,
                        "!has(self.auth) || !has(self.auth.token) || (has(self.auth.type) ? self.auth.type == 'Token' : (!("
                                + HAS_TLS + ") || self.encryption.inTransit == 'required'))",
                        "`auth.token` would not be used: set `auth.type: Token`, or leave `auth.token` out"),
                Rule.of(
                        ".spec.encryption",
                        ".kmsKeyId",
                        FieldValueForbidden,
                        "!has(self.kmsKeyId) || !has(self.atRest) || self.atRest",
                        "`encryption.kmsKeyId` needs encryption at rest: set `encryption.atRest: true`, or leave `kmsKeyId` out"));
    }

    private static List<Rule> windows() {
        String weekMinutes = "(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(self.substring(%d, %d)) * 1440"
                + " + int(self.substring(%d, %d)) * 60 + int(self.substring(%d, %d)))";
        String weekly = "((" + weekMinutes.formatted(10, 13, 14, 16, 17, 19) + " - "
                + weekMinutes.formatted(0, 3, 4, 6, 7, 9) + " + 10080) % 10080)";
        String dayMinutes = "(int(self.substring(%d, %d)) * 60 + int(self.substring(%d, %d)))";
        String daily = "((" + dayMinutes.formatted(6, 8, 9, 11) + " - " + dayMinutes.formatted(0, 2, 3, 5)
                + " + 1440) % 1440)";
        return List.of(
                Rule.of(
                        ".spec.maintenance.window",
                        "",
                        FieldValueInvalid,
                        WEEKLY,
                        "`maintenance.window` is ddd:hh:mm-ddd:hh:mm in UTC and lower case: write one like sun:05:00-sun:06:00"),
                Rule.of(
                        ".spec.maintenance.window",
                        "",
                        FieldValueInvalid,
                        "!" + WEEKLY + " || (" + weekly + " >= 60 && " + weekly + " <= 1440)",
                        "`maintenance.window` is 1 to 24 hours long: write one like sun:05:00-sun:06:00"),
                Rule.of(
                        ".spec.snapshots.window",
                        "",
                        FieldValueInvalid,
                        DAILY,
                        "`snapshots.window` is hh:mm-hh:mm in UTC: write one like 03:00-04:00"),
                Rule.of(
                        ".spec.snapshots.window",
                        "",
                        FieldValueInvalid,
                        "!" + DAILY + " || " + daily + " >= 60",
                        "`snapshots.window` is at least 1 hour long: write one like 03:00-04:00"));
    }

    private static List<Rule> maps() {
        return List.of(
                Rule.of(
                        ".spec.tags",
                        "",
                        FieldValueInvalid,
                        "self.all(k, size(k) > 0 && size(k) <= 128)",
                        "a key of `tags` is 1 to 128 characters long: shorten it"),
                Rule.of(
                        ".spec.tags",
                        "",
                        FieldValueForbidden,
                        "self.all(k, !k.startsWith('aws:') && !k.startsWith('cacheoperator.io/'))",
                        "keys of `tags` that start with aws: or cacheoperator.io/ are reserved: choose others"),
                Rule.of(
                        ".spec.connectionSecret.labels",
                        "",
                        FieldValueForbidden,
                        "self.all(k, !k.startsWith('cacheoperator.io/'))",
                        "keys of `connectionSecret.labels` that start with cacheoperator.io/ are reserved: choose others"),
                Rule.of(
                        ".spec.connectionSecret.labels",
                        "",
                        FieldValueInvalid,
                        "self.all(k, k.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))",
                        "a key of `connectionSecret.labels` is not a label key: write one like app.kubernetes.io/part-of"),
                Rule.of(
                        ".spec.connectionSecret.labels{}",
                        "",
                        FieldValueInvalid,
                        "self.matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$')",
                        "not the value of a label: letters, digits, `-`, `_` and `.`, a letter or digit first and last"));
    }

    private static List<Rule> names() {
        String secretName = "self.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$')";
        String given = "has(self.spec.connectionSecret) && has(self.spec.connectionSecret.name)";
        return List.of(
                Rule.of(
                        ".spec.connectionSecret.name",
                        "",
                        FieldValueInvalid,
                        secretName,
                        "`connectionSecret.name` is not the name of a Secret: write one like sessions-cache"),
                Rule.of(
                        ".spec.auth.token.secretRef.name",
                        "",
                        FieldValueInvalid,
                        secretName,
                        "`secretRef.name` is not the name of a Secret: write one like sessions-token"),
                Rule.of(
                        ".spec.auth.token.secretRef.key",
                        "",
                        FieldValueInvalid,
                        "self.matches('^[-._a-zA-Z0-9]+$')",
                        "`secretRef.key` is not a key of a Secret: write one like token"),
                root(
                        "",
                        FieldValueInvalid,
                        "size(self.metadata.name) <= 242",
                        "`metadata.name` is at most 242 characters long, for Secrets are named after it: shorten it"),
                root(
                        ".spec.connectionSecret.name",
                        FieldValueInvalid,
                        "!(" + given + ") || self.spec.connectionSecret.name != self.metadata.name + '-cache-auth'",
                        "`connectionSecret.name` is the name of the Secret with the generated token: choose another"),
                root(
                        ".spec.connectionSecret.name",
                        FieldValueInvalid,
                        "!(" + Paths.present("self", "spec.auth.token.secretRef")
                                + ") || self.spec.auth.token.secretRef.name != (" + given
                                + " ? self.spec.connectionSecret.name : self.metadata.name + '-cache')",
                        "`connectionSecret.name`, given or derived, is the name of the token's Secret: choose another"));
    }

    private static List<Rule> immutable() {
        return List.of(
                root(
                                ".spec.engine",
                                FieldValueForbidden,
                                existing("self.spec.engine == oldSelf.spec.engine"
                                        + " || (oldSelf.spec.engine == 'redis' && self.spec.engine == 'valkey')"),
                                "`engine` cannot change once the cache exists, but for redis to valkey: set it back")
                        .saying(
                                "'`engine` cannot change once the cache exists, but for redis to valkey: set it back to '"
                                        + " + oldSelf.spec.engine"),
                frozen("id", "%s"),
                frozen("region", "%s"),
                frozen("network.port", "string(%s)"),
                frozen("network.networkType", "%s"),
                frozen("network.subnetGroupName", "%s"),
                frozen("network.subnetIds", "'[' + %s.join(', ') + ']'"),
                frozen("network.subnetSelector", "'what it was'"),
                frozen("encryption.atRest", "string(%s)"),
                frozen("encryption.kmsKeyId", "%s"),
                frozen("dataTiering", "string(%s)"));
    }

    /** Guarded by status.id, so that typos can be mended until the cache exists; at the root, so that no dropped parent evades it. */
    private static Rule frozen(String field, String asString) {
        String path = "spec." + field;
        String now = Paths.present("self", path);
        String before = Paths.present("oldSelf", path);
        String message = "`" + field + "` cannot change once the cache exists: ";
        return root(
                        "." + path,
                        FieldValueForbidden,
                        existing("(%s) == (%s) && (!(%s) || self.%s == oldSelf.%s)"
                                .formatted(now, before, now, path, path)),
                        message + "set it back")
                .saying("'" + message + "' + (" + before + " ? 'set it back to ' + "
                        + asString.formatted("oldSelf." + path) + " : 'leave it out')");
    }

    private static String existing(String rule) {
        return "!has(oldSelf.status) || !has(oldSelf.status.id) || (" + rule + ")";
    }

    private static Rule spec(String field, Rule.Reason reason, String cel, String message) {
        return Rule.of(".spec", field, reason, cel, message);
    }

    private static Rule root(String field, Rule.Reason reason, String cel, String message) {
        return Rule.of("", field, reason, cel, message);
    }
}
