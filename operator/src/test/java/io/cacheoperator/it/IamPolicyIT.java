package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Condition.Status;
import io.cacheoperator.iam.IamPolicies;
import io.cacheoperator.iam.IamStatement;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policies of docs/iam, as the simulator enforces them: with each everything of its kind passes, and what is missing is said. */
@RequiresApiServer
class IamPolicyIT {

    private OperatorHarness operator;

    @AfterEach
    void stop() {
        operator.close();
    }

    private OperatorRole start(
            ApiServer server, Collection<IamStatement> policy, UnaryOperator<OperatorConfig> config) {
        OperatorRole role = new OperatorRole(policy);
        operator = OperatorHarness.start(server, role, config);
        return role;
    }

    private static OperatorConfig withoutDefaults(OperatorConfig config) {
        return config.withDefaults(new OperatorConfig.Defaults(List.of(), null, List.of(), Map.of(), null, null));
    }

    @Test
    void withTheFullPolicyEverythingPassesAndEveryActionIsUsed(ApiServer server) {
        OperatorRole role = start(server, IamPolicies.FULL, config -> config);
        operator.simulator().elastiCacheKnobs().serviceLinkedRole(false);
        // Narrowed to this one Kubernetes cluster, as docs/reference/iam.md tells.
        String cluster = "it-" + operator.namespace();
        role.holds(IamPolicies.json(IamPolicies.FULL)
                .replaceAll("(cacheoperator.io/owner\": )\"\\*\"", "$1[\"" + cluster + "\", \"" + cluster + "/*\"]"));

        operator.apply(CacheLives.VALKEY);
        operator.apply(CacheLives.MEMCACHED);
        operator.awaitSynced("v");
        operator.awaitSynced("m");
        operator.apply(CacheLives.VALKEY_EDITED);
        operator.apply(CacheLives.MEMCACHED_EDITED);
        operator.awaitSynced("v");
        operator.awaitSynced("m");
        // An operator that has just begun knows nothing by its own writes: it asks.
        operator.restart();
        operator.apply(CacheLives.VALKEY_EDITED_AGAIN);
        operator.awaitSynced("v");
        drift("v");
        operator.delete("m");
        operator.delete("v");
        operator.awaitGone("m");
        operator.awaitGone("v");

        assertThat(role.refused()).isEmpty();
        assertThat(role.asked()).isEqualTo(new TreeSet<>(IamPolicies.actions(IamPolicies.FULL)));
    }

    @Test
    void withoutEc2CachesWithNetworksByNameAreMadeChangedAndDeleted(ApiServer server) {
        OperatorRole role = start(server, IamPolicies.NO_EC2, IamPolicyIT::withoutDefaults);
        String group = network();

        operator.apply(CacheLives.byName(CacheLives.VALKEY, group));
        operator.apply(CacheLives.byName(CacheLives.MEMCACHED, group));
        operator.awaitSynced("v");
        operator.awaitSynced("m");
        operator.apply(CacheLives.byName(CacheLives.VALKEY_EDITED, group));
        operator.apply(CacheLives.byName(CacheLives.MEMCACHED_EDITED, group));
        operator.awaitSynced("v");
        operator.awaitSynced("m");
        drift("v");
        assertThat(condition("v", "Drifted").status()).isEqualTo(Status.FALSE);
        operator.delete("v");
        operator.delete("m");
        operator.awaitGone("v");
        operator.awaitGone("m");

        assertThat(role.refused()).isSubsetOf("ec2:DescribeSecurityGroups");
        assertThat(operator.account().everything())
                .anyMatch(name -> name.startsWith("snapshot "))
                .contains("subnet group ours", "security group brought")
                .hasSize(3);
    }

    @Test
    void withoutEc2ACacheThatNeedsItSaysWhatIsMissing(ApiServer server) {
        start(server, IamPolicies.NO_EC2, config -> config);

        operator.apply(CacheLives.VALKEY);

        awaitMessage("v", "Ready", "Allow ec2:DescribeSubnets in the policy of the operator's role");
        assertThat(operator.account().everything()).isEmpty();
    }

