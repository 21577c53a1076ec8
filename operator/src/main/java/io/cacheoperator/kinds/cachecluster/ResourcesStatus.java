package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The AWS resources beside the cache that the operator made for it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourcesStatus(
        @Nullable String securityGroupId,
        @Nullable String subnetGroupName,
        @Nullable String parameterGroupName) {}
