package io.cacheoperator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the operator's integration tests asked of the API server, by its audit log, beside the rights that the chart gives.
 * {@code make rbac-its} runs it after them.
 */
@EnabledIfSystemProperty(named = "rbac.audit", matches = ".+")
class RbacUseIT {
    private static final String ACCOUNT = "elasticache-operator";

    /** What {@link ImageLayoutIT} shows: there the operator is elected, and takes clusterName from the namespace. */
    private static final Set<String> SHOWN_ELSEWHERE = Set.of(
            "create coordination.k8s.io/leases",
            "get coordination.k8s.io/leases elasticache-operator",
            "patch coordination.k8s.io/leases elasticache-operator",
            "update coordination.k8s.io/leases elasticache-operator",
            "get namespaces kube-system");

    private final AuditLog audit = AuditLog.in(Path.of(System.getProperty("rbac.audit")));
    private final List<String> granted =
            Permission.of(Manifests.parse(Repository.read("deploy/elasticache-operator.yaml")), ACCOUNT).stream()
                    .map(permission -> permission.substring(permission.indexOf(' ') + 1))
                    .toList();

    @Test
    void nothingWasAskedForThatTheChartDoesNotGive() {
        // Right after a role is bound the server does not know of it yet: what is given may be forbidden for a moment.
        assertThat(audit.forbidden()).isSubsetOf(granted);
    }

    @Test
    void everyRightWasUsed() {
        assertThat(audit.permitted())
                .containsAll(granted.stream()
                        .filter(Predicate.not(SHOWN_ELSEWHERE::contains))
                        .toList());
    }
}
