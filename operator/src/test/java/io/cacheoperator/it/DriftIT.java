package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.it.DriftFields.Field;
import io.cacheoperator.it.DriftFields.Sent;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Fields of a running cache, each edited alone in the spec, un-set, and changed alone behind the operator's back: just the right
 * call with nothing else in it, or, under {@code driftPolicy: Report}, none.
 */
@RequiresApiServer
class DriftIT {

    private OperatorHarness operator;
    private ElastiCacheConsole aws;
    private List<Field> fields;

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server);
        aws = operator.simulator().elastiCache(OperatorHarness.REGION);
        DriftFields.PARAMETER_GROUPS.forEach(name -> operator.account()
                .elastiCache()
                .createCacheParameterGroup(r -> r.cacheParameterGroupName(name)
                        .cacheParameterGroupFamily("valkey8")
                        .description("of the user")));
        fields = DriftFields.all(List.of(securityGroup("theirs-1"), securityGroup("theirs-2")));
    }

    private String securityGroup(String name) {
        return operator.account()
                .ec2()
                .createSecurityGroup(r -> r.groupName(name).description("of the user"))
                .groupId();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void anEditMakesJustItsOwnCall() {
        editAll(fields);
    }

    @Test
    void whatIsGivenNoLongerIsTakenOutAndNothingElse() {
        editAll(DriftFields.unset());
    }

    private void editAll(List<Field> all) {
        all.forEach(field -> operator.apply(manifest(field.name(), field.before())));
        all.forEach(field -> operator.awaitSynced(field.name()));
        operator.simulator().callLog().clear();

        all.forEach(field -> operator.apply(manifest(field.name(), field.after())));
        for (Field field : all) {
            operator.awaitSynced(field.name());
            CacheClusterStatus status = operator.status(field.name());
            assertThat(field.holds().test(aws, status))
                    .as("AWS has what %s asks for", field.name())
                    .isTrue();
            assertThat(writesTo(status)).as(field.name()).isEqualTo(field.calls());
            assertThat(status.drift()).as("no edit is called drift").isEmpty();
        }
    }

    @Test
    void driftIsCorrectedByTheSameCallOrOnlyReported() {
        for (Field field : fields) {
            operator.apply(manifest(field.name(), field.after()));
            operator.apply(manifest(field.name() + "-told", "driftPolicy: Report, " + field.after()));
        }
        for (Field field : fields) {
            operator.awaitSynced(field.name());
            operator.awaitSynced(field.name() + "-told");
        }
        operator.simulator().callLog().clear();
        for (Field field : fields) {
            field.drift().accept(aws, operator.status(field.name()));
            field.drift().accept(aws, operator.status(field.name() + "-told"));
        }

        for (Field field : fields) {
            CacheClusterStatus status = operator.status(field.name());
            operator.awaitAws(
                    field.name(),
                    field.name() + " is corrected",
                    () -> field.holds().test(aws, status));
            assertThat(writesTo(status)).as(field.name()).isEqualTo(field.mends());
            operator.awaitCondition(field.name() + "-told", "Drifted", Condition.Status.TRUE);
            CacheClusterStatus told = operator.status(field.name() + "-told");
            assertThat(told.drift()).as("what drifted is listed").hasSize(1);
            assertThat(told.driftCount()).isEqualTo(1);
            assertThat(writesTo(told)).as("nothing is written under Report").isEmpty();
        }
    }

    @Test
    void rulesAreReplacedDescribedAndDefended() {
        operator.apply(manifest("rules", "network: {allowFrom: [{cidr: 10.0.0.0/16, description: nodes}]}"));
        operator.apply(manifest(
                "told", "driftPolicy: Report, network: {allowFrom: [{cidr: 10.0.0.0/16, description: nodes}]}"));
        operator.awaitSynced("rules");
        operator.awaitSynced("told");
        operator.simulator().callLog().clear();

        operator.apply(manifest("rules", "network: {allowFrom: [{cidr: 10.0.0.0/16, description: all nodes}]}"));
        operator.awaitSynced("rules");
        operator.apply(manifest("rules", "network: {allowFrom: [{cidr: 10.1.0.0/16, description: all nodes}]}"));
        operator.awaitSynced("rules");
        CacheClusterStatus status = operator.status("rules");
        assertThat(writesTo(status))
                .containsExactly(
                        new Sent("UpdateSecurityGroupRuleDescriptionsIngress", Set.of("SecurityGroupRuleDescriptions")),
                        new Sent("AuthorizeSecurityGroupIngress", Set.of("IpPermissions")),
                        new Sent("RevokeSecurityGroupIngress", Set.of("SecurityGroupRuleIds")));

        letIn(status.resources().securityGroupId());
        letIn(operator.status("told").resources().securityGroupId());
        operator.awaitAws(
                "rules", "the rule made by hand is gone", () -> writesTo(status).size() == 5);
        assertThat(writesTo(status).getLast())
                .isEqualTo(new Sent("RevokeSecurityGroupIngress", Set.of("SecurityGroupRuleIds")));
        operator.awaitCondition("told", "Drifted", Condition.Status.TRUE);
        assertThat(operator.status("told").drift())
                .singleElement()
                .satisfies(entry -> assertThat(entry.actual()).contains("0.0.0.0/0"));
        assertThat(writesTo(operator.status("told")))
                .as("the test's own call")
                .extracting(Sent::operation)
                .containsExactly("AuthorizeSecurityGroupIngress");
    }

    private void letIn(String group) {
        operator.account()
                .ec2()
                .authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipProtocol("tcp")
                        .fromPort(6379)
                        .toPort(6379)
                        .cidrIp("0.0.0.0/0"));
    }

    @Test
    void anUpgradeByAwsIsNoDriftAndStandsInTheWayOfNothing() {
        operator.apply(manifest("upgraded", "description: first"));
        operator.awaitSynced("upgraded");
        CacheClusterStatus before = operator.status("upgraded");
        operator.simulator().callLog().clear();
        aws.changeMembers(before.id(), m -> m.engineVersion("8.1.1"));
        operator.awaitCluster(
                "upgraded", "shows 8.1.1", c -> "8.1.1".equals(c.getStatus().engineVersion()));
        assertThat(operator.status("upgraded").drift()).isEmpty();
        operator.awaitSynced("upgraded");

        operator.apply(manifest("upgraded", "description: second"));
        operator.awaitSynced("upgraded");

        assertThat(writesTo(operator.status("upgraded")))
                .containsExactly(new Sent("ModifyReplicationGroup", Set.of("ReplicationGroupDescription")));
        operator.apply(manifest("upgraded", "description: second").replace("'8.0'", "'8.1'"));
        operator.awaitSynced("upgraded");
        operator.apply(manifest("upgraded", "description: second"));
        assertThat(operator.awaitStalled("upgraded")
                        .getStatus()
                        .condition("Stalled")
                        .orElseThrow()
                        .reason())
                .isEqualTo("ForbiddenChange");
    }

    private static String manifest(String name, String piece) {
        return """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: %s}
                spec: {engine: valkey, engineVersion: '8.0', nodeType: cache.t4g.small, deletionPolicy: Delete, %s}
                """.formatted(name, piece);
    }

    /** Every write to a cache and to what was made for it alone, in order. */
    private List<Sent> writesTo(CacheClusterStatus status) {
        Set<String> names = Stream.of(
                        Stream.of(status.id(), status.arn()),
                        Stream.ofNullable(status.resources().securityGroupId()),
                        Stream.ofNullable(status.resources().parameterGroupName())
                                .flatMap(group -> Stream.of(
                                        group,
                                        aws.parameterGroup(group).orElseThrow().arn())))
                .flatMap(s -> s)
                .collect(Collectors.toSet());
        return operator.simulator().callLog().mutatingSince(0).stream()
                .filter(call -> call.request().values().stream().anyMatch(value -> isAmong(value, names)))
                .map(DriftIT::sent)
                .toList();
    }

    private static boolean isAmong(Object value, Set<String> names) {
        return value instanceof Collection<?> list
                ? list.stream().anyMatch(names::contains)
                : names.contains(String.valueOf(value));
    }

    /** What a call carries beside the name of its target and the flag that every change has. */
    private static Sent sent(LoggedCall call) {
        Set<String> about = Set.of(
                "ReplicationGroupId",
                "CacheParameterGroupName",
                "ResourceName",
                "Resources",
                "GroupId",
                "ApplyImmediately");
        boolean swap = call.operation().startsWith("ModifyReplicationGroup");
        return new Sent(
                call.operation(),
                call.request().keySet().stream()
                        .filter(key -> !about.contains(key) || (swap && key.equals("CacheParameterGroupName")))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