    @Test
    void readOnlyShowsStatusAndDriftAndChangesNothing(ApiServer server) {
        OperatorRole role = start(server, IamPolicies.FULL, config -> config);
        operator.apply(reporting("sessions"));
        operator.awaitSynced("v");
        role.holds(IamPolicies.READ_ONLY);
        operator.restart();
        role.forget();
        long seen = operator.simulator().callLog().lastSeq();

        String id = operator.status("v").id();
        operator.simulator()
                .elastiCache(OperatorHarness.REGION)
                .changeReplicationGroup(id, group -> group.description("drifted"));
        operator.awaitCondition("v", "Drifted", Status.TRUE);
        operator.awaitReady("v");
        assertThat(role.refused()).isEmpty();
        operator.apply(reporting("mine"));
        awaitMessage("v", "Synced", "Allow elasticache:ModifyReplicationGroup");
        operator.apply(reporting("drifted"));
        operator.awaitSynced("v");
        operator.delete("v");
        operator.awaitGone("v");

        assertThat(role.refused()).containsExactly("elasticache:ModifyReplicationGroup");
        assertThat(operator.simulator().callLog().mutatingSince(seen))
                .allSatisfy(call -> assertThat(call.outcome().toString()).contains("AccessDenied"));
        assertThat(operator.simulator().elastiCache(OperatorHarness.REGION).replicationGroup(id))
                .isPresent();
    }

    @Test
    void aReadThatIsTakenAwayIsSaidOfARunningCacheWhichStaysReady(ApiServer server) {
        OperatorRole role = start(server, IamPolicies.FULL, config -> config);
        operator.apply(CacheLives.VALKEY);
        operator.awaitSynced("v");
        role.holds(without("elasticache:DescribeReplicationGroups"));
        role.forget();

        awaitMessage("v", "Synced", "Allow elasticache:DescribeReplicationGroups");

        CacheCluster blind = operator.cluster("v").orElseThrow();
        assertThat(blind.getStatus().phase()).hasToString("AVAILABLE");
        assertThat(condition("v", "Ready").status()).isEqualTo(Status.TRUE);
        assertThat(condition("v", "Drifted").status()).isEqualTo(Status.UNKNOWN);
        assertThat(role.refusals()).as("calls that were refused").isLessThan(40);

        role.holds(IamPolicies.FULL);
        operator.patient(java.time.Duration.ofSeconds(90)).awaitSynced("v");
        operator.awaitCondition("v", "Drifted", Status.FALSE);
    }

    @Test
    void whatCannotBeComparedIsSaidAndTheCacheIsMadeAllTheSame(ApiServer server) {
        OperatorRole role = start(server, without("tag:GetResources"), config -> config);

        operator.apply(CacheLives.VALKEY);
        operator.awaitSynced("v");

        awaitMessage("v", "Drifted", "Allow tag:GetResources");
        assertThat(condition("v", "Drifted").status()).isEqualTo(Status.UNKNOWN);
        role.holds(IamPolicies.FULL);
        operator.patient(java.time.Duration.ofSeconds(90)).awaitCondition("v", "Drifted", Status.FALSE);
    }

    private static String reporting(String description) {
        return CacheLives.VALKEY.replace(
                "spec:\n",
                "spec:\n  driftPolicy: Report\n  deletionPolicy: Retain\n  description: " + description + "\n");
    }

    /** Somebody changes the cache in AWS, and it is put right. */
    private void drift(String name) {
        String id = operator.status(name).id();
        operator.simulator()
                .elastiCache(OperatorHarness.REGION)
                .changeReplicationGroup(id, group -> group.description("drifted"));
        operator.awaitAws(
                name,
                "the description is put back",
                () -> operator.simulator()
                        .elastiCache(OperatorHarness.REGION)
                        .replicationGroup(id)
                        .orElseThrow()
                        .description()
                        .equals("sessions"));
        operator.awaitSynced(name);
    }

    /** What a platform team gives by name. @return the security group's id */
    private String network() {
        operator.account()
                .elastiCache()
                .createCacheSubnetGroup(r -> r.cacheSubnetGroupName("ours")
                        .cacheSubnetGroupDescription("d")
                        .subnetIds(operator.account().subnetIds()));
        return operator.account()
                .ec2()
                .createSecurityGroup(r -> r.groupName("brought").description("d"))
                .groupId();
    }

    private static List<IamStatement> without(String action) {
        return IamPolicies.FULL.stream()
                .map(statement -> new IamStatement(
                        statement.sid(),
                        statement.actions().stream()
                                .filter(a -> !a.equals(action))
                                .toList(),
                        statement.resources(),
                        statement.conditions()))
                .filter(statement -> !statement.actions().isEmpty())
                .toList();
    }

    private Condition condition(String name, String type) {
        return operator.status(name).condition(type).orElseThrow();
    }

    private void awaitMessage(String name, String type, String text) {
        operator.awaitCluster(
                name,
                type + " saying: " + text,
                cluster -> cluster.getStatus() != null
                        && cluster.getStatus()
                                .condition(type)
                                .filter(c -> c.message().contains(text))
                                .isPresent());
    }
}
