package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.EngineVersions.EngineVersion;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticache.model.CacheEngineVersion;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheEngineVersionsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheEngineVersionsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesOfferingsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesOfferingsResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeReservedCacheNodesResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeServiceUpdatesRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeServiceUpdatesResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeUpdateActionsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeUpdateActionsResponse;

/** What AWS offers: engine versions, and lists that are empty here (service updates, reserved nodes). */
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
            throw AwsError.notFound(
                    "ServiceUpdateNotFoundFault",
                    "Service update %s not found.".formatted(request.serviceUpdateName()));
        }
        return DescribeServiceUpdatesResponse.builder()
                .serviceUpdates(List.of())
                .build();
    }

    DescribeUpdateActionsResponse updateActions(DescribeUpdateActionsRequest request, Call call) {
        return DescribeUpdateActionsResponse.builder().updateActions(List.of()).build();
    }

    DescribeReservedCacheNodesResponse reservedNodes(DescribeReservedCacheNodesRequest request, Call call) {
        if (request.reservedCacheNodeId() != null) {
            throw AwsError.notFound(
                    "ReservedCacheNodeNotFound",
                    "Reserved cache node %s not found.".formatted(request.reservedCacheNodeId()));
        }
        return DescribeReservedCacheNodesResponse.builder()
                .reservedCacheNodes(List.of())
                .build();
    }

    DescribeReservedCacheNodesOfferingsResponse offerings(
            DescribeReservedCacheNodesOfferingsRequest request, Call call) {
        return DescribeReservedCacheNodesOfferingsResponse.builder()
                .reservedCacheNodesOfferings(List.of())
                .build();
    }
}
