package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.kinds.cachecluster.NetworkSpec.AllowFrom;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.SubnetSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the chart's {@code defaults:} say for fields that a spec leaves out. They decide when a cache is made; a cache
 * that runs follows what AWS has, so that an edit of the chart changes no running cache.
 */
public record OperatorDefaults(
        List<String> subnetIds,
        Optional<SubnetSelector> subnetSelector,
        List<AllowFrom> allowFrom,
        Map<String, String> tags,
        Optional<String> kmsKeyId,
        Optional<DeletionPolicy> deletionPolicy) {

    /** No default at all. */
    public static final OperatorDefaults NONE =
            new OperatorDefaults(List.of(), Optional.empty(), List.of(), Map.of(), Optional.empty(), Optional.empty());

    public OperatorDefaults {
        subnetIds = List.copyOf(subnetIds);
        allowFrom = List.copyOf(allowFrom);
        tags = Map.copyOf(tags);
    }
}
