package io.cacheoperator.aws;

import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Failure.Kind;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Classifies what a call threw by the code on the wire: never by HTTP status (some "already exists" are 404, some "not
 * found" are 400) and never by exception class (unmodelled codes have none). Codes are from the service models and from
 * field reports; aws-behaviour.md, 2.3, 4.2, 5.
 */
public final class AwsErrors {

    private static final Set<String> THROTTLES = Set.of(
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
            "BandwidthLimitExceeded",
            "APICallRateForCustomerExceeded");

    private static final Set<String> ACCESS = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "UnauthorizedOperation",
            "AuthFailure",
            "ExpiredToken",
            "ExpiredTokenException",
            "RequestExpired",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "MissingAuthenticationToken",
            "OptInRequired",
            "NotAuthorized",
            "InvalidIdentityToken",
            "InvalidCredentialsException",
            "IDPRejectedClaim",
            "MalformedPolicyDocument",
            "PackedPolicyTooLarge",
            "RegionDisabledException",
            "AuthorizationError",
            "ServiceLinkedRoleNotFoundFault");

    private static final Set<String> UNAVAILABLE = Set.of(
            "InternalFailure",
            "InternalError",
            "InternalServiceException",
            "ServiceUnavailable",
            "Unavailable",
            "RequestTimeout",
            "RequestTimeoutException",
            "IDPCommunicationError",
            "PaginationTokenExpiredException");

    private static final Map<String, Kind> EXACT = Map.ofEntries(
            Map.entry("CacheSubnetGroupInUse", Kind.IN_USE),
            Map.entry("SubnetInUse", Kind.IN_USE),
            Map.entry("DependencyViolation", Kind.IN_USE),
            Map.entry("InvalidCacheParameterGroupState", Kind.IN_USE),
            Map.entry("ReplicationGroupAlreadyUnderMigrationFault", Kind.BUSY),
            Map.entry("ServerlessCacheAlreadyUnderMigrationFault", Kind.BUSY),
            Map.entry("DuplicateUserName", Kind.INVALID),
            Map.entry("DefaultUserAssociatedToUserGroup", Kind.INVALID),
            Map.entry("InvalidGroup.Duplicate", Kind.EXISTS),
            Map.entry("InvalidPermission.Duplicate", Kind.EXISTS),
            Map.entry("InsufficientCacheClusterCapacity", Kind.QUOTA),
            Map.entry("RulesPerSecurityGroupLimitExceeded", Kind.QUOTA),
            Map.entry("SecurityGroupLimitExceeded", Kind.QUOTA),
            Map.entry("LimitExceeded", Kind.QUOTA),
            Map.entry("LimitExceededException", Kind.QUOTA),
            Map.entry("InvalidVPCNetworkStateFault", Kind.INVALID),
            Map.entry("InvalidKMSKeyFault", Kind.INVALID),
            Map.entry("InvalidSubnet", Kind.INVALID),
            Map.entry("SubnetNotAllowedFault", Kind.INVALID),
            Map.entry("InvalidARN", Kind.INVALID),
            Map.entry("NoOperationFault", Kind.INVALID),
            Map.entry("SnapshotFeatureNotSupportedFault", Kind.INVALID),
            Map.entry("CannotDelete", Kind.INVALID),
            Map.entry("MissingParameter", Kind.INVALID),
            Map.entry("ValidationError", Kind.INVALID),
            Map.entry("ValidationException", Kind.INVALID));

    private static final Pattern NOISE = Pattern.compile(
            "(?s)\\s*(Encoded authorization failure message:|The Canonical String for this request|\\(SDK Attempt Count:).*");

    private static final int LONGEST = 500;

    private AwsErrors() {}

    /** The failure that an exception of the SDK stands for. */
    public static Failure of(String operation, SdkException thrown) {
        if (thrown instanceof AwsServiceException answered && answered.awsErrorDetails() != null) {
            AwsErrorDetails details = answered.awsErrorDetails();
            String code = details.errorCode() == null ? "HTTP " + answered.statusCode() : details.errorCode();
            String message = details.errorMessage() == null ? code : words(details.errorMessage());
            return new Failure(kind(code, answered.statusCode()), operation, code, message);
        }
        if (thrown instanceof AwsServiceException answered) {
            String code = "HTTP " + answered.statusCode();
            return new Failure(kind(code, answered.statusCode()), operation, code, "an answer without an error code");
        }
        String message = thrown.getMessage() == null ? "no answer" : thrown.getMessage();
        boolean credentials = thrown instanceof SdkClientException && message.contains("load credentials");
        return new Failure(
                credentials ? Kind.ACCESS : Kind.UNAVAILABLE,
                operation,
                thrown.getClass().getSimpleName(),
                words(message));
    }

    /** What is meant for people: the rest is noise that differs each time, or shows what a request was signed with. */
    private static String words(String message) {
        String text = NOISE.matcher(message).replaceFirst("").strip().replaceAll("\\s+", " ");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    /** What to do about a code; the HTTP status decides only for 5xx without a known code. */
    static Kind kind(String code, int status) {
        Kind exact = EXACT.get(code);
        if (exact != null) {
            return exact;
        }
        if (THROTTLES.contains(code)) {
            return Kind.THROTTLED;
        }
        if (ACCESS.contains(code)) {
            return Kind.ACCESS;
        }
        return UNAVAILABLE.contains(code) || status >= 500 ? Kind.UNAVAILABLE : byForm(code);
    }

    private static Kind byForm(String code) {
        String stem = code.endsWith("Fault") ? code.substring(0, code.length() - "Fault".length()) : code;
        if (stem.endsWith("AlreadyExists") || stem.endsWith("AlreadyExistsException")) {
            return Kind.EXISTS;
        }
        if (stem.endsWith("NotFound") || stem.endsWith("NotFoundException")) {
            return Kind.GONE;
        }
        if (stem.contains("Quota") || stem.endsWith("LimitExceeded")) {
            return Kind.QUOTA;
        }
        if (stem.startsWith("Invalid") && stem.endsWith("State")) {
            return Kind.BUSY;
        }
        return stem.startsWith("Invalid") || stem.endsWith("Required") || stem.endsWith(".Malformed")
                ? Kind.INVALID
                : Kind.UNCLASSIFIED;
    }
}
