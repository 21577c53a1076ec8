package io.cacheoperator.kinds.cachecluster;

import java.util.Optional;

/**
 * Whether anything says that the operator made a security group for a cluster, or is to make one. Where nothing does, it does
 * not look for one: who brings networks by name need not let the operator into EC2 at all.
 */
final class SecurityGroupTrace {

    private SecurityGroupTrace() {}

    static boolean of(CacheCluster cr, OperatorDefaults defaults) {
        return !DesiredClusterFactory.rules(cr.getSpec(), defaults).isEmpty() || recorded(cr);
    }

    private static boolean recorded(CacheCluster cr) {
        Optional<CacheClusterStatus> status = Optional.ofNullable(cr.getStatus());
        boolean group = status.flatMap(s -> Optional.ofNullable(s.resources()))
                .flatMap(resources -> Optional.ofNullable(resources.securityGroupId()))
                .isPresent();
        boolean rules = status.flatMap(s -> Optional.ofNullable(s.applied()))
                .filter(applied -> !applied.ruleIds().isEmpty())
                .isPresent();
        return group || rules;
    }
}
