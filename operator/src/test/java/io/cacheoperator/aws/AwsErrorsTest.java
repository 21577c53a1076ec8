package io.cacheoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.elasticache.model.ElastiCacheException;

/** Every code of the service models and of field reports; aws-behaviour.md, 2.3, 4.2, 4.5, 4.8, 5. */
class AwsErrorsTest {

    private static Failure failure(String code, int status, String message) {
        return AwsErrors.of(
                "DoThing",
                ElastiCacheException.builder()
                        .statusCode(status)
                        .requestId("0b1c-request")
                        .message(message + " (Service: ElastiCache, Status Code: " + status
                                + ", Request ID: 0b1c-request)")
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage(message)
                                .build())
                        .build());
    }

    private static Kind kind(String code) {
        return failure(code, 400, "words").kind();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReplicationGroupNotFoundFault",
                "CacheSubnetGroupNotFoundFault",
                "SnapshotNotFoundFault",
                "NodeGroupNotFoundFault",
                "GlobalReplicationGroupNotFoundFault",
                "ServerlessCacheNotFoundFault",
                "ServerlessCacheSnapshotNotFoundFault",
                "ServiceUpdateNotFoundFault",
                "CacheClusterNotFound",
                "CacheParameterGroupNotFound",
                "UserNotFound",
                "UserGroupNotFound",
                "TagNotFound",
                "ReservedCacheNodeNotFound",
                "ReservedCacheNodesOfferingNotFound",
                "AuthorizationNotFound",
                "CacheSecurityGroupNotFound",
                "InvalidGroup.NotFound",
                "InvalidPermission.NotFound",
                "InvalidSecurityGroupRuleId.NotFound",
                "InvalidVpcID.NotFound",
                "InvalidSubnetID.NotFound",
                "NotFound"
            })
    void isGone(String code) {
        assertThat(kind(code)).isEqualTo(Kind.GONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReplicationGroupAlreadyExists",
                "CacheClusterAlreadyExists",
                "CacheParameterGroupAlreadyExists",
                "CacheSubnetGroupAlreadyExists",
                "SnapshotAlreadyExistsFault",
                "GlobalReplicationGroupAlreadyExistsFault",
                "ServerlessCacheAlreadyExistsFault",
                "ServerlessCacheSnapshotAlreadyExistsFault",
                "UserAlreadyExists",
                "UserGroupAlreadyExists",
                "ReservedCacheNodeAlreadyExists",
                "AuthorizationAlreadyExists",
                "CacheSecurityGroupAlreadyExists",
                "InvalidGroup.Duplicate",
                "InvalidPermission.Duplicate"
            })
    void existsAlready(String code) {
        assertThat(kind(code)).isEqualTo(Kind.EXISTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InvalidReplicationGroupState",
                "InvalidCacheClusterState",
                "InvalidSnapshotState",
                "InvalidGlobalReplicationGroupState",
                "InvalidUserState",
                "InvalidUserGroupState",
                "InvalidServerlessCacheStateFault",
                "InvalidServerlessCacheSnapshotStateFault",
                "InvalidCacheSecurityGroupState",
                "ReplicationGroupAlreadyUnderMigrationFault"
            })
    void isBusy(String code) {
        assertThat(kind(code)).isEqualTo(Kind.BUSY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CacheSubnetGroupInUse", "SubnetInUse", "DependencyViolation", "InvalidCacheParameterGroupState"
            })
    void isInUse(String code) {
        assertThat(kind(code)).isEqualTo(Kind.IN_USE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Throttling",
                "ThrottlingException",
                "ThrottledException",
                "RequestThrottled",
                "RequestThrottledException",
                "TooManyRequestsException",
                "RequestLimitExceeded",
                "SlowDown",
                "PriorRequestNotComplete",
                "TransactionInProgressException",
                "EC2ThrottledException",
                "BandwidthLimitExceeded"
            })
    void isThrottled(String code) {
        assertThat(kind(code)).isEqualTo(Kind.THROTTLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ClusterQuotaForCustomerExceeded",
                "NodeQuotaForClusterExceeded",
                "NodeQuotaForCustomerExceeded",
                "NodeGroupsPerReplicationGroupQuotaExceeded",
                "CacheParameterGroupQuotaExceeded",
                "CacheSubnetGroupQuotaExceeded",
                "CacheSubnetQuotaExceededFault",
                "SnapshotQuotaExceededFault",
                "ServerlessCacheQuotaForCustomerExceededFault",
                "ServerlessCacheSnapshotQuotaExceededFault",
                "TagQuotaPerResourceExceeded",
                "UserQuotaExceeded",
                "UserGroupQuotaExceeded",
                "ReservedCacheNodeQuotaExceeded",
                "QuotaExceeded.CacheSecurityGroup",
                "InsufficientCacheClusterCapacity",
                "RulesPerSecurityGroupLimitExceeded",
                "SecurityGroupLimitExceeded"
            })
    void meetsAQuotaOrALackOfCapacity(String code) {
        assertThat(kind(code)).isEqualTo(Kind.QUOTA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AccessDenied",
                "AccessDeniedException",
                "UnauthorizedOperation",
                "AuthFailure",
                "ExpiredToken",
                "ExpiredTokenException",
                "UnrecognizedClientException",
                "InvalidClientTokenId",
                "InvalidIdentityToken",
                "SignatureDoesNotMatch",
                "InvalidCredentialsException",
                "IDPRejectedClaim",
                "RegionDisabledException",
                "AuthorizationError",
                "ServiceLinkedRoleNotFoundFault"
            })
    void lacksAccess(String code) {
        assertThat(kind(code)).isEqualTo(Kind.ACCESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InvalidParameterValue",
                "InvalidParameterCombination",
                "InvalidParameterException",
                "InvalidARN",
                "InvalidSubnet",
                "SubnetNotAllowedFault",
                "InvalidVPCNetworkStateFault",
                "InvalidKMSKeyFault",
                "DefaultUserRequired",
                "DuplicateUserName",
                "DefaultUserAssociatedToUserGroup",
                "NoOperationFault",
                "SnapshotFeatureNotSupportedFault",
                "InvalidGroupId.Malformed",
                "InvalidPermission.Malformed",
                "MissingParameter",
                "CannotDelete"
            })
    void onlyTheUserCanHelp(String code) {
        assertThat(kind(code)).isEqualTo(Kind.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InternalFailure",
                "InternalError",
                "InternalServiceException",
                "ServiceUnavailable",
                "Unavailable",
                "RequestTimeout",
                "IDPCommunicationError",
                "PaginationTokenExpiredException"
            })
    void isUnavailable(String code) {
        assertThat(kind(code)).isEqualTo(Kind.UNAVAILABLE);
    }

    /** The status says nothing: some "already exists" are 404, some "not found" 400, EC2 throttles with 503. */
    @ParameterizedTest
    @CsvSource({
        "ReservedCacheNodeAlreadyExists, 404, EXISTS",
        "CacheSubnetGroupNotFoundFault, 400, GONE",
        "RequestLimitExceeded, 503, THROTTLED",
        "InsufficientCacheClusterCapacity, 500, QUOTA",
        "SomethingNobodyHasSeen, 400, UNCLASSIFIED",
        "SomethingNobodyHasSeen, 503, UNAVAILABLE"
    })
    void goesByTheCodeAndNotByTheStatus(String code, int status, Kind kind) {
        assertThat(failure(code, status, "words").kind()).isEqualTo(kind);
    }

    @Test
    void anAnswerWithoutACodeGoesByItsStatus() {
        var gateway = (ElastiCacheException) ElastiCacheException.builder()
                .statusCode(502)
                .message("Bad Gateway")
                .build();

        assertThat(AwsErrors.of("DoThing", gateway))
                .returns(Kind.UNAVAILABLE, Failure::kind)
                .returns("HTTP 502", Failure::code);
    }

    @Test
    void saysAwssWordsWithoutRequestIds() {
        Failure failure = failure("InvalidParameterValue", 400, "The node type is unknown.");

        assertThat(failure)
                .returns("DoThing", Failure::operation)
                .returns("InvalidParameterValue", Failure::code)
                .returns("The node type is unknown.", Failure::message);
    }

    @Test
    void leavesOutTheEncodedPartOfARefusal() {
        Failure failure = failure(
                "UnauthorizedOperation",
                403,
                "You are not authorized to perform this operation. Encoded authorization failure message: 4GIOHlTkIaWHQD0Q");

        assertThat(failure.message()).isEqualTo("You are not authorized to perform this operation.");
    }

    @Test
    void leavesOutWhatASignatureWasMadeOf() {
        Failure failure = failure(
                "SignatureDoesNotMatch",
                403,
                "The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n"
                        + "'POST\n/\nx-amz-security-token:FwoGZXIvYXdzEB'");

        assertThat(failure.message()).doesNotContain("FwoGZXIvYXdzEB").startsWith("The request signature");
    }

    @Test
    void troubleOnTheWayLeavesTheEffectUnknown() {
        assertThat(AwsErrors.of(
                        "DoThing",
                        SdkClientException.create(
                                "Unable to execute HTTP request: Connection refused (SDK Attempt Count: 1)")))
                .returns(Kind.UNAVAILABLE, Failure::kind)
                .returns("SdkClientException", Failure::code)
                .returns("Unable to execute HTTP request: Connection refused", Failure::message);
        assertThat(AwsErrors.of("DoThing", ApiCallTimeoutException.create(45_000))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void noCredentialsIsAMatterOfAccess() {
        SdkClientException none = SdkClientException.create(
                "Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain(...)");

        assertThat(AwsErrors.of("DoThing", none).kind()).isEqualTo(Kind.ACCESS);
    }
}
