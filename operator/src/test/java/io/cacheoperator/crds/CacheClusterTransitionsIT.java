package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What may be edited before the cache exists, and what no longer once {@code status.id} says that it does. */
@RequiresApiServer
class CacheClusterTransitionsIT {

    /**
     * A field that cannot change.
     *
     * @param base fields that all three specs have
     * @param before the field as the cache was made
     * @param after the field edited
     * @param shown the old value as the message shows it
     */
    record Frozen(String field, String base, String before, String after, String shown) {

        String refusal() {
            return "Forbidden: `" + field + "` cannot change once the cache exists: set it back to " + shown;
        }

        @Override
        public String toString() {
            return field;
        }
    }

    private static final String VALKEY = "{engine: valkey, nodeType: cache.t4g.small}";

    static final List<Frozen> FROZEN = List.of(
            new Frozen("id", VALKEY, "id: shop", "id: shop-2", "shop"),
            new Frozen("region", VALKEY, "region: eu-west-1", "region: eu-west-2", "eu-west-1"),
            new Frozen("network.port", VALKEY, "network: {port: 6379}", "network: {port: 6380}", "6379"),
            new Frozen(
                    "network.networkType",
                    VALKEY,
                    "network: {networkType: ipv4}",
                    "network: {networkType: dual_stack}",
                    "ipv4"),
            new Frozen(
                    "network.subnetGroupName",
                    VALKEY,
                    "network: {subnetGroupName: a}",
                    "network: {subnetGroupName: b}",
                    "a"),
            new Frozen(
                    "network.subnetIds",
                    VALKEY,
                    "network: {subnetIds: [subnet-1, subnet-2]}",
                    "network: {subnetIds: [subnet-1, subnet-3]}",
                    "[\"subnet-1\", \"subnet-2\"]"),
            new Frozen(
                    "network.subnetSelector",
                    VALKEY,
                    "network: {subnetSelector: {vpcId: vpc-1, tags: {tier: private}}}",
                    "network: {subnetSelector: {vpcId: vpc-1, tags: {tier: public}}}",
                    "what it was"),
            new Frozen(
                    "encryption.atRest", VALKEY, "encryption: {atRest: true}", "encryption: {atRest: false}", "true"),
            new Frozen("encryption.kmsKeyId", VALKEY, "encryption: {kmsKeyId: a}", "encryption: {kmsKeyId: b}", "a"),
            new Frozen(
                    "dataTiering",
                    VALKEY,
                    "dataTiering: false",
                    "{dataTiering: true, nodeType: cache.r6gd.xlarge}",
                    "false"));

