package io.cacheoperator.app;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who of several operators works. JOSDK as it comes goes on reconciling after the lease is lost, and its own exit from a
 * shutdown hook never returns; so a lost lease halts the process here, unless it is being stopped anyway.
 */
final class Leadership {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private final OperatorConfig.LeaderElection config;
    private final Runnable onStart;
    private final Runnable onLoss;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicBoolean leading = new AtomicBoolean();

    /**
     * @param onStart called when this operator becomes the leader; at once where there is no election
     * @param onLoss called when the lease is lost: must end the process at once
     */
    Leadership(OperatorConfig.LeaderElection config, Runnable onStart, Runnable onLoss) {
        this.config = config;
        this.onStart = onStart;
        this.onLoss = onLoss;
    }

    /** What JOSDK must be told; empty where there is no election. */
    Optional<LeaderElectionConfiguration> configuration() {
        if (!config.enabled()) {
            return Optional.empty();
        }
        LeaderElectionConfigurationBuilder builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                        config.leaseName())
                .withLeaderCallbacks(new LeaderCallbacks(this::started, this::stopped, this::elected));
        config.leaseNamespace().ifPresent(builder::withLeaseNamespace);
        return Optional.of(builder.build());
    }

    /** To be called once everything is set up: without an election this operator leads from now on. */
    void begin() {
        if (!config.enabled()) {
            started();
        }
    }

    boolean leading() {
        return leading.get();
    }

    /** The lease is given up on purpose from now on. */
    void stopping() {
        stopping.set(true);
    }

    private void started() {
        if (leading.compareAndSet(false, true)) {
            onStart.run();
        }
    }

    private void elected(String identity) {
        LOG.info("Leader is {}", identity);
    }

    private void stopped() {
        if (stopping.get()) {
            return;
        }
        LOG.error("The lease {} is lost: this process ends, another one goes on", config.leaseName());
        onLoss.run();
    }
}
