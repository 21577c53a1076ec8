package io.cacheoperator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.calllog.LoggedCall;
import io.cacheoperator.simulator.calllog.Outcome;
import io.cacheoperator.simulator.faults.FaultScope;
import io.cacheoperator.simulator.faults.Trigger;
import io.cacheoperator.simulator.hooks.CallHooks.Verdict;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.world.SimulatorClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceGroupsTaggingApiException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

class PipelineTest {
    private Simulator simulator;
    private Ec2Client ec2;
    private ElastiCacheClient elastiCache;

    @BeforeEach
    void start() {
        simulator = Simulator.builder()
                .clock(SimulatorClock.manual(Instant.parse("2026-01-01T00:00:00Z")))
                .account("123456789012")
                .build()
                .start();
        ec2 = Clients.ec2(simulator);
        elastiCache = Clients.of(ElastiCacheClient.builder(), simulator.endpoint(), "test")
                .build();
    }

    @AfterEach
    void stop() {
        ec2.close();
        elastiCache.close();
        simulator.close();
    }

    private String createGroup(String name) {
        return ec2.createSecurityGroup(r -> r.groupName(name).description("d")).groupId();
    }

    private long groups() {
        return ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group -> !group.groupName().equals("default"))
                .count();
    }

    @Test
    void throttlesInTheWordsOfEachProtocol() {
        simulator.faults().throttle(FaultScope.all(), Trigger.always());
        Ec2Exception byEc2 = catchThrowableOfType(Ec2Exception.class, this::groups);
        assertThat(byEc2.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
        assertThat(byEc2.statusCode()).isEqualTo(503);
        ElastiCacheException byQuery =
                catchThrowableOfType(ElastiCacheException.class, () -> elastiCache.describeReplicationGroups());
        assertThat(byQuery.awsErrorDetails().errorCode()).isEqualTo("Throttling");
        assertThat(byQuery.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
        assertThat(byQuery.isThrottlingException()).isTrue();
        try (var tagging = Clients.of(ResourceGroupsTaggingApiClient.builder(), simulator.endpoint(), "test")
                .build()) {
            var byJson =
                    catchThrowableOfType(ResourceGroupsTaggingApiException.class, () -> tagging.getResources(r -> {}));
            assertThat(byJson.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
        }
    }

    @Test
    void everySecondCallCanFail() {
        simulator.faults().serverError(FaultScope.service("ec2"), Trigger.everyNth(2));
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            failed.add(catchThrowableOfType(Ec2Exception.class, this::groups) != null);
        }
        assertThat(failed).containsExactly(false, true, false, true);
    }

    @Test
    void theNextCallsCanBeRefusedWithAnError() {
        AwsError quota = AwsError.badRequest("SecurityGroupLimitExceeded", "no more");
        simulator.faults().refuse(FaultScope.operation("ec2", "CreateSecurityGroup"), Trigger.next(1), quota);
        assertThat(groups()).isZero();
        Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, () -> createGroup("a"));
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("SecurityGroupLimitExceeded");
        createGroup("a");
        assertThat(groups()).isEqualTo(1);
    }

    @Test
    void theSameSeedHitsTheSameCalls() {
        assertThat(hitsOfRate()).isEqualTo(hitsOfRate()).contains(true, false);
    }

    private static List<Boolean> hitsOfRate() {
        var faults = new io.cacheoperator.simulator.faults.Faults(7);
        faults.throttle(FaultScope.all(), Trigger.rate(0.5));
        List<Boolean> hits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            var decision = faults.decide("ec2", "X", io.cacheoperator.simulator.service.OperationBinding.Access.READ);
            hits.add(decision.refusal().isPresent());
        }
        return hits;
    }

    @Test
    void aLostResponseHasHadItsEffect() {
        simulator.faults().loseResponse(FaultScope.operation("ec2", "CreateSecurityGroup"), Trigger.next(1));
        assertThatThrownBy(() -> createGroup("a")).isInstanceOf(SdkClientException.class);
        assertThat(groups()).isEqualTo(1);
        assertThat(simulator
                        .callLog()
                        .calls("ec2", "CreateSecurityGroup")
                        .getFirst()
                        .outcome())
                .isInstanceOf(Outcome.Lost.class);
    }

    @Test
    void staleReadsShowTheWorldOfAWhileAgo() {
        createGroup("old");
        simulator.clock().advance(Duration.ofSeconds(30));
        createGroup("new");
        simulator.clock().advance(Duration.ofSeconds(30));
        simulator.faults().staleReads(FaultScope.service("ec2"), Duration.ofSeconds(45));
        assertThat(groups()).isEqualTo(1);
        assertThat(ec2.describeVpcs().vpcs()).hasSize(1);
        simulator.clock().advance(Duration.ofSeconds(15));
        assertThat(groups()).isEqualTo(2);
    }

    @Test
    void hooksActBeforeAndAfterTheEffect() {
        List<Long> seen = new ArrayList<>();
        try (var hook = simulator.hooks().before(h -> h.is("ec2", "CreateSecurityGroup"), h -> Verdict.DROP)) {
            assertThatThrownBy(() -> createGroup("a")).isInstanceOf(SdkClientException.class);
        }
        assertThat(groups()).isZero();
        try (var hook = simulator.hooks().afterEffect(h -> h.mutating(), h -> {
            seen.add(groups());
            return Verdict.DROP;
        })) {
            assertThatThrownBy(() -> createGroup("a")).isInstanceOf(SdkClientException.class);
        }
        assertThat(seen).containsExactly(1L);
        createGroup("b");
        assertThat(groups()).isEqualTo(2);
    }

    @Test
    void theLogKeepsRequestsWithoutSecrets() {
        long before = simulator.callLog().lastSeq();
        assertThatThrownBy(() -> elastiCache.createReplicationGroup(r -> r.replicationGroupId("a")
                        .authToken("do-not-tell-anyone")
                        .tags(t -> t.key("k").value("v"))))
                .isInstanceOf(ElastiCacheException.class);
        groups();
        List<LoggedCall> writes = simulator.callLog().mutatingSince(before);
        assertThat(writes).singleElement().satisfies(call -> {
            assertThat(call.parameter("ReplicationGroupId")).contains("a");
            assertThat(call.parameter("AuthToken")).contains("***");
            assertThat(call.toString()).contains("Key=k").doesNotContain("do-not-tell");
        });
        assertThat(simulator.callLog().counts()).containsEntry("ec2:DescribeSecurityGroups", 1);
    }

    @Test
    void operationsAndServicesThatAreNotThereAreRefusedAndLogged() {
        Ec2Exception refusal = catchThrowableOfType(Ec2Exception.class, () -> ec2.describeInstances());
        assertThat(Clients.words(refusal))
                .isEqualTo("InvalidAction: The action DescribeInstances is not valid for this web service.");
        assertThat(simulator.callLog().count("ec2", "DescribeInstances")).isEqualTo(1);
    }

    @Test
    void anAccountNumberAsAccessKeyIsAnotherAccount() {
        createGroup("mine");
        try (Ec2Client other = Clients.of(Ec2Client.builder(), simulator.endpoint(), "999999999999")
                .build()) {
            assertThat(other.describeSecurityGroups().securityGroups())
                    .singleElement()
                    .satisfies(group -> assertThat(group.ownerId()).isEqualTo("999999999999"));
        }
    }

    @Test
    void presignedRequestsAreRead() throws Exception {
        String query = "Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=999999999999%2F20260101%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Signature=0";
        try (HttpClient http = HttpClient.newHttpClient()) {
            String answer = http.send(
                            HttpRequest.newBuilder(URI.create(simulator.endpoint() + "/?" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(answer).contains("<Account>999999999999</Account>");
        }
        assertThat(simulator.callLog().calls().getFirst().call().region()).isEqualTo("eu-west-1");
    }

    @Test
    void assumedRolesActInTheirAccount() {
        try (StsClient sts =
                Clients.of(StsClient.builder(), simulator.endpoint(), "test").build()) {
            assertThat(sts.getCallerIdentity().account()).isEqualTo("123456789012");
            Credentials role = sts.assumeRole(r -> r.roleArn("arn:aws:iam::222222222222:role/path/operator")
                            .roleSessionName("pod"))
                    .credentials();
            try (StsClient assumed = Clients.of(StsClient.builder(), simulator.endpoint(), role.accessKeyId())
                    .build()) {
                assertThat(assumed.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::222222222222:assumed-role/operator/pod");
            }
        }
    }

    @Test
    void theTaggingApiFindsWhatOtherServicesTaggedAndMayLag() {
        String id = createGroup("a");
        ec2.createTags(r -> r.resources(id).tags(t -> t.key("k").value("v")));
        try (var tagging = Clients.of(ResourceGroupsTaggingApiClient.builder(), simulator.endpoint(), "test")
                .build()) {
            assertThat(tagging.getResources(
                                    r -> r.tagFilters(f -> f.key("k")).resourceTypeFilters("ec2:security-group"))
                            .resourceTagMappingList())
                    .singleElement()
                    .satisfies(mapping -> assertThat(mapping.resourceARN())
                            .isEqualTo("arn:aws:ec2:us-east-1:123456789012:security-group/" + id));
            simulator.tagging().lag(Duration.ofSeconds(10));
            assertThat(tagging.getResources(r -> {}).resourceTagMappingList()).isEmpty();
            simulator.clock().advance(Duration.ofSeconds(10));
            assertThat(tagging.getResources(r -> {}).resourceTagMappingList()).hasSize(1);
        }
    }
}
