package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.Change.Origin;
import java.util.Objects;
import java.util.Optional;

/** A running cache beside its spec: what a comparison looks at. */
record Sight(CacheCluster cr, ClusterInputs in, ExistingCache cache) {

    CacheClusterSpec spec() {
        return cr.getSpec();
    }

    ObservedCluster observed() {
        return in.observed();
    }

    Optional<ReplicationGroupState> group() {
        return cache.group();
    }

    Optional<CacheClusterState> speaker() {
        return cache.speaker();
    }

    /** What we wrote earlier: what makes it possible to take out what is no longer in the spec. */
    AppliedStatus applied() {
        return recorded().orElse(AppliedStatus.NOTHING);
    }

    private Optional<AppliedStatus> recorded() {
        return Optional.ofNullable(cr.getStatus()).flatMap(status -> Optional.ofNullable(status.applied()));
    }

    /** Whether nothing was recorded of this cache ever: a resource that was made again for a cache that was there. */
    boolean first() {
        return recorded().isEmpty();
    }

    /** Whether this very spec was fully applied before. */
    boolean settled() {
        return synced().map(Condition::status).equals(Optional.of(Condition.Status.TRUE));
    }

    /** Whether all that can be done about this very spec was done: what was not read for it since need not be read now. */
    boolean lookedAt() {
        return settled() || synced().map(Condition::reason).equals(Optional.of(ClusterReason.UnsupportedChange.name()));
    }

    private Optional<Condition> synced() {
        return Optional.ofNullable(cr.getStatus())
                .filter(status -> Objects.equals(
                        status.observedGeneration(), cr.getMetadata().getGeneration()))
                .flatMap(status -> status.condition("Synced"));
    }

    /**
     * Whose doing a difference is. A value that AWS had before was changed there; one that it never had is an edit, and so is
     * the removal of what the spec gave. What was reported as drift stays drift.
     */
    Origin origin(Compared row) {
        Optional<String> before = applied().value(TagHolder.base(row.field()));
        boolean drift = reported(row)
                || CollectionRows.differsByOthersOnly(row, this)
                || (row.given()
                        ? before.map(AppliedValues.recorded(row.asked())::equals)
                                .orElseGet(this::settled)
                        : before.isEmpty() && !wasApplied(row));
        return drift ? Origin.DRIFT : Origin.EDIT;
    }

    private boolean reported(Compared row) {
        return Optional.ofNullable(cr.getStatus()).stream()
                .flatMap(status -> status.drift().stream())
                .anyMatch(entry -> row.field().equals(entry.field())
                        && row.desired().equals(Objects.requireNonNullElse(entry.desired(), "")));
    }

    /** As an entry of a collection that the spec gave. */
    private boolean wasApplied(Compared row) {
        String field = TagHolder.base(row.field());
        return switch (field) {
            case CollectionRows.ALLOW_FROM -> !applied().ruleIds().isEmpty();
            case CollectionRows.SECURITY_GROUPS -> !applied().securityGroupIds().isEmpty();
            default ->
                field.startsWith(TagRows.TAG)
                        ? applied().tagKeys().contains(field.substring(TagRows.TAG.length()))
                        : field.startsWith(ParameterRows.PARAMETER)
                                && applied().parameters().contains(field.substring(ParameterRows.PARAMETER.length()));
        };
    }

    boolean corrects() {
        return spec().driftPolicy() != DriftPolicy.REPORT;
    }

    /** AWS's cluster mode, or empty for memcached. */
    Optional<String> clusterMode() {
        return group().map(ReplicationGroupState::clusterMode);
    }

    /** The mode to which the operator's parameter group must fit. */
    boolean clustered() {
        return clusterMode().filter(mode -> !mode.equals("disabled")).isPresent();
    }
}