    private static InstalledCrd crd;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        crd = InstalledCrd.on(server);
    }

    @AfterAll
    static void close() {
        if (crd != null) {
            crd.close();
        }
    }

    @ParameterizedTest
    @FieldSource("FROZEN")
    void mayBeMendedUntilTheCacheExists(Frozen f) {
        String name = created(f.base(), f.before());
        crd.status(name, Map.of("observedGeneration", 1, "phase", "Pending"));
        assertThat(crd.whyNotUpdate(name, spec(f.base(), f.after()))).isEmpty();
        assertThat(crd.whyNotUpdate(name, spec(f.base()))).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("FROZEN")
    void cannotChangeOnceTheCacheExists(Frozen f) {
        String name = existing(f.base(), f.before());
        refuses(name, spec(f.base(), f.after()), "spec." + f.field(), f.refusal());
    }

    @ParameterizedTest
    @FieldSource("FROZEN")
    void cannotBeEvadedByDroppingTheFieldOrItsParent(Frozen f) {
        String name = existing(f.base(), f.before());
        refuses(name, spec(f.base()), "spec." + f.field(), f.refusal());
        if (f.field().contains(".")) {
            String emptyParent = f.field().split("\\.")[0] + ": {}";
            refuses(name, spec(f.base(), emptyParent), "spec." + f.field(), f.refusal());
        }
    }

    @ParameterizedTest
    @FieldSource("FROZEN")
    void cannotBeGivenLater(Frozen f) {
        String name = existing(f.base());
        refuses(
                name,
                spec(f.base(), f.before()),
                "spec." + f.field(),
                "Forbidden: `" + f.field() + "` cannot change once the cache exists: leave it out");
    }

    @ParameterizedTest
    @FieldSource("FROZEN")
    void doesNotStandInTheWayOfOtherEdits(Frozen f) {
        String name = existing(f.base(), f.before());
        assertThat(crd.whyNotUpdate(name, spec(f.base(), f.before(), "tags: {team: shop}")))
                .isEmpty();
    }

    static final List<List<String>> ENGINES = Stream.of("valkey", "redis", "memcached")
            .flatMap(from -> Stream.of("valkey", "redis", "memcached")
                    .filter(to -> !to.equals(from))
                    .map(to -> List.of(from, to)))
            .toList();

    @ParameterizedTest
    @FieldSource("ENGINES")
    void engineChangesFromRedisToValkeyOnly(List<String> change) {
        String from = change.getFirst();
        String to = change.getLast();
        String nodeType = "nodeType: cache.t4g.small";
        String pending = created("engine: " + from, nodeType);
        assertThat(crd.whyNotUpdate(pending, spec("engine: " + to, nodeType))).isEmpty();
        String name = existing("engine: " + from, nodeType);
        if (from.equals("redis") && to.equals("valkey")) {
            assertThat(crd.whyNotUpdate(name, spec("engine: " + to, nodeType))).isEmpty();
        } else {
            refuses(
                    name,
                    spec("engine: " + to, nodeType),
                    "spec.engine",
                    "Forbidden: `engine` cannot change once the cache exists, but for redis to valkey: set it back to "
                            + from);
        }
    }

    @Test
    void orderOfSubnetsIsNoChange() {
        String name = existing(VALKEY, "network: {subnetIds: [subnet-1, subnet-2]}");
        assertThat(crd.whyNotUpdate(name, spec(VALKEY, "network: {subnetIds: [subnet-2, subnet-1]}")))
                .isEmpty();
    }

    @Test
    void zonesNeedNotFollowWhenAnExistingCacheIsScaled() {
        String zones = "availabilityZones: [eu-west-1a, eu-west-1b]";
        String name = existing(VALKEY, zones);
        assertThat(crd.whyNotUpdate(name, spec(VALKEY, zones, "replicasPerShard: 3")))
                .isEmpty();
    }

    @Test
    void deletionPolicyMayBeChangedWhileDeleting() {
        var cluster = crd.cluster("c-" + UUID.randomUUID(), spec(VALKEY));
        cluster.getMetadata().setFinalizers(List.of("cacheoperator.io/test"));
        String name = crd.create(cluster).getMetadata().getName();
        crd.status(name, Map.of("id", "shop"));
        crd.client().resource(crd.cluster(name, Map.of())).delete();
        var stored = crd.client().resource(crd.cluster(name, Map.of())).get();
        assertThat(stored.getMetadata().getDeletionTimestamp()).isNotNull();
        stored.getAdditionalProperties().put("spec", spec(VALKEY, "deletionPolicy: Retain"));
        assertThat(crd.client().resource(stored).dryRun(true).update().<String>get("spec", "deletionPolicy"))
                .isEqualTo("Retain");
        stored.getMetadata().setFinalizers(List.of());
        crd.client().resource(stored).update();
    }

    private static void refuses(String name, Map<String, Object> spec, String field, String message) {
        assertThat(crd.whyNotUpdate(name, spec))
                .filteredOn(cause -> cause.getField().equals(field))
                .extracting(StatusCause::getMessage)
                .containsExactly(message);
    }

    private static String existing(String... snippets) {
        String name = created(snippets);
        crd.status(name, Map.of("observedGeneration", 1, "id", "shop-sessions"));
        return name;
    }

    private static String created(String... snippets) {
        return crd.create(crd.cluster("c-" + UUID.randomUUID(), spec(snippets)))
                .getMetadata()
                .getName();
    }

    private static Map<String, Object> spec(String... snippets) {
        Map<String, Object> spec = new LinkedHashMap<>();
        Stream.of(snippets).map(RuleCase::fields).forEach(spec::putAll);
        return spec;
    }
}
