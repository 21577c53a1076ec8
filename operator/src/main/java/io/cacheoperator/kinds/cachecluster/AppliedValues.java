package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the operator wrote to AWS and still stands there: what makes it possible to take out in AWS what was taken out of
 * the spec, and to tell an edit from a change made in AWS. An entry stays until AWS has it no longer; where AWS could not be
 * asked, all of them stay.
 */
final class AppliedValues {

    /** Longer values are recorded as a hash. */
    private static final int PLAIN = 64;

    private static final String DELETION_POLICY = "spec.deletionPolicy";

    private final Sight sight;
    private final AppliedStatus before;

    private AppliedValues(Sight sight) {
        this.sight = sight;
        this.before = sight.applied();
    }

    static AppliedStatus of(CacheCluster cr, ClusterInputs in, ExistingCache cache) {
        return new AppliedValues(new Sight(cr, in, cache)).all();
    }

    /** A value as it is recorded. */
    static String recorded(String value) {
        return value.length() <= PLAIN ? value : "sha256:" + hash(value);
    }

    private AppliedStatus all() {
        return new AppliedStatus(
                TagRows.standing(sight),
                CollectionRows.standingRules(sight),
                standing(
                        before.securityGroupIds(),
                        sight.spec().network().securityGroupIds(),
                        sight.speaker().map(AppliedValues::securityGroups)),
                standing(
                        before.parameters(),
                        sight.spec().parameters().keySet(),
                        sight.observed().userParameters().found().map(Map::keySet)),
                values());
    }

    /** What was or should be written, as far as it is there. */
    private static List<String> standing(
            Collection<String> before, Collection<String> wanted, Optional<? extends Collection<String>> actual) {
        return actual.map(there -> {
                    Set<String> all = new TreeSet<>(before);
                    all.addAll(wanted);
                    all.retainAll(new HashSet<>(there));
                    return List.copyOf(all);
                })
                .orElseGet(() -> List.copyOf(before));
    }

    private static List<String> securityGroups(CacheClusterState speaker) {
        return speaker.securityGroups().stream()
                .map(CacheClusterState.SecurityGroupMembership::id)
                .toList();
    }

    /** A value counts from when AWS has it until it is given no longer and AWS has it no longer. */
    private Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        Set<String> known = new HashSet<>();
        if (sight.speaker().isPresent()) {
            for (Compared row : ClusterDiff.compare(sight)) {
                known.add(AppliedStatus.key(row.field()));
                record(row).ifPresent(value -> values.put(AppliedStatus.key(row.field()), value));
            }
        }
        before.values().forEach((key, value) -> {
            if (!known.contains(key) && mayStand(key)) {
                values.put(key, value);
            }
        });
        Optional.ofNullable(sight.spec().deletionPolicy())
                .ifPresent(policy -> values.put(AppliedStatus.key(DELETION_POLICY), policy.name()));
        return values;
    }

    private Optional<String> record(Compared row) {
        if (!row.field().equals(TagHolder.base(row.field()))) {
            return Optional.empty();
        }
        if (row.same() || CollectionRows.differsByOthersOnly(row, sight)) {
            return Optional.of(recorded(row.asked())).filter(value -> row.given() && !value.isEmpty());
        }
        return before.value(row.field());
    }

    /** Whether a value that cannot be compared now may still be what it was. */
    private boolean mayStand(String key) {
        String field = "spec." + key;
        if (field.equals(DELETION_POLICY)) {
            return false;
        }
        if (field.startsWith(TagRows.TAG)) {
            return TagHolder.of(sight).getFirst().actual().isEmpty();
        }
        if (field.startsWith(ParameterRows.PARAMETER)) {
            return sight.observed().userParameters().isUnknown() && ParameterRows.usesOwnGroup(sight);
        }
        return switch (field) {
            case CollectionRows.ALLOW_FROM ->
                !sight.spec().network().allowFrom().isEmpty()
                        || !CollectionRows.standingRules(sight).isEmpty();
            case CollectionRows.SECURITY_GROUPS ->
                !CollectionRows.askedGroups(sight).isEmpty();
            case ParameterRows.PARAMETER_GROUP -> !sight.spec().parameters().isEmpty();
            default ->
                FieldRows.ALL.stream()
                        .filter(row -> row.field().equals(field))
                        .anyMatch(row -> row.desired().apply(sight).isPresent());
        };
    }

    private static String hash(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
