package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AwsRegions;
import io.cacheoperator.aws.Ec2Port;
import io.cacheoperator.aws.ElastiCachePort;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.core.Failure;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import io.cacheoperator.core.Sightings;
import io.cacheoperator.core.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every write to AWS for one cluster shares: the ports of its region, the proof of ownership beforehand, and what
 * the view learns afterwards.
 *
 * @param owner whose resources may be touched
 */
record AwsWrites(AwsRegions regions, String region, Owner owner, View view, Sightings sightings) {

    ElastiCachePort elastiCache() {
        return regions.elastiCache(region);
    }

    Ec2Port ec2() {
        return regions.ec2(region);
    }

    /** Sends a call on something that exists in ElastiCache, if its tags are proven to name the owner. */
    Outcome ifOwned(Optional<String> arn, String target, String ownerTag, Supplier<Outcome> call) {
        Ownership ownership = arn.map(a -> byTags(view.get(new Queries.Tags(region, a)), ownerTag))
                .orElseGet(() -> new Ownership.OwnerUnknown("it has not been observed"));
        return ownership instanceof Ownership.Ours ? call.get() : new Outcome.Refused(ownership, target);
    }

    /** What a list call says of tags lags and remembers: only the live tags and our own writes prove anything. */
    private static Ownership byTags(Observation<Map<String, String>> tags, String ownerTag) {
        return switch (tags) {
            case Observation.Present<Map<String, String>> present
            when present.source() != Observation.Source.BULK -> Owners.of(present.state(), ownerTag);
            case Observation.Present<Map<String, String>> hint ->
                new Ownership.OwnerUnknown("only a list call told its tags");
            case Observation.Absent<Map<String, String>> absent -> new Ownership.OwnerUnknown("its tags are gone");
            case Observation.Unknown<Map<String, String>> unknown -> new Ownership.OwnerUnknown(unknown.why());
        };
    }

    /**
     * Turns a call's result into an outcome.
     *
     * @param seen told of the result
     * @param touched what must be looked at anew where the effect of a failed call is not certain
     */
    <T> Outcome settle(Result<T> result, Consumer<T> seen, Query<?>... touched) {
        return switch (result) {
            case Result.Ok<T>(T value) -> {
                seen.accept(value);
                yield new Outcome.Done();
            }
            case Result.Failed<T>(Failure failure) -> {
                if (leavesDoubt(failure)) {
                    List.of(touched).forEach(sightings::stale);
                }
                yield new Outcome.Failed(failure);
            }
        };
    }

    /** As {@link #settle}, for a delete: that it is gone already is as good as done. */
    <T> Outcome settleDelete(Result<T> result, Consumer<T> seen, Query<?> deleted, Query<?>... touched) {
        if (result.error().map(failure -> failure.kind() == Failure.Kind.GONE).orElse(false)) {
            sightings.absent(deleted);
            return new Outcome.Done();
        }
        Outcome outcome = settle(result, seen, touched);
        if (outcome instanceof Outcome.Failed(Failure failure) && leavesDoubt(failure)) {
            sightings.stale(deleted);
        }
        return outcome;
    }

    /** "Already exists" may be our own call whose answer was lost: the next plan reads it and proves whose it is. */
    private static boolean leavesDoubt(Failure failure) {
        return switch (failure.kind()) {
            case EXISTS, GONE, BUSY, IN_USE, UNAVAILABLE, UNCLASSIFIED -> true;
            case THROTTLED, QUOTA, ACCESS, INVALID -> false;
        };
    }
}
