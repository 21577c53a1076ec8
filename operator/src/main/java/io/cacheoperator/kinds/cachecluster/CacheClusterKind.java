package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AwsRegions;
import io.cacheoperator.core.Kind;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Sightings;
import io.cacheoperator.core.Tempo;
import io.cacheoperator.core.View;
import io.cacheoperator.k8s.CrdWatch;
import io.cacheoperator.k8s.RivalSource;
import io.cacheoperator.k8s.SecretIndex;
import io.cacheoperator.k8s.WakeSource;
import io.cacheoperator.probe.CacheKey;
import io.cacheoperator.probe.ProbeSource;
import io.cacheoperator.probe.ProbeTarget;
import io.cacheoperator.probe.Reachabilities;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings the kind CacheCluster to the reconciler: gathers inputs and hands them on. Decides nothing itself. */
public final class CacheClusterKind implements Kind<CacheCluster, ClusterInputs, ClusterAction>, ProbeSource {

    private static final String BY_AWS_ID = "awsId";

    private final ClusterSettings settings;
    private final Supplier<View> view;
    private final CrdWatch crds;
    private final SecretIndex<CacheCluster> secretIndex;
    private final ClusterSecrets secrets;
    private final SentCreates creates;
    private final ClusterActions actions;
    private final AttemptLog attempts = new AttemptLog();
    private final InstantSource clock;
    private final InstantSource wall;
    private final Reachabilities reachable;
    private final WakeSource<CacheCluster> probes = new WakeSource<>("probes");
    private final TokenSource tokens = new TokenSource(new SecureRandom());
    private volatile @Nullable IndexerResourceCache<CacheCluster> clusters;

    /**
     * @param view what is known of AWS at the moment it is asked
     * @param reachable what the probes say
     */
    public CacheClusterKind(
            ClusterSettings settings,
            KubernetesClient client,
            AwsRegions regions,
            Supplier<View> view,
            Sightings sightings,
            Reachabilities reachable,
            Tempo tempo) {
        this.settings = settings;
        this.view = view;
        this.reachable = reachable;
        this.clock = tempo.steady();
        this.wall = tempo.wall();
        this.crds = new CrdWatch(client, CacheCluster.PLURAL + "." + CacheCluster.GROUP);
        this.secretIndex = new SecretIndex<>(client, tempo.steady(), cr -> ClusterSecrets.names(cr, settings));
        this.secrets = new ClusterSecrets(secretIndex, name());
        this.creates = new SentCreates(tempo.steady());
        this.actions = new ClusterActions(regions, view, sightings, secrets, creates);
    }

    @Override
    public Class<CacheCluster> type() {
        return CacheCluster.class;
    }

    @Override
    public String name() {
        return "cachecluster";
    }

    @Override
    public String finalizer() {
        return "cacheoperator.io/cachecluster";
    }

    /** What wakes clusters besides themselves and AWS. Called once, before the controller starts. */
    public List<EventSource<?, CacheCluster>> eventSources(EventSourceContext<CacheCluster> context) {
        context.getPrimaryCache().addIndexers(Map.of(BY_AWS_ID, cr -> List.of(awsId(cr))));
        clusters = context.getPrimaryCache();
        return List.of(
                secretIndex.eventSource(context),
                probes,
                new RivalSource<>("rivals", BY_AWS_ID, CacheClusterKind.this::awsId, context.getPrimaryCache()));
    }

    /** The probes say something else of this cluster than before. */
    public void probed(CacheKey cache) {
        probes.wake(cache.namespace(), cache.name());
    }

    /** Every cluster that is watched. Empty until the controller starts. */
    public Stream<CacheCluster> all() {
        IndexerResourceCache<CacheCluster> cache = clusters;
        return cache == null ? Stream.empty() : cache.list();
    }

    @Override
    public Set<CacheKey> caches() {
        return all().map(CacheClusterKind::key).collect(Collectors.toSet());
    }

