package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Condition;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus.Binding;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus.LastHandled;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus.LastSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers a status; not shared between threads. */
public final class CacheClusterStatusBuilder {

    private @Nullable Long observedGeneration;
    private @Nullable Phase phase;
    private @Nullable String summary;
    private @Nullable String shape;
    private @Nullable String endpoint;
    private @Nullable Integer driftCount;
    private @Nullable String id;
    private @Nullable String arn;
    private @Nullable String region;
    private @Nullable String engineVersion;
    private @Nullable EndpointsStatus endpoints;
    private @Nullable Integer shards;
    private @Nullable Integer replicas;
    private @Nullable Integer nodes;
    private @Nullable CacheClusterSpec effective;
    private @Nullable AppliedStatus applied;
    private List<AttemptStatus> attempts = List.of();
    private @Nullable LastHandled lastHandled;
    private @Nullable ResourcesStatus resources;
    private @Nullable NetworkStatus network;
    private @Nullable PlanStatus plan;
    private List<DriftEntry> drift = List.of();
    private @Nullable AuthStatus auth;
    private @Nullable Binding binding;
    private @Nullable LastSnapshot lastSnapshot;
    private List<Condition> conditions = List.of();

    CacheClusterStatusBuilder() {}

    CacheClusterStatusBuilder(CacheClusterStatus from) {
        observedGeneration = from.observedGeneration();
        phase = from.phase();
        summary = from.summary();
        shape = from.shape();
        endpoint = from.endpoint();
        driftCount = from.driftCount();
        id = from.id();
        arn = from.arn();
        region = from.region();
        engineVersion = from.engineVersion();
        endpoints = from.endpoints();
        shards = from.shards();
        replicas = from.replicas();
        nodes = from.nodes();
        effective = from.effective();
        applied = from.applied();
        attempts = from.attempts();
        lastHandled = from.lastHandled();
        resources = from.resources();
        network = from.network();
        plan = from.plan();
        drift = from.drift();
        auth = from.auth();
        binding = from.binding();
        lastSnapshot = from.lastSnapshot();
        conditions = from.conditions();
    }

    public CacheClusterStatusBuilder observedGeneration(@Nullable Long value) {
        observedGeneration = value;
        return this;
    }

    public CacheClusterStatusBuilder phase(@Nullable Phase value) {
        phase = value;
        return this;
    }

    public CacheClusterStatusBuilder summary(@Nullable String value) {
        summary = value;
        return this;
    }

    public CacheClusterStatusBuilder shape(@Nullable String value) {
        shape = value;
        return this;
    }

    public CacheClusterStatusBuilder endpoint(@Nullable String value) {
        endpoint = value;
        return this;
    }

    public CacheClusterStatusBuilder driftCount(@Nullable Integer value) {
        driftCount = value;
        return this;
    }

    public CacheClusterStatusBuilder id(@Nullable String value) {
        id = value;
        return this;
    }

    public CacheClusterStatusBuilder arn(@Nullable String value) {
        arn = value;
        return this;
    }

    public CacheClusterStatusBuilder region(@Nullable String value) {
        region = value;
        return this;
    }

    public CacheClusterStatusBuilder engineVersion(@Nullable String value) {
        engineVersion = value;
        return this;
    }

    public CacheClusterStatusBuilder endpoints(@Nullable EndpointsStatus value) {
        endpoints = value;
        return this;
    }

    public CacheClusterStatusBuilder shards(@Nullable Integer value) {
        shards = value;
        return this;
    }

    public CacheClusterStatusBuilder replicas(@Nullable Integer value) {
        replicas = value;
        return this;
    }

    public CacheClusterStatusBuilder nodes(@Nullable Integer value) {
        nodes = value;
        return this;
    }

    public CacheClusterStatusBuilder effective(@Nullable CacheClusterSpec value) {
        effective = value;
        return this;
    }

    public CacheClusterStatusBuilder applied(@Nullable AppliedStatus value) {
        applied = value;
        return this;
    }

    public CacheClusterStatusBuilder attempts(List<AttemptStatus> value) {
        attempts = value;
        return this;
    }

    public CacheClusterStatusBuilder lastHandled(@Nullable LastHandled value) {
        lastHandled = value;
        return this;
    }

    public CacheClusterStatusBuilder resources(@Nullable ResourcesStatus value) {
        resources = value;
        return this;
    }

    public CacheClusterStatusBuilder network(@Nullable NetworkStatus value) {
        network = value;
        return this;
    }

    public CacheClusterStatusBuilder plan(@Nullable PlanStatus value) {
        plan = value;
        return this;
    }

    public CacheClusterStatusBuilder drift(List<DriftEntry> value) {
        drift = value;
        return this;
    }

    public CacheClusterStatusBuilder auth(@Nullable AuthStatus value) {
        auth = value;
        return this;
    }

    public CacheClusterStatusBuilder binding(@Nullable Binding value) {
        binding = value;
        return this;
    }

    public CacheClusterStatusBuilder lastSnapshot(@Nullable LastSnapshot value) {
        lastSnapshot = value;
        return this;
    }

    public CacheClusterStatusBuilder conditions(List<Condition> value) {
        conditions = value;
        return this;
    }

    public CacheClusterStatus build() {
        return new CacheClusterStatus(
                observedGeneration,
                phase,
                summary,
                shape,
                endpoint,
                driftCount,
                id,
                arn,
                region,
                engineVersion,
                endpoints,
                shards,
                replicas,
                nodes,
                effective,
                applied,
                attempts,
                lastHandled,
                resources,
                network,
                plan,
                drift,
                auth,
                binding,
                lastSnapshot,
                conditions);
    }
}
