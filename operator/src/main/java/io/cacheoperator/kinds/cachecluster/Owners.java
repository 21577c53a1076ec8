package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Ownership;
import java.util.Map;

/** Reads ownership from tags. */
final class Owners {

    private Owners() {}

    /** Whose a thing with these tags is. An answer of a bulk read is a hint only: the caller knows which it asked. */
    static Ownership of(Fact<Map<String, String>> tags, String ours) {
        return switch (tags.answer()) {
            case Observation.Unknown<Map<String, String>>(String why) -> new Ownership.OwnerUnknown(why);
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
}
