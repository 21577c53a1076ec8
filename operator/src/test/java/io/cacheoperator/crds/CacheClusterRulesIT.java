package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule and bound of CacheCluster on a real API server: one spec that it takes, one that it refuses, and its words. */
@RequiresApiServer
class CacheClusterRulesIT {

    private static InstalledCrd crd;

    @BeforeAll
    static void install(ApiServer server) throws IOException {
        crd = InstalledCrd.on(server);
    }

    @AfterAll
    static void close() {
        if (crd != null) {
            crd.close();
        }
    }

    static Stream<RuleCase> rules() {
        return RuleCases.all().stream();
    }

    static Stream<RuleCase> bounds() {
        return BoundCases.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"rules", "bounds"})
    void acceptsWhatKeepsTheRule(RuleCase c) {
        assertThat(crd.whyNotCreate(crd.cluster("sessions", c.acceptedSpec()))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void rejectsWhatBreaksTheRule(RuleCase c) {
        List<StatusCause> causes = crd.whyNotCreate(crd.cluster("sessions", c.rejectedSpec()));
        assertThat(causes).extracting(StatusCause::getField).containsExactly(c.field());
        assertThat(causes.getFirst().getMessage()).endsWith(": " + c.message());
    }

    /** Schema errors come first and hide the rules, which one further cause without a field says. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bounds")
    void rejectsWhatIsOutOfBounds(RuleCase c) {
        List<StatusCause> causes = crd.whyNotCreate(crd.cluster("sessions", c.rejectedSpec()));
        assertThat(causes.getFirst().getField()).isEqualTo(c.field());
        assertThat(causes.getFirst().getMessage()).endsWith(c.message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "nodeType"})
    void rejectsASpecWithout(String field) {
        var spec = RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}");
        spec.remove(field);
        StatusCause cause = crd.whyNotCreate(crd.cluster("sessions", spec)).getFirst();
        assertThat(cause.getField()).isEqualTo("spec." + field);
        assertThat(cause.getMessage()).isEqualTo("Required value");
    }

    @Test
    void rejectsAnObjectWithoutSpec() {
        var cluster = crd.cluster("sessions", Map.of());
        cluster.getAdditionalProperties().clear();
        StatusCause cause = crd.whyNotCreate(cluster).getFirst();
        assertThat(cause.getField()).isEqualTo("spec");
        assertThat(cause.getMessage()).isEqualTo("Required value");
    }

    @Test
    void rejectsANameThatLeavesNoRoomForItsSecrets() {
        var spec = RuleCase.fields("{engine: valkey, nodeType: cache.t4g.small}");
        assertThat(crd.whyNotCreate(crd.cluster("n".repeat(242), spec))).isEmpty();
        assertThat(crd.whyNotCreate(crd.cluster("n".repeat(243), spec)))
                .extracting(StatusCause::getMessage)
                .singleElement()
                .asString()
                .endsWith(
                        ": `metadata.name` is at most 242 characters long, for Secrets are named after it: shorten it");
    }
}
