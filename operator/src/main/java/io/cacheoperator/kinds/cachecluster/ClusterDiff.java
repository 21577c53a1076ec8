package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.kinds.cachecluster.Change.How;
import io.cacheoperator.kinds.cachecluster.Change.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What differs between the spec and a running cache. A field that the spec does not give follows AWS. */
public final class ClusterDiff {

    private ClusterDiff() {}

    /** Everything that differs, in the order of the spec's fields; empty while no member of the cache is known. */
    public static List<Change> of(CacheCluster cr, ClusterInputs in, ExistingCache cache) {
        return cache.speaker().isEmpty() ? List.of() : of(new Sight(cr, in, cache));
    }

    /** What somebody changed in AWS, for the status. */
    public static List<DriftEntry> drift(CacheCluster cr, ClusterInputs in, ExistingCache cache) {
        return of(cr, in, cache).stream()
                .filter(change -> change.origin() == Origin.DRIFT)
                .map(change -> new DriftEntry(change.field(), change.desired(), change.actual()))
                .toList();
    }

    static List<Change> of(Sight sight) {
        List<Change> changes = new ArrayList<>();
        FieldRows.ALL.forEach(row -> row.compare(sight).ifPresent(changes::add));
        changes.addAll(CollectionRows.compare(sight));
        changes.removeIf(change -> upgradedByAws(sight, change));
        Optional<String> global = sight.group().flatMap(ReplicationGroupState::globalReplicationGroupId);
        return global.isPresent() ? changes.stream().map(ClusterDiff::frozen).toList() : List.copyOf(changes);
    }

    /** With automatic minor upgrades AWS goes up by itself within a major version: that is no drift. */
    private static boolean upgradedByAws(Sight sight, Change change) {
        return change.field().equals(FieldRows.ENGINE_VERSION)
                && change.origin() == Origin.DRIFT
                && change.how() == How.FORBIDDEN
                && EngineVersion.of(change.desired()).major()
                        == EngineVersion.of(change.actual()).major();
    }

    private static Change frozen(Change change) {
        boolean owned = FieldRows.GLOBAL.stream()
                .anyMatch(
                        field -> change.field().equals(field) || change.field().startsWith(field + "."));
        return owned
                ? new Change(
                        change.field(),
                        change.desired(),
                        change.actual(),
                        Impact.FORBIDDEN,
                        How.FROZEN,
                        change.origin())
                : change;
    }
}
