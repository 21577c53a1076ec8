package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import io.cacheoperator.simulator.service.AwsError;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner tag is there from the first call on, and decides alone whether something that exists is written to. */
@RequiresApiServer
class OwnershipIT {

    private static final String TAG = "cacheoperator.io/owner";
    private static final String STRANGER = "other/ns/name";

    private OperatorHarness operator;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private static String valkey(String name, String spec) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {engine: valkey, nodeType: cache.t4g.small, %s}
                """.formatted(name, spec);
    }

    private ElastiCacheConsole console() {
        return operator.simulator().elastiCache(OperatorHarness.REGION);
    }

    /** Somebody makes a cache by hand. @return its ARN */
    private String madeByHand(String id, Map<String, String> tags) {
        operator.account()
                .elastiCache()
                .createReplicationGroup(r -> r.replicationGroupId(id)
                        .replicationGroupDescription("made by hand")
                        .engine("valkey")
                        .cacheNodeType("cache.t4g.small")
                        .numCacheClusters(1)
                        .transitEncryptionEnabled(true));
        operator.awaitAws(id, id + " is available", () -> status(id).equals("available"));
        String arn = console().replicationGroup(id).orElseThrow().arn();
        console().setTags(arn, tags);
        operator.simulator().callLog().clear();
        return arn;
    }

    private String status(String id) {
        return console().replicationGroup(id).orElseThrow().status();
    }

    private static Condition condition(CacheCluster cluster, String type) {
        return cluster.getStatus().condition(type).orElseThrow();
    }

    /** The tags that a create call carries, in the shape of its service. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> tagsOf(LoggedCall call) {
        Object carried = call.service().equals("ec2")
                ? ((List<Map<String, Object>>) call.request().getOrDefault("TagSpecifications", List.of()))
                        .stream()
                                .flatMap(spec -> ((List<?>) spec.get("Tags")).stream())
                                .toList()
                : call.request().getOrDefault("Tags", List.of());
        return ((List<Map<String, String>>) carried)
                .stream().collect(Collectors.toMap(tag -> tag.get("Key"), tag -> tag.get("Value")));
    }

    @Test
    void theOwnerTagTravelsInEveryCreateCall() {
        operator.apply(valkey("a", "parameters: {timeout: 300}"));
        operator.apply("""
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: m}
                spec: {engine: memcached, nodeType: cache.t4g.small}
                """);
        operator.awaitSynced("a");
        operator.awaitSynced("m");
        String arn = operator.status("a").arn();
        assertThat(console().tags(arn)).containsEntry(TAG, operator.owner("a"));
        assertThat(console().tags(operator.status("m").arn())).containsEntry(TAG, operator.owner("m"));
        operator.delete("a");
        operator.awaitGone("a");

        List<LoggedCall> creates = operator.simulator()
                .callLog()
                .calls(call -> call.mutating() && call.operation().startsWith("Create"));
        assertThat(creates.stream().map(LoggedCall::operation).collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        "CreateReplicationGroup",
                        "CreateCacheCluster",
                        "CreateCacheSubnetGroup",
                        "CreateCacheParameterGroup",
                        "CreateSecurityGroup",
                        "CreateSnapshot"));
        String shared = operator.owner("a").substring(0, operator.owner("a").indexOf('/'));
        assertThat(creates)
                .allSatisfy(call -> assertThat(tagsOf(call).get(TAG))
                        .as(call.toString())
                        .isIn(
                                call.operation().equals("CreateCacheSubnetGroup")
                                        ? List.of(shared)
                                        : List.of(operator.owner("a"), operator.owner("m"))));
        assertThat(operator.awsWrites())
                .as("no tag is written afterwards")
                .doesNotContain("AddTagsToResource", "CreateTags");
    }

    private CacheCluster awaitWaiting(String awsStatus) {
        return operator.awaitCluster(
                "a",
                "waits while it is " + awsStatus,
                a -> a.getStatus() != null
                        && a.getStatus()
                                .condition("Reconciling")
                                .filter(c -> c.reason().equals("OwnerUnknown")
                                        && c.message().contains(awsStatus))
                                .isPresent());
    }

    @ParameterizedTest
    @CsvSource({STRANGER + ",ForeignOwner", ",NotOwned"})
    void aBusyCacheIsWaitedForUntilItsTagsCanBeRead(String owner, String reason) {
        String arn = madeByHand("taken", owner == null ? Map.of() : Map.of(TAG, owner));
        console().changeReplicationGroup("taken", group -> group.status("modifying"));
        operator.apply(valkey("a", "id: taken"));
        CacheCluster waiting = awaitWaiting("modifying");
        assertThat(condition(waiting, "Reconciling").message()).contains("taken");
        assertThat(condition(waiting, "Ready").reason()).isEqualTo("OwnerUnknown");
        assertThat(waiting.getStatus().condition("Stalled"))
                .as("nobody must act")
                .isEmpty();
        assertThat(waiting.getStatus().id()).as("nothing is taken for ours").isNull();

        console().changeReplicationGroup("taken", group -> group.status("available"));
        assertThat(condition(operator.awaitStalled("a"), "Stalled").reason()).isEqualTo(reason);
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(console().tags(arn)).isEqualTo(owner == null ? Map.of() : Map.of(TAG, owner));
    }

    /** Nothing but the live tags can tell: no status, and the tagging API does not answer. */
    @Test
    void aBusyCacheThatTurnsOutToBeOursIsGoneOnWith() {
        operator.simulator()
                .faults()
                .refuse(
                        FaultScope.operation("tagging", "GetResources"),
                        Trigger.always(),
                        AwsError.badRequest("AccessDeniedException", "not authorized to perform tag:GetResources"));
        String arn = madeByHand("mine", Map.of(TAG, operator.owner("a")));
        console().changeReplicationGroup("mine", group -> group.status("snapshotting"));
        operator.apply(valkey("a", "id: mine, replicasPerShard: 0, auth: {type: None}"));
        awaitWaiting("snapshotting");
        console().changeReplicationGroup("mine", group -> group.status("available"));
        CacheCluster ready = operator.awaitReady("a");
        assertThat(ready.getStatus().arn()).isEqualTo(arn);
        assertThat(operator.awsWrites()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({STRANGER + ",ForeignOwner,other/ns/name", ",NotOwned,carries no tag cacheoperator.io/owner"})
    void aCacheThatIsNotOursIsNeverWrittenTo(String owner, String reason, String words) {
        String arn = madeByHand("taken", owner == null ? Map.of("team", "x") : Map.of(TAG, owner));
        operator.apply(valkey("a", "id: taken, parameters: {timeout: 300}, tags: {team: shop}"));
        CacheCluster stalled = operator.awaitStalled("a");
        assertThat(condition(stalled, "Stalled").reason()).isEqualTo(reason);
        assertThat(condition(stalled, "Stalled").message()).contains("taken", words);
        assertThat(stalled.getStatus().id()).isNull();

        operator.delete("a");
        operator.awaitGone("a");
        assertThat(operator.awsWrites())
                .as("not even what would have been made around it")
                .isEmpty();
        assertThat(status("taken")).isEqualTo("available");
        assertThat(console().tags(arn)).isEqualTo(owner == null ? Map.of("team", "x") : Map.of(TAG, owner));
        operator.awaitAws(
                "a",
                "an Event says that it was left",
                () -> operator.events("a").stream()
                        .anyMatch(event -> event.startsWith("LeftBehind: ") && event.contains("taken")));
    }

    /** A tag that was taken off by hand makes it nobody's: it is left, and so is what it uses. */
    @Test
    void aCacheThatLostItsTagIsLeftAtTheDeletionWithWhatItUses() {
        operator.apply(valkey("a", "parameters: {timeout: 300}, deletionPolicy: Delete"));
        CacheCluster made = operator.awaitSynced("a");
        List<String> before = operator.account().everything();
        console().setTags(made.getStatus().arn(), Map.of());
        operator.restart();
        operator.simulator().callLog().clear();
        operator.delete("a");
        operator.awaitGone("a");
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(operator.account().everything()).isEqualTo(before);
        operator.awaitAws(
                "a",
                "Events say what was left",
                () -> Stream.of(made.getStatus().id(), "security group", "parameter group")
                        .allMatch(what -> operator.events("a").stream()
                                .anyMatch(event -> event.startsWith("LeftBehind: ") && event.contains(what))));
    }

    @Test
    void theYoungerOfTwoWithOneIdStallsAndGetsItWhenTheOlderIsGone() {
        operator.apply(valkey("a", "id: same, deletionPolicy: Delete"));
        operator.awaitSynced("a");
        operator.awaitYounger("a");
        operator.simulator().callLog().clear();
        operator.apply(valkey("b", "id: same, deletionPolicy: Delete"));
        CacheCluster younger = operator.awaitStalled("b");
        assertThat(condition(younger, "Stalled").reason()).isEqualTo("DuplicateId");
        assertThat(condition(younger, "Stalled").message()).contains(operator.namespace() + "/a", "same");
        assertThat(operator.awsWrites()).isEmpty();
        operator.awaitReady("a");

        operator.delete("a");
        operator.awaitGone("a");
        CacheCluster successor = operator.awaitSynced("b");
        assertThat(console().tags(successor.getStatus().arn())).containsEntry(TAG, operator.owner("b"));
        assertThat(operator.awsWrites())
                .as("the older's cache was gone before the younger's was made")
                .containsSubsequence("DeleteReplicationGroup", "CreateReplicationGroup")
                .containsOnlyOnce("DeleteReplicationGroup", "CreateReplicationGroup");
        operator.delete("b");
        operator.awaitGone("b");
        operator.assertNothingLeft();
    }

    @Test
    void theYoungerLeavesTheOldersCacheAloneWhenItGoesFirst() {
        operator.apply(valkey("a", "id: same"));
        operator.awaitSynced("a");
        operator.awaitYounger("a");
        operator.apply(valkey("b", "id: same, deletionPolicy: Delete"));
        operator.awaitStalled("b");
        operator.simulator().callLog().clear();
        operator.delete("b");
        operator.awaitGone("b");
        assertThat(operator.awsWrites()).isEmpty();
        operator.awaitReady("a");
    }

    @Test
    void theYoungerDoesNotGetACacheThatTheOlderRetains() {
        operator.apply(valkey("a", "id: same, deletionPolicy: Retain"));
        operator.awaitSynced("a");
        operator.awaitYounger("a");
        operator.apply(valkey("b", "id: same"));
        assertThat(condition(operator.awaitStalled("b"), "Stalled").reason()).isEqualTo("DuplicateId");
        operator.simulator().callLog().clear();
        operator.delete("a");
        operator.awaitGone("a");
        operator.awaitCluster(
                "b",
                "says whose it is",
                b -> condition(b, "Stalled").reason().equals("ForeignOwner")
                        && condition(b, "Stalled").message().contains(operator.owner("a")));
        assertThat(operator.awsWrites()).isEmpty();
    }

    /** Before a cache exists its id may be edited: whoever does so must not bring another's CacheCluster to a stop. */
    @Test
    void anOlderCacheClusterThatClaimsTheIdOfAnothersCacheStallsAlone() {
        operator.apply(valkey("older", "id: nothing-yet, network: {subnetIds: [subnet-0123456789abcdef0]}"));
        operator.awaitStalled("older");
        operator.awaitYounger("older");
        operator.apply(valkey("b", "id: wanted"));
        operator.awaitSynced("b");
        operator.apply(valkey("older", "id: wanted"));
        operator.awaitCluster(
                "older",
                "says whose it is",
                older -> older.getStatus()
                        .condition("Stalled")
                        .filter(stalled -> stalled.reason().equals("ForeignOwner"))
                        .isPresent());
        operator.apply(valkey("b", "id: wanted, description: edited"));
        operator.awaitSynced("b");
        assertThat(console().replicationGroup("wanted").orElseThrow().description())
                .isEqualTo("edited");
    }

    private Function<CacheCluster, String> uid() {
        return cluster -> cluster.getMetadata().getUid();
    }

    private void ownedBy(String secret, CacheCluster owner) {
        operator.admin()
                .resource(operator.secret(secret).orElseThrow())
                .edit(s -> new SecretBuilder(s)
                        .editMetadata()
                        .addNewOwnerReference()
                        .withApiVersion(owner.getApiVersion())
                        .withKind(owner.getKind())
                        .withName(owner.getMetadata().getName())
                        .withUid(owner.getMetadata().getUid())
                        .endOwnerReference()
                        .endMetadata()
                        .build());
    }

    private List<String> ownersOf(String secret) {
        return operator.secret(secret).orElseThrow().getMetadata().getOwnerReferences().stream()
                .map(reference -> reference.getUid())
                .toList();
    }

    /** What a backup of the namespace brings back: the spec, not the status; the Secrets, with an owner that is gone. */
    @Test
    void aCacheClusterThatWasRestoredGoesOnWithItsCacheAndItsSecrets() {
        operator.apply(valkey("a", "parameters: {timeout: 300}, tags: {team: shop}"));
        CacheCluster before = operator.awaitSynced("a");
        Map<String, String> binding = operator.secretData("a-cache");
        List<String> world = operator.account().everything();
        operator.kill();
        operator.forget("a");
        ownedBy("a-cache-auth", before);
        operator.simulator().callLog().clear();

        operator.startAgain();
        operator.apply(valkey("a", "parameters: {timeout: 300}, tags: {team: shop}"));
        CacheCluster after = operator.awaitSynced("a");
        assertThat(uid().apply(after)).isNotEqualTo(uid().apply(before));
        assertThat(after.getStatus().arn()).isEqualTo(before.getStatus().arn());
        assertThat(after.getStatus().applied()).isEqualTo(before.getStatus().applied());
        assertThat(operator.awsWrites()).isEmpty();
        assertThat(operator.account().everything()).isEqualTo(world);
        assertThat(operator.secretData("a-cache")).isEqualTo(binding);
        assertThat(ownersOf("a-cache-auth"))
                .as("Kubernetes no longer collects it with an owner that is gone")
                .isEmpty();
        assertThat(ownersOf("a-cache")).containsExactly(uid().apply(after));
        assertThat(operator.secretData("a-cache-auth")).containsEntry("current", binding.get("password"));
    }

    /** Made by hand, or brought back from a backup: Kubernetes collects such a Secret when it finds that its owner is gone. */
    @Test
    void aTokenSecretThatKubernetesIsAboutToCollectIsKeptFromThatBeforeItsTokenIsUsed() {
        operator.apply(valkey("a", "deletionPolicy: Retain"));
        CacheCluster gone = operator.awaitSynced("a");
        operator.delete("a");
        operator.awaitGone("a");
        operator.kill();
        console().deleteReplicationGroup(gone.getStatus().id());
        ownedBy("a-cache-auth", gone);
        operator.simulator().callLog().clear();
        operator.simulator().hooks().before(call -> call.is("elasticache", "CreateReplicationGroup"), call -> {
            assertThat(ownersOf("a-cache-auth")).isEmpty();
            return Verdict.PROCEED;
        });
        operator.startAgain();
        operator.apply(valkey("a", "deletionPolicy: Delete"));
        CacheCluster again = operator.awaitSynced("a");
        assertThat(operator.simulator().callLog().count("elasticache", "CreateReplicationGroup"))
                .isEqualTo(1);
        assertThat(console()
                        .acceptsToken(
                                again.getStatus().id(),
                                operator.secretData("a-cache-auth").get("current")))
                .isTrue();
    }
}
