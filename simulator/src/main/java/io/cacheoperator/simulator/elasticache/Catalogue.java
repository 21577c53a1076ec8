package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.BatchApplyUpdateActionRequest;
import software.amazon.awssdk.services.elasticache.model.BatchApplyUpdateActionResponse;
import software.amazon.awssdk.services.elasticache.model.BatchStopUpdateActionRequest;
import software.amazon.awssdk.services.elasticache.model.BatchStopUpdateActionResponse;
import software.amazon.awssdk.services.elasticache.model.CacheEngineVersion;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheEngineVersionsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheEngineVersionsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeGlobalReplicationGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesOfferingsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesOfferingsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeServerlessCacheSnapshotsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServerlessCacheSnapshotsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeServerlessCachesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServerlessCachesResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeServiceUpdatesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServiceUpdatesResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeUpdateActionsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUpdateActionsResponse;
import software.amazon.awssdk.services.elasticache.model.PurchaseReservedCacheNodesOfferingRequest;
import software.amazon.awssdk.services.elasticache.model.PurchaseReservedCacheNodesOfferingResponse;

/** What AWS offers: engine versions, and lists that are empty here (service updates, reserved nodes, serverless, global). */
final class Catalogue {
    DescribeCacheEngineVersionsResponse engineVersions(DescribeCacheEngineVersionsRequest request, Call call) {
        boolean defaultOnly = Boolean.TRUE.equals(request.defaultOnly());
        Stream<EngineVersion> versions = EngineVersions.all().stream()
                .filter(v -> request.engine() == null
                        || v.engine().equals(request.engine().toLowerCase(Locale.ROOT)))
                .filter(v -> request.engineVersion() == null
                        || v.version().equals(request.engineVersion())
                        || v.full().equals(request.engineVersion()))
                .filter(v -> request.cacheParameterGroupFamily() == null
                        || v.family().text().equals(request.cacheParameterGroupFamily()));
        List<EngineVersion> listed = (defaultOnly ? versions.filter(v -> newest(v, request)) : versions)
                .sorted(Comparator.comparing(EngineVersion::engine).thenComparing(EngineVersion::version))
                .toList();
        Page<EngineVersion> page =
                Paging.page(listed, v -> v.engine() + "/" + v.version(), request.marker(), request.maxRecords());
        return DescribeCacheEngineVersionsResponse.builder()
                .cacheEngineVersions(page.items().stream().map(Catalogue::shown).toList())
                .marker(page.next().orElse(null))
                .build();
    }

    /** The engine's default version; where a family is given, the family's newest. */
    private static boolean newest(EngineVersion version, DescribeCacheEngineVersionsRequest request) {
        if (request.cacheParameterGroupFamily() == null) {
            return version.isDefault();
        }
        return EngineVersions.of(version.engine()).stream()
                .filter(v -> v.family() == version.family())
                .allMatch(v -> version.atLeast(v.full()));
    }

    private static CacheEngineVersion shown(EngineVersion version) {
        String engine = switch (version.engine()) {
            case "redis" -> "Redis";
            case "valkey" -> "Valkey";
            default -> version.engine();
        };
        return CacheEngineVersion.builder()
                .engine(version.engine())
                .engineVersion(version.version())
                .cacheParameterGroupFamily(version.family().text())
                .cacheEngineDescription(engine)
                .cacheEngineVersionDescription("%s version %s".formatted(version.engine(), version.version()))
                .build();
    }

    DescribeServiceUpdatesResponse serviceUpdates(DescribeServiceUpdatesRequest request, Call call) {
        if (request.serviceUpdateName() != null) {
            throw noServiceUpdate(request.serviceUpdateName());
        }
        Paging.checkEmpty(request.marker(), request.maxRecords());
        return DescribeServiceUpdatesResponse.builder()
                .serviceUpdates(List.of())
                .build();
    }

    BatchApplyUpdateActionResponse applyUpdate(BatchApplyUpdateActionRequest request, Call call) {
        throw noServiceUpdate(Identifiers.text("ServiceUpdateName", request.serviceUpdateName()));
    }

