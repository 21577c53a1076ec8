package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The AWS resources beside the cache that the operator made for it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourcesStatus(
        @JsonPropertyDescription("Security group made for allowFrom.") @Nullable
        String securityGroupId,

        @JsonPropertyDescription(
                "Subnet group made for subnetIds or subnetSelector; shared by the caches on the same subnets.")
        @Nullable
        String subnetGroupName,

        @JsonPropertyDescription("Parameter group made for parameters.") @Nullable
        String parameterGroupName) {}
