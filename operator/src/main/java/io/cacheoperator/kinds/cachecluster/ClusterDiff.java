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
        Optional<String> global = sight.group().flatMap(ReplicationGroupState::globalReplicationGroupId);
        return compare(sight).stream()
                .filter(row -> !row.same())
                .map(row -> change(sight, row))
                .map(change -> global.isPresent() ? frozen(change) : change)
                .toList();
    }

    /** Every value that can be compared now, whether it differs or not. */
    static List<Compared> compare(Sight sight) {
        List<Compared> rows = new ArrayList<>();
        FieldRows.ALL.forEach(row -> row.compare(sight).ifPresent(rows::add));
        rows.addAll(CollectionRows.compare(sight));
        rows.addAll(ParameterRows.compare(sight));
        rows.addAll(TagRows.compare(sight));
        return rows.stream()
                .map(row -> upgradedByAws(sight, row) ? row.asSame() : row)
                .toList();
    }

    private static Change change(Sight sight, Compared row) {
        return new Change(
                row.field(),
                row.desired(),
                row.actual(),
                row.takes().impact(),
                row.takes().how(),
                sight.origin(row),
                row.given());
    }

    /**
     * AWS goes up by itself within a major version: that is no drift, and no edit of another field makes it one. Only who
     * writes a lower version than before asks for a downgrade.
     */
    private static boolean upgradedByAws(Sight sight, Compared row) {
        return row.field().equals(ShapeRows.ENGINE_VERSION)
                && row.takes().how() == How.FORBIDDEN
                && (sight.first() || sight.origin(row) == Origin.DRIFT)
                && EngineVersion.of(row.desired()).major()
                        == EngineVersion.of(row.actual()).major();
    }

    private static Change frozen(Change change) {
        boolean owned = FieldRows.GLOBAL.stream()
                .anyMatch(
                        field -> change.field().equals(field) || change.field().startsWith(field + "."));
        return owned ? change.as(How.FROZEN, Impact.FORBIDDEN) : change;
    }
}
