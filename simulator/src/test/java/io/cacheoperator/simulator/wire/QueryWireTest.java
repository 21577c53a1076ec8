package io.cacheoperator.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.NewerParameter;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateReplicationGroupResponse;
import software.amazon.awssdk.services.elasticache.model.CreateUserResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSubnetGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeEventsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.Event;
import software.amazon.awssdk.services.elasticache.model.Tag;

class QueryWireTest {
    private static final ServiceDescription ELASTICACHE =
            ServiceDescription.query("elasticache", "2015-02-02", "http://elasticache.amazonaws.com/doc/2015-02-02/");
    private static final OperationBinding<CreateReplicationGroupRequest, CreateReplicationGroupResponse> CREATE =
            OperationBinding.of(
                    "CreateReplicationGroup",
                    CreateReplicationGroupRequest::builder,
                    (request, call) -> CreateReplicationGroupResponse.builder().build());

    private static CreateReplicationGroupRequest read(String parameters) {
        return query("CreateReplicationGroup", parameters).read(CREATE, ELASTICACHE);
    }

    static Incoming query(String action, String parameters) {
        String form = "Action=" + action + "&Version=2015-02-02&" + parameters;
        return Protocols.detect(new WireRequest("POST", "/", "", Map.of(), form.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void takesWhatANewerModelSendsOnlyIfItChangesNothing() {
        ServiceDescription newer = ELASTICACHE.with(List.of(new NewerParameter(
                "CreateReplicationGroup",
                "Durability",
                Set.of("default"),
                AwsError.invalidParameterCombination("not durable"))));
        Incoming harmless = query("CreateReplicationGroup", "ReplicationGroupId=a&Durability=default");
        assertThat(harmless.read(CREATE, newer).replicationGroupId()).isEqualTo("a");
        Incoming other = query("CreateReplicationGroup", "ReplicationGroupId=a&Durability=sync");
        assertThat(catchThrowableOfType(AwsError.class, () -> other.read(CREATE, newer)))
                .hasMessage("not durable");
        assertThat(catchThrowableOfType(AwsError.class, () -> harmless.read(CREATE, ELASTICACHE))
                        .code())
                .isEqualTo("MalformedInput");
    }

    static Stream<Arguments> formsOfLists() {
        return Stream.of(
                Arguments.of("SecurityGroupIds.SecurityGroupId.1=sg-1&SecurityGroupIds.SecurityGroupId.2=sg-2"),
                Arguments.of("SecurityGroupIds.member.1=sg-1&SecurityGroupIds.member.2=sg-2"),
                Arguments.of("SecurityGroupIds.1=sg-1&SecurityGroupIds.2=sg-2"),
                Arguments.of("SecurityGroupIds.member.10=sg-2&SecurityGroupIds.member.9=sg-1"));
    }

    @ParameterizedTest
    @MethodSource("formsOfLists")
    void readsListsInEachFormThatAwsTakes(String parameters) {
        assertThat(read(parameters).securityGroupIds()).containsExactly("sg-1", "sg-2");
    }

    @Test
    void readsNestedStructuresNumbersAndBooleans() {
        CreateReplicationGroupRequest request = read("Tags.Tag.1.Key=a%20b&Tags.Tag.1.Value=c%2Bd&Port=6380"
                + "&NodeGroupConfiguration.NodeGroupConfiguration.1.NodeGroupId=0001"
                + "&NodeGroupConfiguration.NodeGroupConfiguration.1.ReplicaAvailabilityZones.AvailabilityZone.1=us-east-1a"
                + "&MultiAZEnabled=true");
        assertThat(request.tags())
                .containsExactly(Tag.builder().key("a b").value("c+d").build());
        assertThat(request.port()).isEqualTo(6380);
        assertThat(request.multiAZEnabled()).isTrue();
        assertThat(request.nodeGroupConfiguration().getFirst().replicaAvailabilityZones())
                .containsExactly("us-east-1a");
    }

    @Test
    void tellsAnEmptyListFromNone() {
        assertThat(read("UserGroupIds=").hasUserGroupIds()).isTrue();
        assertThat(read("UserGroupIds=").userGroupIds()).isEmpty();
        assertThat(read("Port=1").hasUserGroupIds()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Nonsense=1, Unknown parameter: Nonsense",
        "Tags.Tag.1.Nonsense=1, Unknown parameter: Tags.Tag.1.Nonsense",
        "SecurityGroupIds.Nonsense.1=sg-1, Unknown parameter: SecurityGroupIds.Nonsense",
        "Port=many, Invalid value for parameter Port",
        "MultiAZEnabled=perhaps, Invalid value for parameter MultiAZEnabled",
        "Port.member.1=1, Unknown parameter: Port.member",
        "Tags.Tag.1=1, Invalid value for parameter Tags.Tag.1",
    })
    void refusesWhatItDoesNotKnow(String parameters, String message) {
        AwsError error = catchThrowableOfType(AwsError.class, () -> read(parameters));
        assertThat(error.code()).isEqualTo("MalformedInput");
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void refusesAnotherVersion() {
        Incoming incoming = Protocols.detect(
                new WireRequest("GET", "/", "Action=CreateReplicationGroup&Version=2014-01-01", Map.of(), new byte[0]));
        AwsError error = catchThrowableOfType(AwsError.class, () -> incoming.read(CREATE, ELASTICACHE));
        assertThat(error.code()).isEqualTo("InvalidAction");
    }

    @Test
    void writesTheEnvelopeAndElementNamesOfAws() {
        SdkPojo response = CreateCacheSubnetGroupResponse.builder()
                .cacheSubnetGroup(CacheSubnetGroup.builder()
                        .cacheSubnetGroupName("g")
                        .cacheSubnetGroupDescription("a < b & \"c\"")
                        .subnets(subnet -> subnet.subnetIdentifier("subnet-7c5b4115")
                                .subnetAvailabilityZone(zone -> zone.name("us-west-2c")))
                        .build())
                .build();
        assertThat(xml("CreateCacheSubnetGroup", response)).isEqualTo("""
                <CreateCacheSubnetGroupResponse xmlns="http://elasticache.amazonaws.com/doc/2015-02-02/">\
                <CreateCacheSubnetGroupResult><CacheSubnetGroup><CacheSubnetGroupName>g</CacheSubnetGroupName>\
                <CacheSubnetGroupDescription>a &lt; b &amp; &quot;c&quot;</CacheSubnetGroupDescription>\
                <Subnets><Subnet><SubnetIdentifier>subnet-7c5b4115</SubnetIdentifier>\
                <SubnetAvailabilityZone><Name>us-west-2c</Name></SubnetAvailabilityZone></Subnet></Subnets>\
                </CacheSubnetGroup></CreateCacheSubnetGroupResult>\
                <ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></CreateCacheSubnetGroupResponse>""");
    }

    @Test
    void writesEmptyListsAsEmptyElementsAndLeavesAbsentOnesOut() {
        assertThat(xml(
                        "X",
                        DescribeReplicationGroupsResponse.builder()
                                .replicationGroups(List.of())
                                .build()))
                .contains("<XResult><ReplicationGroups/></XResult>");
        assertThat(xml("X", DescribeReplicationGroupsResponse.builder().build()))
                .contains("<XResult></XResult>");
    }

    @Test
    void writesTimestampsWithMilliseconds() {
        Event event = Event.builder()
                .date(Instant.parse("2015-02-02T22:48:59.839123Z"))
                .build();
        assertThat(xml("X", DescribeEventsResponse.builder().events(event).build()))
                .contains("<Events><Event><Date>2015-02-02T22:48:59.839Z</Date></Event></Events>");
        Event onTheSecond =
                Event.builder().date(Instant.parse("2015-02-02T22:48:59Z")).build();
        assertThat(xml("X", DescribeEventsResponse.builder().events(onTheSecond).build()))
                .contains("<Date>2015-02-02T22:48:59.000Z</Date>");
    }

    @Test
    void writesUsersDirectlyUnderTheResult() {
        assertThat(xml("CreateUser", CreateUserResponse.builder().userId("u").build()))
                .contains("<CreateUserResult><UserId>u</UserId></CreateUserResult>");
    }

    @Test
    void writesNoResultWhereTheOperationHasNone() {
        assertThat(xml(
                        "DeleteCacheSubnetGroup",
                        DeleteCacheSubnetGroupResponse.builder().build()))
                .isEqualTo("<DeleteCacheSubnetGroupResponse xmlns=\"http://elasticache.amazonaws.com/doc/2015-02-02/\">"
                        + "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata>"
                        + "</DeleteCacheSubnetGroupResponse>");
    }

    @Test
    void writesErrors() {
        WireResponse response = query("X", "")
                .error(
                        ELASTICACHE,
                        AwsError.badRequest(
                                "InvalidReplicationGroupState",
                                "Replication group must be in available state to modify."),
                        "id-1");
        assertThat(response.status()).isEqualTo(400);
        assertThat(body(response)).isEqualTo("""
                <ErrorResponse xmlns="http://elasticache.amazonaws.com/doc/2015-02-02/"><Error><Type>Sender</Type>\
                <Code>InvalidReplicationGroupState</Code>\
                <Message>Replication group must be in available state to modify.</Message></Error>\
                <RequestId>id-1</RequestId></ErrorResponse>""");
        WireResponse internal = query("X", "").error(ELASTICACHE, AwsError.of("InternalFailure", 500, "m"), "id-1");
        assertThat(body(internal)).contains("<Type>Receiver</Type>");
    }

    private static String xml(String operation, SdkPojo response) {
        return body(query(operation, "").result(ELASTICACHE, response, "id-1"));
    }

    static String body(WireResponse response) {
        return response.text().replaceFirst("^<\\?xml[^>]*>\\s*", "");
    }
}
