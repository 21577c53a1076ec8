package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.kinds.cachecluster.NetworkSpec.SubnetSelector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where a cluster's subnets come from, where no subnet group is given: the spec, else the operator's defaults. */
sealed interface SubnetSource {

    record Ids(Set<String> ids) implements SubnetSource {}

    record Selector(SubnetSelector selector) implements SubnetSource {}

    static Optional<SubnetSource> of(CacheClusterSpec spec, OperatorDefaults defaults) {
        NetworkSpec network = spec.network();
        SubnetSelector selector = network.subnetSelector();
        if (network.subnetGroupName() != null) {
            return Optional.empty();
        }
        if (!network.subnetIds().isEmpty()) {
            return Optional.of(ids(network.subnetIds()));
        }
        if (selector != null) {
            return Optional.of(new Selector(selector));
        }
        if (!defaults.subnetIds().isEmpty()) {
            return Optional.of(ids(defaults.subnetIds()));
        }
        return defaults.subnetSelector().map(Selector::new);
    }

    private static SubnetSource ids(List<String> ids) {
        return new Ids(Set.copyOf(new TreeSet<>(ids)));
    }
}
