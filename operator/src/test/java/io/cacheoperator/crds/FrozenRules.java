package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueForbidden;

import java.util.List;

/**
 * What cannot change once the cache exists. Each rule compares before it looks into the status: nearly every write leaves the spec as it was,
 * and a look at a field costs the API server a copy of the schema of everything beside it (Structural.Properties in
 * k8s.io/apiextensions-apiserver, on each access).
 */
final class FrozenRules {

    private FrozenRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.root(
                                ".spec.engine",
                                FieldValueForbidden,
                                existing("""
                        self.spec.engine == oldSelf.spec.engine
                        || (oldSelf.spec.engine == 'redis' && self.spec.engine == 'valkey')
                        """),
                                "`engine` cannot change once the cache exists, but for redis to valkey: set it back")
                        .saying(
                                "'`engine` cannot change once the cache exists, but for redis to valkey: set it back to %s'"
                                        + ".format([oldSelf.spec.engine])"),
                frozen("id"),
                frozen("region"),
                frozen("network.port"),
                frozen("network.networkType"),
                frozen("network.subnetGroupName"),
                frozen("network.subnetIds"),
                frozen("network.subnetSelector", "'what it was'"),
                frozen("encryption.atRest"),
                frozen("encryption.kmsKeyId"),
                frozen("dataTiering"));
    }

    /** At the root, so that no dropped parent evades it. */
    private static Rule frozen(String field) {
        return frozen(field, "oldSelf.spec." + field);
    }

    private static Rule frozen(String field, String shown) {
        String path = "spec." + field;
        String before = Paths.given("oldSelf", path);
        String message = "`" + field + "` cannot change once the cache exists: ";
        return Rule.root(
                        "." + path,
                        FieldValueForbidden,
                        existing("(%1$s ? %2$s && self.%3$s == oldSelf.%3$s : !%2$s)"
                                .formatted(Paths.given("self", path), before, path)),
                        message + "set it back to what it was")
                .saying("%1$s ? '%2$sset it back to %%s'.format([%3$s]) : '%2$sleave it out'"
                        .formatted(before, message, shown));
    }

    /** Guarded by the status, so that typos can be mended until the cache exists. */
    private static String existing(String cel) {
        return "!has(oldSelf.status) || " + cel.strip() + " || !has(oldSelf.status.id)";
    }
}
