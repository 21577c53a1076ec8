package io.cacheoperator.simulator.iam;

import io.cacheoperator.simulator.service.Call;
import java.util.List;
import java.util.Map;

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
     * @param action      such as {@code elasticache:CreateReplicationGroup}
     * @param requestTags the tags that the request carries
     */
    record Question(
            Principal principal, Call call, String action, Resource resource, Map<String, String> requestTags) {}

    Decision decide(Question question);

    /** Permits everything. */
    static Authorizer permitAll() {
        return question -> Decision.ALLOWED;
    }

    /** Which resources a call touches, as far as a service knows. Services that check policies per resource implement it. */
    interface ResourcesOfCall {
        /** The resources; empty if AWS checks the call against {@code *} only. */
        List<Resource> resources(Call call, Map<String, Object> request);
    }
}
