package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.cacheoperator.core.Condition;
import io.cacheoperator.iam.IamPolicies;
import io.cacheoperator.iam.IamStatement;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An operator that starts with next to no permission, and is given what it asks for on the resource, one action of one statement
 * at a time: that is how each action's absence is seen, that the operator goes on when it has it, and that the full policy holds
 * nothing that nobody needs.
 */
@RequiresApiServer
class IamDiscoveryIT {

    private static final Pattern ALLOW =
            Pattern.compile("(?:on resource: (\\S+) [^;]*)?\\. Allow ([a-z0-9-]+:[A-Za-z]+)");

    /** Nothing waits for these two: {@link IamPolicyIT} shows what is said of them. */
    private static final List<String> GIVEN = List.of("tag:GetResources", "elasticache:DescribeEvents");

    private final List<IamStatement> granted = pieces(true);
    private final List<IamStatement> wanted = pieces(false);
    private final OperatorRole role = new OperatorRole(granted);
    private OperatorHarness operator;

    private static List<IamStatement> pieces(boolean given) {
        return IamPolicies.pieces(IamPolicies.FULL).stream()
                .filter(piece -> GIVEN.containsAll(piece.actions()) == given)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @BeforeEach
    void start(ApiServer server) {
        operator = OperatorHarness.start(server, role, config -> config);
        operator.simulator().elastiCacheKnobs().serviceLinkedRole(false);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void theResourceNamesEachMissingActionUntilThePolicyIsWhole() {
        operator.apply(CacheLives.VALKEY);
        grantUntil("v", IamDiscoveryIT::settled);
        operator.apply(CacheLives.VALKEY_EDITED);
        grantUntil("v", IamDiscoveryIT::settled);
        // An operator that has just begun knows nothing by its own writes: it asks.
        operator.restart();
        operator.apply(CacheLives.VALKEY_EDITED_AGAIN);
        grantUntil("v", IamDiscoveryIT::settled);
        operator.apply(CacheLives.MEMCACHED);
        grantUntil("m", IamDiscoveryIT::settled);
        operator.apply(CacheLives.MEMCACHED_EDITED);
        grantUntil("m", IamDiscoveryIT::settled);
        operator.apply(CacheLives.MEMCACHED_TUNED);
        grantUntil("m", IamDiscoveryIT::waitsForAReboot);
        operator.delete("m");
        grantUntil("m", Optional::isEmpty);
        operator.delete("v");
        grantUntil("v", Optional::isEmpty);

        assertThat(wanted).as("what the policy holds and nothing asked for").isEmpty();
        assertThat(operator.account().everything()).singleElement().asString().startsWith("snapshot ");
    }

    private static boolean settled(Optional<CacheCluster> cluster) {
        return cluster.filter(c -> c.getStatus() != null)
                .filter(c -> Stream.of("Ready", "Synced")
                        .allMatch(type -> c.getStatus()
                                .condition(type)
                                .filter(condition -> condition.status() == Condition.Status.TRUE
                                        && c.getMetadata().getGeneration().equals(condition.observedGeneration()))
                                .isPresent()))
                .isPresent();
    }

    private static boolean waitsForAReboot(Optional<CacheCluster> cluster) {
        return cluster.flatMap(c -> c.getStatus().condition("Synced"))
                .filter(synced -> synced.reason().equals("UnsupportedChange")
                        && synced.message().contains("reboot"))
                .isPresent();
    }

    private void grantUntil(String name, Predicate<Optional<CacheCluster>> done) {
        while (!done.test(operator.cluster(name))) {
            operator.awaitAws(
                    name,
                    "it is done, or the resource names an action that it has not asked for before",
                    () -> done.test(operator.cluster(name)) || missing(name).isPresent());
            missing(name).ifPresent(this::grant);
        }
    }

    private void grant(IamStatement piece) {
        wanted.remove(piece);
        granted.add(piece);
        role.holds(granted);
    }

    /** What the conditions name and the operator has not been given. */
    private Optional<IamStatement> missing(String name) {
        return operator.cluster(name).filter(c -> c.getStatus() != null).stream()
                .flatMap(c -> c.getStatus().conditions().stream())
                .map(condition -> ALLOW.matcher(condition.message()))
                .flatMap(Matcher::results)
                .flatMap(named -> piece(
                        named.group(2), Optional.ofNullable(named.group(1)).orElse("*"))
                        .stream())
                .findFirst();
    }

    /** The piece that is still wanted for this action on this resource. */
    private Optional<IamStatement> piece(String action, String resource) {
        return wanted.stream()
                .filter(piece -> piece.actions().equals(List.of(action)))
                .filter(piece -> resource.equals("*")
                        || piece.resources().stream()
                                .anyMatch(pattern ->
                                        Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), resource)))
                .findFirst();
    }
}