    @Override
    public Optional<ProbeTarget> target(CacheKey key) {
        IndexerResourceCache<CacheCluster> cache = clusters;
        return Optional.ofNullable(cache)
                .flatMap(c -> c.get(new ResourceID(key.name(), key.namespace())))
                .filter(ProbeTargets::wanted)
                .flatMap(cr -> secrets.connection(
                                cr, ClusterNames.of(ClusterObserver.owner(cr, settings), cr.getSpec()))
                        .found()
                        .filter(ConnectionSecretState::ours)
                        .flatMap(secret -> ProbeTargets.of(key, cr.getStatus(), secret)));
    }

    private static CacheKey key(CacheCluster cr) {
        return new CacheKey(cr.getMetadata().getNamespace(), cr.getMetadata().getName());
    }

    @Override
    public Set<Query<?>> interests(CacheCluster cr) {
        return ClusterObserver.interests(cr, settings, view.get());
    }

    @Override
    public ClusterInputs inputs(CacheCluster cr, View known) {
        ObservedCluster observed = ClusterObserver.observe(cr, settings, known);
        return new ClusterInputs(
                settings,
                observed.names().owner(),
                observed,
                secrets.token(cr, observed.names()),
                secrets.keptToken(cr, observed.names()),
                secrets.connection(cr, observed.names()),
                secrets.left(cr, observed.names()),
                tokens.get(),
                claimedBy(cr),
                crds.terminatingWhenDeleted(cr),
                reachable.of(key(cr)),
                creates.latest(cr.getMetadata().getUid()),
                attempts.of(cr),
                wall.instant());
    }

    @Override
    public Plan<ClusterAction> plan(CacheCluster cr, ClusterInputs inputs, Instant now) {
        return ClusterPlanner.plan(cr, inputs, now);
    }

    @Override
    public Outcome execute(CacheCluster cr, ClusterInputs inputs, ClusterAction action) {
        Outcome outcome = actions.execute(cr, inputs, action);
        if (outcome instanceof Outcome.Done) {
            attempts.sent(cr, action, clock.instant());
        }
        return outcome;
    }

    @Override
    public CacheCluster status(
            CacheCluster cr, ClusterInputs inputs, Plan<ClusterAction> plan, Optional<StepFailure> last, Instant now) {
        CacheClusterStatus status = ClusterStatusMapper.status(cr, inputs, plan, last, now);
        attempts.said(cr, status);
        if (status.equals(cr.getStatus())) {
            return cr;
        }
        CacheCluster fresh = new CacheCluster();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withName(cr.getMetadata().getName())
                .withNamespace(cr.getMetadata().getNamespace())
                .build());
        fresh.setStatus(status);
        return fresh;
    }

    /** The oldest of the clusters that have one AWS id keeps it. */
    private Optional<String> claimedBy(CacheCluster cr) {
        IndexerResourceCache<CacheCluster> cache = clusters;
        if (cache == null) {
            return Optional.empty();
        }
        Comparator<CacheCluster> byAge = Comparator.<CacheCluster, String>comparing(
                        c -> Optional.ofNullable(c.getMetadata().getCreationTimestamp())
                                .orElse(""))
                .thenComparing(
                        c -> Optional.ofNullable(c.getMetadata().getUid()).orElse(""));
        return cache.byIndex(BY_AWS_ID, awsId(cr)).stream()
                .filter(other -> byAge.compare(other, cr) < 0)
                .min(byAge)
                .map(other -> other.getMetadata().getNamespace() + "/"
                        + other.getMetadata().getName());
    }

    private String awsId(CacheCluster cr) {
        String id = ClusterNames.of(ClusterObserver.owner(cr, settings), cr.getSpec())
                .cacheId();
        return settings.regionOf(cr.getSpec()) + "/" + cr.getSpec().engine().replicated() + "/" + id;
    }
}
