package io.cacheoperator.app;

import io.cacheoperator.core.Kind;
import io.cacheoperator.core.KindReconciler;
import io.cacheoperator.core.WakeFilter;
import io.cacheoperator.kinds.cachecluster.CacheClusterKind;
import io.cacheoperator.kinds.cachecluster.ClusterSettings;
import io.cacheoperator.observe.SnapshotEventSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The kinds that this operator knows. A new one is one line in {@link #register}. */
final class Kinds {

    static final String FIELD_MANAGER = "elasticache-operator";

    /** A look at what is known already, in case an event was lost. Costs no call. */
    private static final Duration AT_LATEST = Duration.ofMinutes(30);

    private final Operator operator;
    private final OperatorConfig config;
    private final Wiring wiring;

    Kinds(Operator operator, OperatorConfig config, Wiring wiring) {
        this.operator = operator;
        this.config = config;
        this.wiring = wiring;
    }

    CacheClusterKind register(ClusterSettings settings) {
        CacheClusterKind clusters = new CacheClusterKind(
                settings,
                wiring.client(),
                wiring.regions(),
                wiring.poller()::view,
                wiring.poller(),
                wiring.reachable(),
                wiring.tempo());
        register(clusters, clusters::eventSources);
        return clusters;
    }

    private <P extends HasMetadata, I, A> void register(
            Kind<P, I, A> kind, Function<EventSourceContext<P>, List<EventSource<?, P>>> own) {
        SnapshotEventSource<P> snapshots = wiring.snapshots(kind);
        KindReconciler<P, I, A> reconciler = new KindReconciler<>(
                kind,
                wiring.poller(),
                wiring.ledger(),
                wiring.passes().and(snapshots),
                wiring.steps(),
                wiring.running(),
                wiring.tempo(),
                context -> {
                    List<EventSource<?, P>> all = new ArrayList<>(own.apply(context));
                    all.add(snapshots);
                    return all;
                });
        operator.register(reconciler, configuration(kind));
    }

    private <P extends HasMetadata> ControllerConfiguration<P> configuration(Kind<P, ?, ?> kind) {
        ControllerConfigurationOverrider<P> overrider = ControllerConfigurationOverrider.override(
                        new KindConfiguration<>(kind, operator.getConfigurationService()))
                .withFinalizer(kind.finalizer())
                .withFieldManager(FIELD_MANAGER)
                .withGenerationAware(false)
                .withOnUpdateFilter(new WakeFilter<>(kind.finalizer()))
                .withRetry(kubernetesRetry())
                .withReconciliationMaxInterval(AT_LATEST);
        if (config.watchNamespaces().isEmpty()) {
            overrider.watchingAllNamespaces();
        } else {
            overrider.settingNamespaces(Set.copyOf(config.watchNamespaces()));
        }
        return overrider.build();
    }

    /** The Kubernetes API is away: tried for ever, for a limit would leave a resource stuck until somebody touches it. */
    private static GenericRetry kubernetesRetry() {
        return new GenericRetry()
                .setInitialInterval(500)
                .setIntervalMultiplier(2)
                .setMaxInterval(30_000)
                .withoutMaxAttempts();
    }
}
