package io.cacheoperator.core;

/**
 * Why a call to AWS did not do what was asked, classified by the wire code.
 *
 * @param kind what to do about it
 * @param operation the AWS operation, such as {@code CreateReplicationGroup}
 * @param code AWS's code as on the wire, such as {@code InvalidParameterValue}; for failures that never reached AWS,
 *     the exception's simple name
 * @param message AWS's own words, without secrets and without a stack trace
 */
public record Failure(Kind kind, String operation, String code, String message) {

    /** The closed set of things that can be wrong, each with one way to go on. */
    public enum Kind {
        /** The thing named does not exist. */
        GONE(Retry.SOON),
        /** The name is taken: by an earlier attempt of ours, or by somebody else. */
        EXISTS(Retry.SOON),
        /** The resource is in a state that allows no change now. Not an error. */
        BUSY(Retry.WAIT),
        /** Something else still holds it (a subnet group, parameter group or security group just released). */
        IN_USE(Retry.WAIT),
        /** Too many calls. */
        THROTTLED(Retry.SOON),
        /** 5xx, time-outs, connection trouble: the effect is unknown. */
        UNAVAILABLE(Retry.SOON),
        /** A quota or a lack of capacity: heals without an edit, in minutes or days. */
        QUOTA(Retry.SLOWLY),
        /** The operator's credentials or their policy do not allow it. */
        ACCESS(Retry.SLOWLY),
        /** AWS says that what was asked is wrong: only the user can help. */
        INVALID(Retry.USER),
        /** A code we have not met: tried again slowly, shown with AWS's words. */
        UNCLASSIFIED(Retry.SLOWLY);

        private final Retry retry;

        Kind(Retry retry) {
            this.retry = retry;
        }

        public Retry retry() {
            return retry;
        }
    }

    /** The four ways to go on. */
    public enum Retry {
        /** Seconds, with jittered back-off. */
        SOON,
        /** Minutes, never given up. */
        SLOWLY,
        /** Until the resource has settled. */
        WAIT,
        /** On the next edit, and on a slow timer in case the world changed. */
        USER
    }

    private static final String STOPPING = "Interrupted";

    /** The operator ends before AWS was asked, or before it answered. */
    public static Failure stopping(String operation) {
        return new Failure(Kind.UNAVAILABLE, operation, STOPPING, "the operator is stopping");
    }

    /** Whether only the operator's own end is the cause: no news to anybody. */
    public boolean isStopping() {
        return code.equals(STOPPING);
    }

    public Retry retry() {
        return kind.retry();
    }
}
