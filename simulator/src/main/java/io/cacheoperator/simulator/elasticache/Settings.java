package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The syntax of settings that replication groups and cache clusters share, and that can be changed. */
final class Settings {
    private static final int LONGEST_RETENTION = 35;
    private static final int LOWEST_PORT = 1150;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern TOPIC =
            Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");
    private static final Pattern NEW_TOKEN = Pattern.compile("[A-Za-z0-9!&#$^<>-]{16,128}");
    private static final Pattern CHANGED_TOKEN = Pattern.compile("[!-~&&[^/\"@%]]{16,128}");

    static final String NO_CACHE_SECURITY_GROUPS =
            "Use of cache security groups is not permitted in this API version for your account.";

    private Settings() {}

    static void retention(@Nullable Integer days) {
        if (days != null && (days < 0 || days > LONGEST_RETENTION)) {
            throw AwsError.invalidParameterValue("Invalid SnapshotRetentionLimit value: %d. Must be between 0 and %d."
                    .formatted(days, LONGEST_RETENTION));
        }
    }

    static void port(@Nullable Integer port) {
        if (port != null && (port < LOWEST_PORT || port > HIGHEST_PORT)) {
            throw AwsError.invalidParameterValue(
                    "Invalid port value: %d. Must be between %d and %d.".formatted(port, LOWEST_PORT, HIGHEST_PORT));
        }
    }

    static void topic(@Nullable String arn) {
        if (arn != null && !arn.isEmpty() && !TOPIC.matcher(arn).matches()) {
            throw AwsError.invalidParameterValue("Invalid topic ARN: " + arn);
        }
    }

    /** A token given at create may have fewer special characters than one given later. */
    static void newToken(@Nullable String token) {
        token(NEW_TOKEN, token);
    }

    static void changedToken(@Nullable String token) {
        token(CHANGED_TOKEN, token);
    }

    private static void token(Pattern pattern, @Nullable String token) {
        if (token != null && !pattern.matcher(token).matches()) {
            throw AwsError.invalidParameterValue("Invalid AuthToken provided.");
        }
    }

    static void oneOf(String parameter, @Nullable String value, String... allowed) {
        if (value != null && !Set.of(allowed).contains(value)) {
            throw AwsError.invalidParameterValue("Invalid value for %s: %s".formatted(parameter, value));
        }
    }

    /** No account here has an outpost. */
    static void noOutposts(boolean given) {
        if (given) {
            throw AwsError.invalidParameterValue("The specified outpost does not exist or is not in your account.");
        }
    }

    /**
     * Refuses cache security groups, which are of the network before VPCs.
     *
     * @param inVpc whether a subnet group or EC2 security groups are asked for too
     */
    static void noSecurityGroupNames(List<String> names, boolean inVpc) {
        if (!names.isEmpty()) {
            throw inVpc
                    ? AwsError.invalidParameterCombination(
                            "Use of cache security groups is not permitted along with cache subnet group and/or security group Ids.")
                    : AwsError.invalidParameterValue(NO_CACHE_SECURITY_GROUPS);
        }
    }

    /** Checks windows for their form and that they do not overlap. */
    static void windows(Optional<TimeWindow> maintenance, Optional<TimeWindow> snapshot) {
        if (maintenance.isPresent() && snapshot.isPresent() && snapshot.get().overlaps(maintenance.get())) {
            throw AwsError.invalidParameterCombination("The snapshot window and maintenance window must not overlap.");
        }
    }
}
