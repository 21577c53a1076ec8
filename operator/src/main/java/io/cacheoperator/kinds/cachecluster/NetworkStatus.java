package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the cache is, as AWS tells it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkStatus(
        @Nullable String vpcId,
        List<SecurityGroup> securityGroups,
        @Nullable String subnetGroup) {

    public NetworkStatus {
        securityGroups = Given.orEmpty(securityGroups);
    }

    /** A security group that is attached to the cache. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SecurityGroup(
            @Nullable String id, @Nullable String status) {}
}