    BatchStopUpdateActionResponse stopUpdate(BatchStopUpdateActionRequest request, Call call) {
        throw noServiceUpdate(Identifiers.text("ServiceUpdateName", request.serviceUpdateName()));
    }

    private static AwsError noServiceUpdate(String name) {
        return AwsError.notFound("ServiceUpdateNotFoundFault", "Service update %s not found.".formatted(name));
    }

    DescribeUpdateActionsResponse updateActions(DescribeUpdateActionsRequest request, Call call) {
        Paging.checkEmpty(request.marker(), request.maxRecords());
        return DescribeUpdateActionsResponse.builder().updateActions(List.of()).build();
    }

    DescribeReservedCacheNodesResponse reservedNodes(DescribeReservedCacheNodesRequest request, Call call) {
        if (request.reservedCacheNodeId() != null) {
            throw AwsError.notFound(
                    "ReservedCacheNodeNotFound",
                    "Reserved cache node %s not found.".formatted(request.reservedCacheNodeId()));
        }
        Paging.checkEmpty(request.marker(), request.maxRecords());
        return DescribeReservedCacheNodesResponse.builder()
                .reservedCacheNodes(List.of())
                .build();
    }

    DescribeReservedCacheNodesOfferingsResponse offerings(
            DescribeReservedCacheNodesOfferingsRequest request, Call call) {
        if (request.reservedCacheNodesOfferingId() != null) {
            throw noOffering(request.reservedCacheNodesOfferingId());
        }
        Paging.checkEmpty(request.marker(), request.maxRecords());
        return DescribeReservedCacheNodesOfferingsResponse.builder()
                .reservedCacheNodesOfferings(List.of())
                .build();
    }

    PurchaseReservedCacheNodesOfferingResponse purchase(PurchaseReservedCacheNodesOfferingRequest request, Call call) {
        throw noOffering(Identifiers.text("ReservedCacheNodesOfferingId", request.reservedCacheNodesOfferingId()));
    }

    private static AwsError noOffering(String id) {
        return AwsError.notFound(
                "ReservedCacheNodesOfferingNotFound", "Reserved cache nodes offering %s not found.".formatted(id));
    }

    DescribeServerlessCachesResponse serverlessCaches(DescribeServerlessCachesRequest request, Call call) {
        if (request.serverlessCacheName() != null) {
            throw AwsError.notFound(
                    "ServerlessCacheNotFoundFault",
                    "Serverless cache %s not found.".formatted(request.serverlessCacheName()));
        }
        return DescribeServerlessCachesResponse.builder()
                .serverlessCaches(List.of())
                .build();
    }

    DescribeServerlessCacheSnapshotsResponse serverlessSnapshots(
            DescribeServerlessCacheSnapshotsRequest request, Call call) {
        if (request.serverlessCacheName() != null) {
            throw AwsError.notFound(
                    "ServerlessCacheNotFoundFault",
                    "Serverless cache %s not found.".formatted(request.serverlessCacheName()));
        }
        if (request.serverlessCacheSnapshotName() != null) {
            throw AwsError.notFound(
                    "ServerlessCacheSnapshotNotFoundFault",
                    "Serverless cache snapshot %s not found.".formatted(request.serverlessCacheSnapshotName()));
        }
        return DescribeServerlessCacheSnapshotsResponse.builder()
                .serverlessCacheSnapshots(List.of())
                .build();
    }

    DescribeGlobalReplicationGroupsResponse globalGroups(DescribeGlobalReplicationGroupsRequest request, Call call) {
        if (request.globalReplicationGroupId() != null) {
            throw AwsError.notFound(
                    "GlobalReplicationGroupNotFoundFault",
                    "Global replication group %s not found.".formatted(request.globalReplicationGroupId()));
        }
        Paging.checkEmpty(request.marker(), request.maxRecords());
        return DescribeGlobalReplicationGroupsResponse.builder()
                .globalReplicationGroups(List.of())
                .build();
    }
}
