package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the cache lives and who may reach it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkSpec(
        @Nullable String subnetGroupName,
        List<String> subnetIds,
        @Nullable SubnetSelector subnetSelector,
        List<String> securityGroupIds,
        List<AllowFrom> allowFrom,
        @Nullable Integer port,
        @Nullable NetworkType networkType,
        @Nullable IpDiscovery ipDiscovery) {

    /** Nothing given. */
    static final NetworkSpec NONE = new NetworkSpec(null, List.of(), null, List.of(), List.of(), null, null, null);

    public NetworkSpec {
        subnetIds = Given.orEmpty(subnetIds);
        securityGroupIds = Given.orEmpty(securityGroupIds);
        allowFrom = Given.orEmpty(allowFrom);
    }

    /** Subnets by their VPC and tags. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SubnetSelector(@Nullable String vpcId, Map<String, String> tags) {

        public SubnetSelector {
            tags = Given.orEmpty(tags);
        }
    }

    /** One source that may reach the cache's port; exactly one of the first three is given. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AllowFrom(
            @Nullable String cidr,
            @Nullable String securityGroupId,
            @Nullable String prefixListId,
            @Nullable String description) {}
}
