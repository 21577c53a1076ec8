package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What an edit of each field of a running cache comes to: a call, a step that says it is not made yet, a refusal with a
 * reason, or nothing where that is documented. No field is accepted and then ignored.
 */
class EveryFieldTest {

    /** What an edit comes to. */
    private sealed interface Effect {

        /** These actions, in order, and nothing is left to do. */
        record Sends(List<String> actions) implements Effect {}

        /** A step that says that this version does not make it. */
        record NotYet() implements Effect {}

        /** Only the user can help. */
        record Forbidden() implements Effect {}

        /** The API server refuses the edit. @param field that the rule blames */
        record AtApply(String field) implements Effect {}

        /** Nothing in AWS; the field's description says so by these words. */
        record Nothing(String documented) implements Effect {}
    }

    private record Row(
            String field, String base, String before, String after, Effect effect, Consumer<RunningCache> world) {
        @Override
        public String toString() {
            return field + ": " + before + " -> " + after;
        }
    }

    private static final String VALKEY = "{engine: valkey, nodeType: cache.t4g.small}";
    private static final String MEMCACHED = "{engine: memcached, nodeType: cache.t4g.small}";
    private static final String NETWORK =
            "{network: {subnetIds: [subnet-a, subnet-b], allowFrom: [{cidr: 10.0.0.0/16}]}}";
    private static final String MINE = "auth: {token: {secretRef: {name: mine, key: token}}}";
    private static final String MODIFY = "ModifyGroup";

