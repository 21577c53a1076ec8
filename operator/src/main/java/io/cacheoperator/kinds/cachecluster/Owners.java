package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Problem;
import java.util.Map;

/** Reads ownership from tags. */
final class Owners {

    private Owners() {}

    /** Whose a thing is, where that must be proof: a bulk answer lags and remembers removed tags, so it is none. */
    static Ownership proven(Fact<Map<String, String>> tags, String ours) {
        return tags.answer() instanceof Observation.Present<Map<String, String>> present
                        && present.source() == Observation.Source.BULK
                ? new Ownership.OwnerUnknown("only a bulk read has shown its tags")
                : hinted(tags, ours);
    }

    /** Whose a thing seems to be: enough to show, never enough to write. */
    static Ownership hinted(Fact<Map<String, String>> tags, String ours) {
        return switch (tags.answer()) {
            case Observation.Unknown<Map<String, String>> unknown -> new Ownership.OwnerUnknown(unknown.why());
            case Observation.Absent<Map<String, String>> absent -> new Ownership.OwnerUnknown("it has no tags to read");
            case Observation.Present<Map<String, String>> present -> of(present.state(), ours);
        };
    }

    static Ownership of(Map<String, String> tags, String ours) {
        String owner = tags.get(Owner.TAG);
        if (owner == null) {
            return new Ownership.Nobody();
        }
        return owner.equals(ours) ? new Ownership.Ours() : new Ownership.Foreign(owner);
    }

    static boolean areOurs(Map<String, String> tags, String ours) {
        return of(tags, ours) instanceof Ownership.Ours;
    }

    /** What to tell the user of a thing that is not ours. */
    static Problem notOurs(Ownership ownership, String what) {
        return ownership instanceof Ownership.Foreign(String owner)
                ? Problem.userMustAct(
                        ClusterReason.ForeignOwner, "spec.id", what + " belongs to " + owner + " and is left as it is")
                : Problem.userMustAct(
                        ClusterReason.NotOwned,
                        "spec.id",
                        what + " exists and carries no tag " + Owner.TAG + ": it is left as it is");
    }
}
