package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AccessHints;
import io.cacheoperator.core.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which field of the spec an error of AWS is about. AWS names its own parameters in prose; codes and the words of its
 * messages are in aws-behaviour.md, sections 1.1 and 2.3.
 */
final class FieldHints {

    private record Hint(Predicate<String> code, List<String> words, String field) {}

    private static final List<Hint> HINTS = List.of(
            code("CacheSubnetGroupNotFoundFault", "spec.network.subnetGroupName"),
            code("InvalidSubnet", "spec.network.subnetIds"),
            words("spec.network.subnetIds", "subnet-", "input subnets"),
            words("spec.network.securityGroupIds", "security group", "sg-"),
            words("spec.network.allowFrom", "cidr", "prefix list", "permission"),
            code("CacheParameterGroupNotFound", "spec.parameterGroupName"),
            code("InsufficientCacheClusterCapacity", "spec.nodeType"),
            words("spec.nodeType", "node type", "nodetype", "instance type"),
            words("spec.engineVersion", "engine version", "engineversion", "version"),
            words("spec.parameters", "parameter group", "parameter value", "cacheparameter"),
            code("InvalidKMSKeyFault", "spec.encryption.kmsKeyId"),
            words("spec.encryption.kmsKeyId", "kms"),
            words("spec.auth", "auth token", "authtoken"),
            words("spec.maintenance.notificationTopicArn", "topic", "sns"),
            words("spec.maintenance.window", "maintenance window"),
            words("spec.snapshots.window", "snapshot window"),
            words("spec.snapshots.retentionDays", "retention"),
            words("spec.availabilityZones", "availability zone"),
            words("spec.replicasPerShard", "replica"),
            words("spec.shards", "node group", "shard"),
            words("spec.tags", "tag"));

    private FieldHints() {}

    private static Hint code(String code, String field) {
        return new Hint(code::equals, List.of(), field);
    }

    private static Hint words(String field, String... words) {
        return new Hint(code -> false, List.of(words), field);
    }

    /** The field to change; empty where no edit helps, or where nothing tells. */
    static Optional<String> field(Failure failure) {
        boolean mended = switch (failure.retry()) {
            case USER -> true;
            case SLOWLY -> failure.kind() == Failure.Kind.QUOTA;
            case SOON, WAIT -> false;
        };
        if (!mended) {
            return Optional.empty();
        }
        String message = failure.message().toLowerCase(Locale.ROOT);
        return HINTS.stream()
                .filter(hint -> hint.code().test(failure.code())
                        || hint.words().stream().anyMatch(message::contains))
                .map(Hint::field)
                .findFirst();
    }

    /** AWS's words and its code. */
    static String words(Failure failure) {
        return failure.operation() + ": " + failure.message() + " (" + failure.code() + ")";
    }

    /** What people read: AWS's words, its code, and what to change: a field, or the operator's permissions. */
    static String message(Failure failure) {
        return words(failure)
                + field(failure)
                        .map(field -> ". Change " + field)
                        .or(() -> AccessHints.of(failure).map(hint -> ". " + hint))
                        .orElse("");
    }
}
