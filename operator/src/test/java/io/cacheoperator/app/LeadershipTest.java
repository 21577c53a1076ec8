package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.app.OperatorConfig.LeaderElection;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LeadershipTest {

    private final List<String> heard = new ArrayList<>();

    private Leadership leadership(boolean elected) {
        return new Leadership(
                new LeaderElection(elected, "lease", Optional.of("here")),
                () -> heard.add("leads"),
                () -> heard.add("lost"));
    }

    private static LeaderCallbacks callbacks(Leadership leadership) {
        return leadership
                .configuration()
                .flatMap(LeaderElectionConfiguration::getLeaderCallbacks)
                .orElseThrow();
    }

    @Test
    void leadsAtOnceWithoutElection() {
        Leadership alone = leadership(false);
        assertThat(alone.configuration()).isEmpty();
        alone.begin();
        assertThat(heard).containsExactly("leads");
        assertThat(alone.leading()).isTrue();
    }

    @Test
    void waitsForTheLeaseWithElection() {
        Leadership one = leadership(true);
        one.begin();
        assertThat(heard).isEmpty();
        callbacks(one).onStartLeading();
        assertThat(heard).containsExactly("leads");
    }

    @Test
    void losingTheLeaseEndsTheProcess() {
        Leadership one = leadership(true);
        callbacks(one).onStartLeading();
        callbacks(one).onStopLeading();
        assertThat(heard).containsExactly("leads", "lost");
    }

    @Test
    void givingTheLeaseUpOnPurposeEndsNothing() {
        Leadership one = leadership(true);
        callbacks(one).onStartLeading();
        one.stopping();
        callbacks(one).onStopLeading();
        assertThat(heard).containsExactly("leads");
    }

    @Test
    void josdkItselfNeverExits() {
        assertThat(leadership(true).configuration().orElseThrow().isExitOnStopLeading())
                .as("an exit from a shutdown hook never returns")
                .isFalse();
    }
}
