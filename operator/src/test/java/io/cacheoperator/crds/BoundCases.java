package io.cacheoperator.crds;

import static io.cacheoperator.crds.RuleCase.Base.memcached;
import static io.cacheoperator.crds.RuleCase.Base.valkey;

import io.cacheoperator.crds.RuleCase.Base;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A value at every bound of the schema, and one beyond it. */
final class BoundCases {

    private BoundCases() {}

    static List<RuleCase> all() {
        List<RuleCase> cases = new ArrayList<>();
        numbers(cases);
        words(cases);
        texts(cases);
        collections(cases);
        sets(cases);
        types(cases);
        return List.copyOf(cases);
    }

    private static void numbers(List<RuleCase> cases) {
        range(cases, valkey, "shards", "shards: %d", 1, 500);
        range(cases, valkey, "replicasPerShard", "replicasPerShard: %d", 0, 5);
        range(cases, memcached, "nodes", "nodes: %d", 1, 60);
        range(cases, valkey, "network.port", "network: {port: %d}", 1, 65535);
        range(cases, valkey, "snapshots.retentionDays", "snapshots: {retentionDays: %d}", 0, 35);
    }

    private static void range(List<RuleCase> cases, Base base, String field, String yaml, int min, int max) {
        cases.add(new RuleCase(
                base,
                yaml.formatted(min),
                yaml.formatted(min - 1),
                "spec." + field,
                "spec.%s in body should be greater than or equal to %d".formatted(field, min)));
        cases.add(new RuleCase(
                base,
                yaml.formatted(max),
                yaml.formatted(max + 1),
                "spec." + field,
                "spec.%s in body should be less than or equal to %d".formatted(field, max)));
    }

    private static void words(List<RuleCase> cases) {
        word(cases, "engine", "engine: %s", "redis", "keydb", "memcached", "redis", "valkey");
        word(cases, "clusterMode", "clusterMode: %s", "compatible", "on", "compatible", "disabled", "enabled");
        word(
                cases,
                "network.networkType",
                "network: {networkType: %s}",
                "dual_stack",
                "dual",
                "dual_stack",
                "ipv4",
                "ipv6");
        word(cases, "network.ipDiscovery", "network: {ipDiscovery: %s}", "ipv4", "ip", "ipv4", "ipv6");
        word(
                cases,
                "encryption.inTransit",
                "encryption: {inTransit: %s}",
                "preferred",
                "enabled",
                "disabled",
                "preferred",
                "required");
        word(cases, "auth.type", "auth: {type: %s}", "Token", "UserGroup", "None", "Token");
        word(cases, "deletionPolicy", "deletionPolicy: %s", "Retain", "Orphan", "Delete", "Retain", "Snapshot");
        word(cases, "driftPolicy", "driftPolicy: %s", "Report", "Ignore", "Correct", "Report");
    }

    private static void word(
            List<RuleCase> cases, String field, String yaml, String good, String bad, String... supported) {
        String list = List.of(supported).stream().map(w -> "\"" + w + "\"").collect(Collectors.joining(", "));
        cases.add(new RuleCase(
                valkey,
                yaml.formatted(good),
                yaml.formatted("\"" + bad + "\""),
                "spec." + field,
                "Unsupported value: \"" + bad + "\": supported values: " + list));
    }

    private static void texts(List<RuleCase> cases) {
        text(cases, valkey, "description", "description: %s", "~", 255);
        text(cases, memcached, "id", "id: %s", "a~", 50);
        text(cases, valkey, "engineVersion", "engineVersion: \"%s\"", "8.~", 32);
        text(cases, valkey, "nodeType", "nodeType: %s", "cache.~.small", 255);
        cases.add(new RuleCase(
                valkey,
                "region: eu-" + "a".repeat(27) + "-1",
                "region: eu-" + "a".repeat(28) + "-1",
                "spec.region",
                "may not be more than 32 bytes"));
        text(cases, valkey, "availabilityZones[0]", "{availabilityZones: [\"%s\"], replicasPerShard: 0}", "~", 255);
        text(cases, valkey, "parameterGroupName", "parameterGroupName: \"%s\"", "~", 255);
        text(cases, valkey, "parameters.p", "parameters: {p: \"%s\"}", "~", 1024);
        text(cases, valkey, "tags.t", "tags: {t: \"%s\"}", "~", 256);
        text(cases, valkey, "network.subnetGroupName", "network: {subnetGroupName: \"%s\"}", "~", 255);
        text(cases, valkey, "network.subnetIds[0]", "network: {subnetIds: [%s]}", "subnet-~", 255);
        text(cases, valkey, "network.subnetSelector.vpcId", "network: {subnetSelector: {vpcId: %s}}", "vpc-~", 255);
        text(
                cases,
                valkey,
                "network.subnetSelector.tags.t",
                "network: {subnetSelector: {tags: {t: \"%s\"}}}",
                "~",
                256);
        text(cases, valkey, "network.securityGroupIds[0]", "network: {securityGroupIds: [%s]}", "sg-~", 255);
        String entry = "network.allowFrom[0].";
        cases.add(new RuleCase(
                valkey,
                "network: {allowFrom: [{cidr: \"2001:1db8:1111:1111:1111:1111:1111:1111/128\"}]}",
                "network: {allowFrom: [{cidr: \"2001:1db8:1111:1111:1111:1111:1111:1111/1280\"}]}",
                "spec." + entry + "cidr",
                "may not be more than 43 bytes"));
        text(cases, valkey, entry + "securityGroupId", "network: {allowFrom: [{securityGroupId: %s}]}", "sg-~", 255);
        text(cases, valkey, entry + "prefixListId", "network: {allowFrom: [{prefixListId: %s}]}", "pl-~", 255);
        text(
                cases,
                valkey,
                entry + "description",
                "network: {allowFrom: [{cidr: 10.0.0.0/8, description: \"%s\"}]}",
                "~",
                255);
        text(cases, valkey, "encryption.kmsKeyId", "encryption: {kmsKeyId: \"%s\"}", "~", 2048);
        text(
                cases,
                valkey,
                "auth.token.secretRef.name",
                "auth: {token: {secretRef: {name: \"%s\", key: k}}}",
                "~",
                253);
        text(cases, valkey, "auth.token.secretRef.key", "auth: {token: {secretRef: {name: t, key: \"%s\"}}}", "~", 253);
        text(cases, valkey, "maintenance.window", "maintenance: {window: \"%s\"}", "sun:05:00-sun:06:0~", 19);
        text(
                cases,
                valkey,
                "maintenance.notificationTopicArn",
                "maintenance: {notificationTopicArn: \"%s\"}",
                "arn:aws:sns:eu-west-1:123456789012:~",
                2048);
        text(cases, valkey, "snapshots.window", "snapshots: {window: \"%s\"}", "03:00-04:0~", 11);
        text(cases, valkey, "connectionSecret.name", "connectionSecret: {name: \"%s\"}", "~", 253);
        text(cases, valkey, "connectionSecret.labels.l", "connectionSecret: {labels: {l: \"%s\"}}", "~", 63);
        text(
                cases,
                valkey,
                "connectionSecret.annotations.a",
                "connectionSecret: {annotations: {a: \"%s\"}}",
                "~",
                4096);
        notEmpty(cases, "parameterGroupName", "parameterGroupName: \"%s\"", "g");
        notEmpty(cases, "network.subnetGroupName", "network: {subnetGroupName: \"%s\"}", "g");
        notEmpty(cases, "encryption.kmsKeyId", "encryption: {kmsKeyId: \"%s\"}", "k");
    }

