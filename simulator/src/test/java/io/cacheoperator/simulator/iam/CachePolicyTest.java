package io.cacheoperator.simulator.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.Clients;
import io.cacheoperator.simulator.Simulator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;

/** Policies of ElastiCache are checked for each resource that a call touches, and for the tags that it carries. */
class CachePolicyTest {
    private static final String ROLE = "arn:aws:sts::000000000000:assumed-role/operator/pod";
    private static final String PREFIX = "on resource: arn:aws:elasticache:us-east-1:000000000000:";

    private static final String CREATE = """
            {"Effect":"Allow","Action":"elasticache:CreateReplicationGroup",
             "Resource":"arn:aws:elasticache:*:*:replicationgroup:*",
             "Condition":{"StringLike":{"aws:RequestTag/owner":"*"}}}""";
    private static final String USE = """
            ,{"Effect":"Allow","Action":"elasticache:CreateReplicationGroup",
             "Resource":["arn:aws:elasticache:*:*:parametergroup:*","arn:aws:elasticache:*:*:subnetgroup:*"]}""";
    private static final String TAG = """
            ,{"Effect":"Allow","Action":"elasticache:AddTagsToResource",
             "Resource":"arn:aws:elasticache:*:*:replicationgroup:*"}""";

    private final PolicyAuthorizer authorizer = new PolicyAuthorizer();
    private Simulator simulator;
    private ElastiCacheClient admin;
    private ElastiCacheClient operator;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().authorizer(authorizer).build().start();
        simulator.principals().register("operator", new Principal("000000000000", ROLE, "AROA:pod"));
        admin = Clients.of(ElastiCacheClient.builder(), simulator.endpoint(), "test")
                .build();
        operator = Clients.of(ElastiCacheClient.builder(), simulator.endpoint(), "operator")
                .build();
    }

    @AfterEach
    void stop() {
        admin.close();
        operator.close();
        simulator.close();
    }

    private void attach(String statements) {
        authorizer.attach(ROLE, List.of(Policy.parse("{\"Statement\":[" + statements + "]}")));
    }

    private static String create(ElastiCacheClient client, String id, String tag) {
        return client.createReplicationGroup(r -> r.replicationGroupId(id)
                        .replicationGroupDescription("d")
                        .engine("redis")
                        .cacheNodeType("cache.t4g.small")
                        .tags(t -> t.key(tag).value("operator")))
                .replicationGroup()
                .replicationGroupId();
    }

    @Test
    void makingACacheNeedsItsParameterGroupAndItsTagsToo() {
        attach(CREATE);
        assertThatThrownBy(() -> create(operator, "mine", "owner"))
                .hasMessageContaining("elasticache:CreateReplicationGroup " + PREFIX + "parametergroup:*");
        attach(CREATE + USE);
        assertThatThrownBy(() -> create(operator, "mine", "owner"))
                .hasMessageContaining("elasticache:AddTagsToResource " + PREFIX + "replicationgroup:mine");
        attach(CREATE + USE + TAG);
        assertThat(create(operator, "mine", "owner")).isEqualTo("mine");
    }

    @Test
    void makingACacheCanBeTiedToATag() {
        attach(CREATE + USE + TAG);
        assertThatThrownBy(() -> create(operator, "other", "team"))
                .hasMessageContaining("elasticache:CreateReplicationGroup " + PREFIX + "replicationgroup:other");
    }

    @Test
    void deletingCanBeTiedToTheTagsOfTheCache() {
        create(admin, "theirs", "team");
        create(admin, "mine", "owner");
        attach("""
                {"Effect":"Allow","Action":"elasticache:DeleteReplicationGroup","Resource":"*",
                 "Condition":{"StringEquals":{"aws:ResourceTag/owner":"operator"}}}""");
        assertThatThrownBy(() -> operator.deleteReplicationGroup(r -> r.replicationGroupId("theirs")))
                .hasMessageContaining("elasticache:DeleteReplicationGroup " + PREFIX + "replicationgroup:theirs");
        // Past the policy: AWS deletes nothing that it is still making.
        assertThat(refusal(() -> operator.deleteReplicationGroup(r -> r.replicationGroupId("mine"))))
                .isEqualTo("InvalidReplicationGroupState");
    }

    @Test
    void aListIsForAllOfAKindAndEventsForNone() {
        attach("""
                {"Effect":"Allow","Action":["elasticache:Describe*"],
                 "Resource":"arn:aws:elasticache:*:*:replicationgroup:mine"}""");
        assertThatThrownBy(operator::describeReplicationGroups)
                .hasMessageContaining("elasticache:DescribeReplicationGroups " + PREFIX + "replicationgroup:*");
        assertThatThrownBy(operator::describeEvents).hasMessageContaining("elasticache:DescribeEvents on resource: *");
        assertThat(refusal(() -> operator.describeReplicationGroups(r -> r.replicationGroupId("mine"))))
                .isEqualTo("ReplicationGroupNotFoundFault");
    }

    @Test
    void anAccountWithoutTheServiceLinkedRoleNeedsTheRightToMakeIt() {
        simulator.elastiCacheKnobs().serviceLinkedRole(false);
        attach(CREATE + USE + TAG);
        assertThat(refusal(() -> create(operator, "mine", "owner"))).isEqualTo("ServiceLinkedRoleNotFoundFault");
        attach(CREATE + USE + TAG + """
                ,{"Effect":"Allow","Action":"iam:CreateServiceLinkedRole",
                 "Resource":"arn:aws:iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache",
                 "Condition":{"StringLike":{"iam:AWSServiceName":"elasticache.amazonaws.com"}}}""");
        assertThat(create(operator, "mine", "owner")).isEqualTo("mine");
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ElastiCacheException.class, call)
                .awsErrorDetails()
                .errorCode();
    }
}