    private static final List<Row> ROWS = List.of(
            row("engine", "engine: redis", "engine: valkey", notYet()),
            row("engine", "engine: valkey", "engine: redis", new Effect.AtApply("engine")),
            row("engineVersion", "engineVersion: \"8.0\"", "engineVersion: \"8.1\"", notYet()),
            row("engineVersion", "engineVersion: \"8.1\"", "engineVersion: \"8.0\"", new Effect.Forbidden()),
            row("nodeType", "nodeType: cache.t4g.small", "nodeType: cache.r7g.large", notYet()),
            row("description", "description: one", "description: two", sends(MODIFY)),
            frozen("id", "id: one", "id: two"),
            frozen("region", "region: eu-west-1", "region: eu-west-2"),
            row("clusterMode", "clusterMode: disabled", "clusterMode: compatible", notYet()),
            row("shards", "shards: 2", "shards: 3", notYet()),
            row("shards", "shards: 1", "shards: 2", new Effect.Forbidden()),
            row("replicasPerShard", "replicasPerShard: 1", "replicasPerShard: 2", notYet()),
            row("multiAz", "multiAz: true", "multiAz: false", notYet()),
            row(
                    "automaticFailover",
                    "{multiAz: false, automaticFailover: true}",
                    "{multiAz: false, automaticFailover: false}",
                    notYet()),
            row(
                    "availabilityZones",
                    "availabilityZones: [eu-west-1a, eu-west-1b]",
                    "availabilityZones: [eu-west-1b, eu-west-1a]",
                    new Effect.Nothing("used on create only")),
            frozen("dataTiering", "dataTiering: false", "dataTiering: true"),
            memcached("nodes", "nodes: 2", "nodes: 3", notYet()),
            memcached("crossAz", "{nodes: 2, crossAz: false}", "{nodes: 2, crossAz: true}", notYet()),
            memcached("crossAz", "{nodes: 2, crossAz: true}", "{nodes: 2, crossAz: false}", new Effect.Forbidden()),
            frozen("network.subnetGroupName", "network: {subnetGroupName: a}", "network: {subnetGroupName: b}"),
            frozen("network.subnetIds", "network: {subnetIds: [subnet-a]}", "network: {subnetIds: [subnet-b]}"),
            new Row(
                    "network.subnetSelector.vpcId",
                    VALKEY,
                    "",
                    "",
                    new Effect.AtApply("network.subnetSelector"),
                    c -> {}),
            new Row(
                    "network.subnetSelector.tags",
                    VALKEY,
                    "",
                    "",
                    new Effect.AtApply("network.subnetSelector"),
                    c -> {}),
            row(
                    "network.securityGroupIds",
                    "network: {securityGroupIds: [sg-a]}",
                    "network: {securityGroupIds: [sg-b]}",
                    sends(MODIFY)),
            row(
                    "network.allowFrom[].cidr",
                    "network: {allowFrom: [{cidr: 10.1.0.0/16}]}",
                    "network: {allowFrom: [{cidr: 10.2.0.0/16}]}",
                    sends("AuthorizeIngress", "RevokeIngress")),
            row(
                    "network.allowFrom[].securityGroupId",
                    "network: {allowFrom: [{securityGroupId: sg-a}]}",
                    "network: {allowFrom: [{securityGroupId: sg-b}]}",
                    sends("AuthorizeIngress", "RevokeIngress")),
            row(
                    "network.allowFrom[].prefixListId",
                    "network: {allowFrom: [{prefixListId: pl-a}]}",
                    "network: {allowFrom: [{prefixListId: pl-b}]}",
                    sends("AuthorizeIngress", "RevokeIngress")),
            row(
                    "network.allowFrom[].description",
                    "network: {allowFrom: [{cidr: 10.1.0.0/16, description: one}]}",
                    "network: {allowFrom: [{cidr: 10.1.0.0/16, description: two}]}",
                    sends("DescribeIngress")),
            frozen("network.port", "network: {port: 6379}", "network: {port: 6380}"),
            frozen("network.networkType", "network: {networkType: ipv4}", "network: {networkType: dual_stack}"),
            row("network.ipDiscovery", "network: {ipDiscovery: ipv4}", "network: {ipDiscovery: ipv6}", sends(MODIFY)),
            frozen("encryption.atRest", "encryption: {atRest: true}", "encryption: {atRest: false}"),
            frozen("encryption.kmsKeyId", "encryption: {kmsKeyId: a}", "encryption: {kmsKeyId: b}"),
            row(
                    "encryption.inTransit",
                    "{encryption: {inTransit: preferred}, auth: {type: None}}",
                    "{encryption: {inTransit: required}, auth: {type: None}}",
                    notYet()),
            row(
                    "encryption.inTransit",
                    "encryption: {inTransit: required}",
                    "encryption: {inTransit: disabled}",
                    new Effect.Forbidden()),
            row("auth.type", "auth: {type: None}", "auth: {type: Token}", notYet()),
            row("auth.type", "auth: {type: Token}", "auth: {type: None}", new Effect.Forbidden()),
            new Row(
                    "auth.token.secretRef.name",
                    VALKEY,
                    MINE,
                    MINE.replace("mine", "other"),
                    notYet(),
                    cache -> cache.world.token = usersToken("other", "another-token-0123")),
            new Row(
                    "auth.token.secretRef.key",
                    VALKEY,
                    MINE,
                    MINE.replace("key: token", "key: next"),
                    notYet(),
                    cache -> cache.world.token = usersToken("mine", "another-token-0123")),
            row("parameters", "parameters: {timeout: 60}", "parameters: {timeout: 90}", sends("ModifyParameters")),
            row("parameterGroupName", "parameterGroupName: one", "parameterGroupName: two", sends(MODIFY)),
            row(
                    "maintenance.window",
                    "maintenance: {window: \"sun:05:00-sun:06:00\"}",
                    "maintenance: {window: \"mon:05:00-mon:06:00\"}",
                    sends(MODIFY)),
            row(
                    "maintenance.autoMinorVersionUpgrade",
                    "maintenance: {autoMinorVersionUpgrade: true}",
                    "maintenance: {autoMinorVersionUpgrade: false}",
                    sends(MODIFY)),
            row(
                    "maintenance.notificationTopicArn",
                    "maintenance: {notificationTopicArn: \"arn:aws:sns:eu-west-1:1:a\"}",
                    "maintenance: {notificationTopicArn: \"arn:aws:sns:eu-west-1:1:b\"}",
                    sends(MODIFY)),
            row(
                    "snapshots.retentionDays",
                    "snapshots: {retentionDays: 3}",
                    "snapshots: {retentionDays: 4}",
                    sends(MODIFY)),
            row(
                    "snapshots.window",
                    "snapshots: {window: \"01:00-02:00\"}",
                    "snapshots: {window: \"02:00-03:00\"}",
                    sends(MODIFY)),
            new Row(
                    "connectionSecret.name",
                    VALKEY,
                    "connectionSecret: {name: one}",
                    "connectionSecret: {name: two}",
                    sends("WriteConnectionSecret", "DeleteConnectionSecret"),
                    cache -> {
                        cache.world.connection = Optional.empty();
                        cache.world.leftSecrets.add("one");
                    }),
            row(
                    "connectionSecret.labels",
                    "connectionSecret: {labels: {app: one}}",
                    "connectionSecret: {labels: {app: two}}",
                    sends("WriteConnectionSecret")),
            row(
                    "connectionSecret.annotations",
                    "connectionSecret: {annotations: {a: one}}",
                    "connectionSecret: {annotations: {a: two}}",
                    sends("WriteConnectionSecret")),
            row(
                    "deletionPolicy",
                    "deletionPolicy: Delete",
                    "deletionPolicy: Retain",
                    new Effect.Nothing("What becomes of the cache when this object is deleted")),
            row(
                    "deletionProtection",
                    "deletionProtection: false",
                    "deletionProtection: true",
                    new Effect.Nothing("this object's deletion is refused")),
            row(
                    "driftPolicy",
                    "driftPolicy: Correct",
                    "driftPolicy: Report",
                    new Effect.Nothing("What is done about changes made in AWS by others")),
            row("tags", "tags: {team: shop}", "tags: {team: web}", sends("TagSecurityGroup", "AddTags")));

