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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;

class PolicyTest {
    private static final String ROLE = "arn:aws:sts::000000000000:assumed-role/operator/pod";
    private final PolicyAuthorizer authorizer = new PolicyAuthorizer();
    private Simulator simulator;
    private Ec2Client admin;
    private Ec2Client operator;

    @BeforeEach
    void start() {
        simulator = Simulator.builder().authorizer(authorizer).build().start();
        simulator.principals().register("operator", new Principal("000000000000", ROLE, "AROA:pod"));
        admin = Clients.ec2(simulator);
        operator = Clients.of(Ec2Client.builder(), simulator.endpoint(), "operator")
                .build();
    }

    @AfterEach
    void stop() {
        admin.close();
        operator.close();
        simulator.close();
    }

    private void attach(String statements) {
        authorizer.attach(
                ROLE, List.of(Policy.parse("{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}")));
    }

    private String create(Ec2Client client, String name, String owner) {
        return client.createSecurityGroup(r -> r.groupName(name)
                        .description("d")
                        .tagSpecifications(s -> s.resourceType(ResourceType.SECURITY_GROUP)
                                .tags(t -> t.key("owner").value(owner))))
                .groupId();
    }

    @Test
    void whoHasNoPolicyMayEverything() {
        assertThat(operator.describeVpcs().vpcs()).hasSize(1);
    }

    @Test
    void whatNoStatementAllowsIsRefusedInTheWordsOfEc2() {
        attach("{\"Effect\":\"Allow\",\"Action\":\"ec2:DescribeSub*\",\"Resource\":\"*\"}");
        assertThat(operator.describeSubnets().subnets()).isNotEmpty();
        Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, operator::describeVpcs);
        assertThat(refusal.statusCode()).isEqualTo(403);
        assertThat(Clients.words(refusal))
                .isEqualTo("UnauthorizedOperation: You are not authorized to perform this operation. User: " + ROLE
                        + " is not authorized to perform: ec2:DescribeVpcs on resource: * because no identity-based"
                        + " policy allows the ec2:DescribeVpcs action");
    }

    @Test
    void whatNoStatementAllowsIsRefusedInTheWordsOfElastiCache() {
        attach("{\"Effect\":\"Allow\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}");
        try (var cache = Clients.of(ElastiCacheClient.builder(), simulator.endpoint(), "operator")
                .build()) {
            ElastiCacheException refusal =
                    catchThrowableOfType(ElastiCacheException.class, cache::describeReplicationGroups);
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
            assertThat(refusal.awsErrorDetails().errorMessage())
                    .contains("is not authorized to perform: elasticache:DescribeReplicationGroups");
        }
    }

    @Test
    void creatingCanBeTiedToTheTagsOfTheRequest() {
        attach("""
                {"Effect":"Allow","Action":"ec2:CreateSecurityGroup",
                 "Resource":["arn:aws:ec2:*:*:security-group/*","arn:aws:ec2:*:*:vpc/*"],
                 "Condition":{"StringEquals":{"aws:RequestTag/owner":"operator"}}},
                {"Effect":"Allow","Action":"ec2:CreateTags","Resource":"*"}""");
        assertThat(create(operator, "mine", "operator")).startsWith("sg-");
        assertThatThrownBy(() -> create(operator, "other", "me")).isInstanceOf(Ec2Exception.class);
    }

    @Test
    void deletingCanBeTiedToTheTagsOfTheResource() {
        String mine = create(admin, "mine", "operator");
        String theirs = create(admin, "theirs", "them");
        attach("""
                {"Effect":"Allow","Action":"ec2:DeleteSecurityGroup","Resource":"*",
                 "Condition":{"StringLike":{"aws:ResourceTag/owner":"oper*"}}}""");
        assertThatThrownBy(() -> operator.deleteSecurityGroup(r -> r.groupId(theirs)))
                .hasMessageContaining(
                        "ec2:DeleteSecurityGroup on resource: arn:aws:ec2:us-east-1:000000000000:security-group/"
                                + theirs);
        assertThat(operator.deleteSecurityGroup(r -> r.groupId(mine)).groupId()).isEqualTo(mine);
    }

    @Test
    void whoMakesSomethingWithTagsMustBePermittedToTagIt() {
        String make = "{\"Effect\":\"Allow\",\"Action\":\"ec2:CreateSecurityGroup\",\"Resource\":\"*\"}";
        attach(make);
        assertThatThrownBy(() -> create(operator, "mine", "operator"))
                .hasMessageContaining(
                        "ec2:CreateTags on resource: arn:aws:ec2:us-east-1:000000000000:security-group/*");
        attach(make + """
                ,{"Effect":"Allow","Action":"ec2:CreateTags","Resource":"arn:aws:ec2:*:*:security-group/*",
                 "Condition":{"StringEquals":{"ec2:CreateAction":"CreateSecurityGroup"}}}""");
        String group = create(operator, "mine", "operator");
        assertThatThrownBy(() -> operator.createTags(
                        r -> r.resources(group).tags(t -> t.key("owner").value("me"))))
                .hasMessageContaining(
                        "ec2:CreateTags on resource: arn:aws:ec2:us-east-1:000000000000:security-group/" + group);
    }

    @Test
    void aDenialCountsMoreThanAPermission() {
        attach("""
                {"Effect":"Allow","Action":"*","Resource":"*"},
                {"Effect":"Deny","NotAction":"ec2:DescribeSubnets","Resource":"*"}""");
        assertThat(operator.describeSubnets().subnets()).isNotEmpty();
        assertThatThrownBy(operator::describeVpcs)
                .hasMessageContaining("with an explicit deny in an identity-based policy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "no json",
                "{\"Statement\":[{\"Effect\":\"Perhaps\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":\"*\"}}",
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"IpAddress\":{\"aws:SourceIp\":\"::/0\"}}}}"
            })
    void refusesPoliciesThatItDoesNotUnderstandWhole(String json) {
        assertThatThrownBy(() -> Policy.parse(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
