package io.cacheoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessHintsTest {

    private static final String USER = "User: arn:aws:sts::111122223333:assumed-role/cache-operator/pod";

    private static Failure refusal(String operation, String code, String message) {
        return new Failure(Failure.Kind.ACCESS, operation, code, message);
    }

    @Test
    void namesTheActionInAwssWords() {
        Failure refusal = refusal(
                "CreateSecurityGroup",
                "UnauthorizedOperation",
                "You are not authorized to perform this operation. " + USER
                        + " is not authorized to perform: ec2:CreateTags on resource: arn:aws:ec2:eu-west-1:1:security-group/*"
                        + " because no identity-based policy allows the ec2:CreateTags action");
        assertThat(AccessHints.action(refusal)).contains("ec2:CreateTags");
        assertThat(AccessHints.of(refusal))
                .contains("Allow ec2:CreateTags in the policy of the operator's role: docs/reference/iam.md");
    }

    @Test
    void namesTheOperationWhereAwsNamesNoAction() {
        assertThat(AccessHints.of(refusal("DescribeSubnets", "UnauthorizedOperation", "You are not authorized.")))
                .hasValueSatisfying(hint -> assertThat(hint).contains("Allow DescribeSubnets"));
    }

    @Test
    void looksForTheDenialWhereAPolicyDenies() {
        assertThat(AccessHints.of(refusal(
                        "CreateReplicationGroup",
                        "AccessDenied",
                        USER
                                + " is not authorized to perform: elasticache:CreateReplicationGroup on resource: * with an"
                                + " explicit deny in a service control policy")))
                .hasValueSatisfying(
                        hint -> assertThat(hint).startsWith("Find what denies elasticache:CreateReplicationGroup"));
    }

    @ParameterizedTest
    @CsvSource({
        "ExpiredTokenException, credentials",
        "InvalidClientTokenId, credentials",
        "SdkClientException, credentials",
        "ServiceLinkedRoleNotFoundFault, iam:CreateServiceLinkedRole",
        "OptInRequired, region",
    })
    void saysWhatElseMayBeMissing(String code, String what) {
        assertThat(AccessHints.of(refusal("CreateCacheCluster", code, "no")))
                .hasValueSatisfying(hint -> assertThat(hint).contains(what));
    }

    @Test
    void saysNothingOfOtherFailures() {
        assertThat(AccessHints.of(
                        new Failure(Failure.Kind.INVALID, "CreateCacheCluster", "InvalidParameterValue", "no")))
                .isEmpty();
    }
}
