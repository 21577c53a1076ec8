package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Optional;

/**
 * The AUTH tokens that a cache's nodes accept. No text form shows one.
 *
 * @param accepted at most two, the newest last
 * @param open     whether clients without a token are let in too
 * @param rotated  whether the newest came with ROTATE and was not yet set
 */
record AuthTokens(List<String> accepted, boolean open, boolean rotated) {
    static final AuthTokens NONE = new AuthTokens(List.of(), true, false);

    AuthTokens {
        accepted = List.copyOf(accepted);
    }

    static AuthTokens only(String token) {
        return new AuthTokens(List.of(token), false, false);
    }

    /** Accepts one more token; of two, the older one goes. */
    AuthTokens rotate(String token) {
        Optional<String> kept = newest().filter(newest -> !newest.equals(token));
        return new AuthTokens(kept.map(old -> List.of(old, token)).orElseGet(() -> List.of(token)), open, true);
    }

    Optional<String> newest() {
        return accepted.isEmpty() ? Optional.empty() : Optional.of(accepted.getLast());
    }

    boolean enabled() {
        return !accepted.isEmpty();
    }

    /** Whether SET may be asked for this token: only for the last one rotated. */
    boolean maySet(String token) {
        return rotated && newest().filter(token::equals).isPresent();
    }

    @Override
    public String toString() {
        return "AuthTokens[" + accepted.size() + " accepted, open=" + open + ", rotated=" + rotated + "]";
    }
}