    private static Effect notYet() {
        return new Effect.NotYet();
    }

    private static Effect sends(String... actions) {
        return new Effect.Sends(List.of(actions));
    }

    private static Row row(String field, String before, String after, Effect effect) {
        return new Row(field, VALKEY, before, after, effect, cache -> {});
    }

    private static Row memcached(String field, String before, String after, Effect effect) {
        return new Row(field, MEMCACHED, before, after, effect, cache -> {});
    }

    private static Row frozen(String field, String before, String after) {
        return row(field, before, after, new Effect.AtApply(field));
    }

    private static Optional<TokenSecret> usersToken(String name, String value) {
        return Optional.of(
                new TokenSecret(name, false, Optional.of(new AuthToken(value)), Optional.empty(), Optional.empty()));
    }

    @Test
    void noFieldOfTheSpecIsMissing() {
        assertThat(ROWS.stream().map(Row::field).collect(Collectors.toSet())).isEqualTo(SpecFields.all());
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void anEditHasItsEffect(Row row) throws IOException {
        switch (row.effect()) {
            case Effect.AtApply(String field) -> assertThat(frozenFields()).contains(".spec." + field);
            case Effect.Sends(List<String> actions) -> {
                RunningCache cache = edited(row);
                cache.operator.run(cache.cr);
                assertThat(cache.operator.doneNames()).isEqualTo(actions);
                assertThat(cache.plan().steps()).isEmpty();
                assertThat(cache.plan().problems()).isEmpty();
            }
            case Effect.NotYet() -> {
                RunningCache cache = edited(row);
                cache.operator.run(cache.cr);
                assertThat(cache.operator.doneNames()).isEmpty();
                assertThat(cache.onlyRefused().message()).contains("not supported by this version yet");
                assertThat(cache.plan().problems()).isEmpty();
            }
            case Effect.Forbidden() -> {
                RunningCache cache = edited(row);
                cache.operator.run(cache.cr);
                assertThat(cache.operator.doneNames()).isEmpty();
                assertThat(cache.plan().problems())
                        .extracting(Problem::reason)
                        .containsExactly(ClusterReason.ForbiddenChange);
                assertThat(cache.plan().steps()).extracting(Step::state).containsExactly(Step.State.Refused);
            }
            case Effect.Nothing(String documented) -> {
                RunningCache cache = edited(row);
                cache.operator.run(cache.cr);
                assertThat(cache.operator.doneNames()).isEmpty();
                assertThat(cache.plan().steps()).isEmpty();
                assertThat(description(row.field())).contains(documented);
            }
        }
    }

    private static String description(String field) throws IOException {
        JSONSchemaProps spec = Objects.requireNonNull(schema().getProperties().get("spec"));
        return Objects.requireNonNull(spec.getProperties().get(field)).getDescription();
    }

    private static RunningCache edited(Row row) {
        ModelWorld world = new ModelWorld();
        world.token =
                row.before().contains("secretRef") ? usersToken("mine", "the-first-token-0123") : Optional.empty();
        RunningCache cache = new RunningCache(cluster(row.base(), row.before()), world);
        cache.edit(cluster(row.base(), row.after()));
        row.world().accept(cache);
        return cache;
    }

    private static CacheCluster cluster(String base, String fragment) {
        Map<String, Object> whole = merged(parsed(NETWORK), parsed(base));
        return Clusters.ofWhole(Serialization.asYaml(merged(whole, parsed(fragment))));
    }

    /** What begins with a brace would be taken for JSON. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String yaml) {
        String flow = yaml.startsWith("{") ? yaml : "{" + yaml + "}";
        Map<String, Map<String, Object>> whole = Serialization.unmarshal("whole: " + flow, Map.class);
        return whole.getOrDefault("whole", Map.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> merged(Map<String, Object> into, Map<String, Object> from) {
        Map<String, Object> merged = new HashMap<>(into);
        from.forEach((key, value) -> merged.merge(
                key,
                value,
                (old, next) -> old instanceof Map && next instanceof Map
                        ? merged((Map<String, Object>) old, (Map<String, Object>) next)
                        : next));
        return merged;
    }

    /** Fields that a rule of the CRD blames when they change once the cache exists. */
    private static List<String> frozenFields() throws IOException {
        return schema().getXKubernetesValidations().stream()
                .filter(rule -> rule.getRule().contains("oldSelf.status.id"))
                .flatMap(rule -> Stream.ofNullable(rule.getFieldPath()))
                .toList();
    }

    private static JSONSchemaProps schema() throws IOException {
        CustomResourceDefinition crd = Serialization.unmarshal(
                Files.readString(Path.of("..", "crds", "cacheclusters.cacheoperator.io.yaml")),
                CustomResourceDefinition.class);
        return crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }
}
