package io.cacheoperator.simulator.iam;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides whether a principal may make a call. */
@FunctionalInterface
public interface Authorizer {
    /** Why a call is permitted or not. */
    enum Decision {
        ALLOWED,
        /** No statement allows it. */
        NOT_ALLOWED,
        /** A statement denies it, whatever others allow. */
        DENIED
    }

    /**
     * A resource that a call touches.
     *
     * @param arn  its ARN, or {@code *} where AWS checks none
     * @param tags its tags before the call
     */
    record Resource(String arn, Map<String, String> tags) {
        /** What AWS checks for calls without resources of their own. */
        public static final Resource ANY = new Resource("*", Map.of());
    }

    /**
     * What is to be decided, for one resource; a call that touches several is decided for each.
     *
     * @param action      such as {@code elasticache:CreateReplicationGroup}; another than the call's own where AWS checks more
     *     than one for it
     * @param requestTags the tags that the request carries
     */
    record Question(
            Principal principal, Call call, String action, Resource resource, Map<String, String> requestTags) {}

    /**
     * One thing that a principal must be permitted for a call to be carried out.
     *
     * @param refusal what the service answers if not; empty for the words that are the same for all
     */
    record Check(String action, Resource resource, Optional<AwsError> refusal) {
        public Check(String action, Resource resource) {
            this(action, resource, Optional.empty());
        }
    }

    Decision decide(Question question);

    /** Permits everything. */
    static Authorizer permitAll() {
        return question -> Decision.ALLOWED;
    }

    /** Which resources a call touches, as far as a service knows. Services that check policies per resource implement it. */
    interface ResourcesOfCall {
        /** The resources; empty if AWS checks the call against {@code *} only. */
        List<Resource> resources(Call call, Map<String, Object> request);

        /** What AWS checks besides the call's own action, such as the right to tag what is made with tags. */
        default List<Check> further(Call call, Map<String, Object> request) {
            return List.of();
        }
    }
}
