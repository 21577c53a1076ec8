package io.cacheoperator.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.OperationBinding;
import io.cacheoperator.simulator.service.ServiceDescription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

class Ec2WireTest {
    private static final ServiceDescription EC2 =
            ServiceDescription.ec2Query("ec2", "2015-02-02", "http://ec2.amazonaws.com/doc/2016-11-15/");
    private static final OperationBinding<AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResponse>
            AUTHORIZE = OperationBinding.of(
                    "AuthorizeSecurityGroupIngress",
                    AuthorizeSecurityGroupIngressRequest::builder,
                    (request, call) ->
                            AuthorizeSecurityGroupIngressResponse.builder().build());

    private static AuthorizeSecurityGroupIngressRequest read(String parameters) {
        return QueryWireTest.query("AuthorizeSecurityGroupIngress", parameters).read(AUTHORIZE, EC2);
    }

    @Test
    void readsListsWithoutMemberNames() {
        var request = read("GroupId=sg-1&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=1"
                + "&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8&IpPermissions.1.IpRanges.2.CidrIp=11.0.0.0%2F8"
                + "&IpPermissions.1.Groups.1.GroupId=sg-2"
                + "&TagSpecification.1.ResourceType=security-group-rule&TagSpecification.1.Tag.1.Key=k");
        assertThat(request.groupId()).isEqualTo("sg-1");
        var permission = request.ipPermissions().getFirst();
        assertThat(permission.ipRanges())
                .extracting(range -> range.cidrIp())
                .containsExactly("10.0.0.0/8", "11.0.0.0/8");
        assertThat(permission.userIdGroupPairs().getFirst().groupId()).isEqualTo("sg-2");
        assertThat(request.tagSpecifications().getFirst().tags().getFirst().key())
                .isEqualTo("k");
    }

    @ParameterizedTest
    @CsvSource({
        "Nonsense=1, UnknownParameter, The parameter Nonsense is not recognized",
        "FromPort=x, InvalidParameterValue, Invalid value 'x' for FromPort.",
    })
    void refusesInTheWordsOfEc2(String parameters, String code, String message) {
        AwsError error = catchThrowableOfType(AwsError.class, () -> read(parameters));
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void writesWithoutAResultElementAndWithItems() {
        var response = DescribeSecurityGroupsResponse.builder()
                .securityGroups(SecurityGroup.builder()
                        .groupId("sg-1")
                        .description("d")
                        .tags(List.of())
                        .build())
                .build();
        var written = QueryWireTest.query("DescribeSecurityGroups", "").result(EC2, response, "id-1");
        assertThat(QueryWireTest.body(written)).isEqualTo("""
                <DescribeSecurityGroupsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">\
                <requestId>id-1</requestId><securityGroupInfo><item><groupId>sg-1</groupId><tagSet/>\
                <groupDescription>d</groupDescription></item></securityGroupInfo></DescribeSecurityGroupsResponse>""");
    }

    @Test
    void saysTrueWhereAnOperationAnswersNothing() {
        var written = QueryWireTest.query("CreateTags", "")
                .result(EC2, CreateTagsResponse.builder().build(), "id-1");
        assertThat(QueryWireTest.body(written)).contains("<requestId>id-1</requestId><return>true</return>");
    }

    @Test
    void writesErrors() {
        var written =
                QueryWireTest.query("X", "").error(EC2, AwsError.badRequest("InvalidGroup.NotFound", "m"), "id-1");
        assertThat(QueryWireTest.body(written))
                .isEqualTo("<Response><Errors><Error><Code>InvalidGroup.NotFound</Code><Message>m</Message></Error>"
                        + "</Errors><RequestID>id-1</RequestID></Response>");
        assertThat(QueryWireTest.query("X", "").throttled(EC2).httpStatus()).isEqualTo(503);
    }
}
