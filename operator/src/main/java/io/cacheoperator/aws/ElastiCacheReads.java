package io.cacheoperator.aws;

import io.cacheoperator.aws.Pages.All;
import io.cacheoperator.aws.Pages.Page;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.Event;

/** Every read from ElastiCache, in one region. List calls follow their pages, at AWS's largest page size. */
final class ElastiCacheReads {

    /** The most that the Describe calls of ElastiCache take; DescribeSnapshots takes 50. */
    static final int PAGE = 100;

    private static final Duration OLDEST_EVENT = Duration.ofDays(14);

    private static final int LAST_HOUR = 60;

    private static final String SERVICE = "elasticache";

    private final SdkCalls calls;
    private final Supplier<ElastiCacheClient> client;

    ElastiCacheReads(SdkCalls calls, Supplier<ElastiCacheClient> client) {
        this.calls = calls;
        this.client = client;
    }

    Result<All<ReplicationGroupState>> replicationGroups() {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeReplicationGroups", () -> {
            var page = client.get()
                    .describeReplicationGroups(r -> r.maxRecords(PAGE).marker(marker));
            return Page.of(
                    page.replicationGroups().stream()
                            .map(FromElastiCache::replicationGroup)
                            .toList(),
                    page.marker());
        }));
    }

    Result<ReplicationGroupState> replicationGroup(String id) {
        return first(calls.read(
                SERVICE,
                "DescribeReplicationGroups",
                () -> client.get().describeReplicationGroups(r -> r.replicationGroupId(id)).replicationGroups().stream()
                        .map(FromElastiCache::replicationGroup)
                        .toList()));
    }

    Result<All<CacheClusterState>> cacheClusters() {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeCacheClusters", () -> {
            var page = client.get()
                    .describeCacheClusters(
                            r -> r.showCacheNodeInfo(true).maxRecords(PAGE).marker(marker));
            return Page.of(
                    page.cacheClusters().stream()
                            .map(FromElastiCache::cacheCluster)
                            .toList(),
                    page.marker());
        }));
    }

    Result<CacheClusterState> cacheCluster(String id) {
        return first(calls.read(
                SERVICE,
                "DescribeCacheClusters",
                () ->
                        client
                                .get()
                                .describeCacheClusters(r -> r.cacheClusterId(id).showCacheNodeInfo(true))
                                .cacheClusters()
                                .stream()
                                .map(FromElastiCache::cacheCluster)
                                .toList()));
    }

    Result<All<SubnetGroupState>> subnetGroups() {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeCacheSubnetGroups", () -> {
            var page = client.get()
                    .describeCacheSubnetGroups(r -> r.maxRecords(PAGE).marker(marker));
            return Page.of(
                    page.cacheSubnetGroups().stream()
                            .map(FromElastiCache::subnetGroup)
                            .toList(),
                    page.marker());
        }));
    }

    Result<SubnetGroupState> subnetGroup(String name) {
        return first(calls.read(
                SERVICE,
                "DescribeCacheSubnetGroups",
                () ->
                        client
                                .get()
                                .describeCacheSubnetGroups(r -> r.cacheSubnetGroupName(name))
                                .cacheSubnetGroups()
                                .stream()
                                .map(FromElastiCache::subnetGroup)
                                .toList()));
    }

    Result<All<ParameterGroupState>> parameterGroups() {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeCacheParameterGroups", () -> {
            var page = client.get()
                    .describeCacheParameterGroups(r -> r.maxRecords(PAGE).marker(marker));
            return Page.of(
                    page.cacheParameterGroups().stream()
                            .map(FromElastiCache::parameterGroup)
                            .toList(),
                    page.marker());
        }));
    }

    Result<ParameterGroupState> parameterGroup(String name) {
        return first(calls.read(
                SERVICE,
                "DescribeCacheParameterGroups",
                () -> client
                        .get()
                        .describeCacheParameterGroups(r -> r.cacheParameterGroupName(name))
                        .cacheParameterGroups()
                        .stream()
                        .map(FromElastiCache::parameterGroup)
                        .toList()));
    }

    Result<All<ParameterDefinition>> userParameters(String group) {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeCacheParameters", () -> {
            var page = client.get()
                    .describeCacheParameters(r -> r.cacheParameterGroupName(group)
                            .source("user")
                            .maxRecords(PAGE)
                            .marker(marker));
            return Page.of(
                    page.parameters().stream().map(FromElastiCache::parameter).toList(), page.marker());
        }));
    }

    Result<All<ParameterDefinition>> familyParameters(String family) {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeEngineDefaultParameters", () -> {
            var page = client.get()
                    .describeEngineDefaultParameters(r ->
                            r.cacheParameterGroupFamily(family).maxRecords(PAGE).marker(marker))
                    .engineDefaults();
            return Page.of(
                    page.parameters().stream().map(FromElastiCache::parameter).toList(), page.marker());
        }));
    }

    Result<All<EngineVersionState>> engineVersions(String engine) {
        return Pages.all(marker -> calls.read(SERVICE, "DescribeCacheEngineVersions", () -> {
            var page = client.get()
                    .describeCacheEngineVersions(
                            r -> r.engine(engine).maxRecords(PAGE).marker(marker));
            return Page.of(
                    page.cacheEngineVersions().stream()
                            .map(v -> new EngineVersionState(
                                    FromElastiCache.lower(v.engine()),
                                    FromElastiCache.text(v.engineVersion()),
                                    FromElastiCache.text(v.cacheParameterGroupFamily())))
                            .toList(),
                    page.marker());
        }));
    }

    Result<SnapshotState> snapshot(String name) {
        return first(calls.read(
                SERVICE,
                "DescribeSnapshots",
                () -> client.get().describeSnapshots(r -> r.snapshotName(name)).snapshots().stream()
                        .map(FromElastiCache::snapshot)
                        .toList()));
    }

    Result<Map<String, String>> tags(String arn) {
        return calls.read(
                SERVICE,
                "ListTagsForResource",
                () -> FromElastiCache.tags(client.get()
                        .listTagsForResource(r -> r.resourceName(arn))
                        .tagList()));
    }

    /** What happened to one source within the last hour, the newest first. */
    Result<List<EventState>> eventsOf(String sourceType, String sourceId) {
        return calls.read(
                SERVICE,
                "DescribeEvents",
                () -> client
                        .get()
                        .describeEvents(r -> r.sourceType(sourceType)
                                .sourceIdentifier(sourceId)
                                .duration(LAST_HOUR))
                        .events()
                        .stream()
                        .filter(e -> e.date() != null)
                        .map(e -> new EventState(sourceId, sourceType, FromElastiCache.text(e.message()), e.date()))
                        .sorted(Comparator.comparing(EventState::date).reversed())
                        .toList());
    }

    /** @param back rounded up to whole minutes, which is what AWS takes; at most 14 days */
    Result<All<Event>> events(Duration back) {
        int minutes = Math.toIntExact(Math.clamp(back.plusSeconds(59).toMinutes(), 1, OLDEST_EVENT.toMinutes()));
        return Pages.all(marker -> calls.read(SERVICE, "DescribeEvents", () -> {
            var page = client.get()
                    .describeEvents(r -> r.duration(minutes).maxRecords(PAGE).marker(marker));
            return Page.of(page.events(), page.marker());
        }));
    }

    /** AWS answers an unknown name with a "not found" code, never with an empty list; should it, it means the same. */
    private static <T> Result<T> first(Result<List<T>> found) {
        return found.flatMap(list -> list.isEmpty() ? Result.failed(Gone.UNNAMED) : Result.ok(list.getFirst()));
    }
}
