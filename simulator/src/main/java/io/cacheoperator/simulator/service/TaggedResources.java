package io.cacheoperator.simulator.service;

import io.cacheoperator.simulator.world.RegionState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a service shows to the Resource Groups Tagging API. A service that has taggable resources implements it beside {@link AwsService}. */
public interface TaggedResources {
    /** Every resource that is tagged, or that once was (then with no tags), as of an instant. In any order. */
    List<TaggedResource> taggedResources(RegionState region, Instant asOf);

    /**
     * One resource.
     *
     * @param arn  its ARN
     * @param type in the form of ResourceTypeFilters, such as {@code elasticache:replicationgroup}
     * @param tags in order; empty if it lost the tags that it once had
     */
    record TaggedResource(String arn, String type, Map<String, String> tags) {}
}
