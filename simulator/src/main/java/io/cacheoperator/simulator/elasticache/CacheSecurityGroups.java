package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.List;
import software.amazon.awssdk.services.elasticache.model.AuthorizeCacheSecurityGroupIngressRequest;
import software.amazon.awssdk.services.elasticache.model.AuthorizeCacheSecurityGroupIngressResponse;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSecurityGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheSecurityGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSecurityGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheSecurityGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSecurityGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheSecurityGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.RevokeCacheSecurityGroupIngressRequest;
import software.amazon.awssdk.services.elasticache.model.RevokeCacheSecurityGroupIngressResponse;

/** Cache security groups, of the network before VPCs: there are none, and no account can make one any more. */
final class CacheSecurityGroups {
    private static final String NAME = "CacheSecurityGroupName";

    DescribeCacheSecurityGroupsResponse describe(DescribeCacheSecurityGroupsRequest request, Call call) {
        if (request.cacheSecurityGroupName() != null) {
            throw AwsError.notFound(
                    "CacheSecurityGroupNotFound", "CacheSecurityGroup not found: " + request.cacheSecurityGroupName());
        }
        Paging.checkEmpty(request.marker(), request.maxRecords());
        return DescribeCacheSecurityGroupsResponse.builder()
                .cacheSecurityGroups(List.of())
                .build();
    }

    CreateCacheSecurityGroupResponse create(CreateCacheSecurityGroupRequest request, Call call) {
        throw refused(request.cacheSecurityGroupName());
    }

    DeleteCacheSecurityGroupResponse delete(DeleteCacheSecurityGroupRequest request, Call call) {
        throw refused(request.cacheSecurityGroupName());
    }

    AuthorizeCacheSecurityGroupIngressResponse authorize(AuthorizeCacheSecurityGroupIngressRequest request, Call call) {
        throw refused(request.cacheSecurityGroupName());
    }

    RevokeCacheSecurityGroupIngressResponse revoke(RevokeCacheSecurityGroupIngressRequest request, Call call) {
        throw refused(request.cacheSecurityGroupName());
    }

    private static AwsError refused(String name) {
        Identifiers.required(NAME, name);
        return AwsError.invalidParameterValue(Settings.NO_CACHE_SECURITY_GROUPS);
    }
}