    /** {@code ~} in the value stands for as many zeros as its length asks for. */
    private static void text(List<RuleCase> cases, Base base, String field, String yaml, String value, int max) {
        int fixed = value.length() - 1;
        cases.add(new RuleCase(
                base,
                yaml.formatted(value.replace("~", "0".repeat(max - fixed))),
                yaml.formatted(value.replace("~", "0".repeat(max - fixed + 1))),
                "spec." + field,
                "may not be more than " + max + " bytes"));
    }

    private static void notEmpty(List<RuleCase> cases, String field, String yaml, String good) {
        cases.add(new RuleCase(
                valkey,
                yaml.formatted(good),
                yaml.formatted(""),
                "spec." + field,
                "spec." + field + " in body should be at least 1 chars long"));
    }

    private static void collections(List<RuleCase> cases) {
        count(cases, "availabilityZones", "{clusterMode: enabled, availabilityZones: [%s]}", "z%d", 60);
        count(cases, "parameters", "parameters: {%s}", "p%d: 1", 200);
        count(cases, "tags", "tags: {%s}", "t%d: v", 45);
        count(cases, "network.subnetIds", "network: {subnetIds: [%s]}", "subnet-%d", 20);
        count(cases, "network.subnetSelector.tags", "network: {subnetSelector: {tags: {%s}}}", "t%d: v", 45);
        count(cases, "network.securityGroupIds", "network: {securityGroupIds: [%s]}", "sg-%d", 4);
        count(cases, "network.allowFrom", "network: {allowFrom: [%s]}", "{securityGroupId: sg-%d}", 60);
        count(cases, "connectionSecret.labels", "connectionSecret: {labels: {%s}}", "l%d: v", 50);
        count(cases, "connectionSecret.annotations", "connectionSecret: {annotations: {%s}}", "a%d: v", 50);
        cases.add(new RuleCase(
                valkey,
                "network: {subnetIds: [subnet-1]}",
                "network: {subnetIds: []}",
                "spec.network.subnetIds",
                "spec.network.subnetIds in body should have at least 1 items"));
    }

    private static void count(List<RuleCase> cases, String field, String yaml, String entry, int max) {
        cases.add(new RuleCase(
                valkey,
                yaml.formatted(entries(entry, max)),
                yaml.formatted(entries(entry, max + 1)),
                "spec." + field,
                "must have at most " + max + " items"));
    }

    private static String entries(String entry, int count) {
        return IntStream.range(0, count).mapToObj(entry::formatted).collect(Collectors.joining(", "));
    }

    private static void sets(List<RuleCase> cases) {
        cases.add(new RuleCase(
                valkey,
                "network: {subnetIds: [subnet-1, subnet-2]}",
                "network: {subnetIds: [subnet-1, subnet-1]}",
                "spec.network.subnetIds[1]",
                "Duplicate value: \"subnet-1\""));
        cases.add(new RuleCase(
                valkey,
                "network: {securityGroupIds: [sg-1, sg-2]}",
                "network: {securityGroupIds: [sg-1, sg-1]}",
                "spec.network.securityGroupIds[1]",
                "Duplicate value: \"sg-1\""));
    }

    private static void types(List<RuleCase> cases) {
        cases.add(new RuleCase(
                valkey,
                "parameters: {maxmemory-policy: allkeys-lru, timeout: 300}",
                "parameters: {lazyfree-lazy-expire: true}",
                "spec.parameters.lazyfree-lazy-expire",
                "spec.parameters.lazyfree-lazy-expire in body must be of type integer,string: \"boolean\""));
        cases.add(new RuleCase(
                valkey,
                "engineVersion: \"8.1\"",
                "engineVersion: 8.1",
                "spec.engineVersion",
                "spec.engineVersion in body must be of type string: \"number\""));
    }
}
