package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the cache is, as AWS tells it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkStatus(
        @JsonPropertyDescription("VPC of the subnet group.") @Nullable
        String vpcId,

        @JsonPropertyDescription("Security groups that are attached.") @Size(max = 60)
        List<SecurityGroup> securityGroups,

        @JsonPropertyDescription("Subnet group that the cache is in.") @Nullable
        String subnetGroup) {

    public NetworkStatus {
        securityGroups = Given.orEmpty(securityGroups);
    }

    /** A security group that is attached to the cache. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SecurityGroup(
            @JsonPropertyDescription("Id in AWS.") @Nullable String id,

            @JsonPropertyDescription("Status in AWS's words. Example: active") @Nullable
            String status) {}
}
