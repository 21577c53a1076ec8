package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator is about to do, in order. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(@Nullable String hash, List<Step> steps) {

    public PlanStatus {
        steps = Given.orEmpty(steps);
    }

    /** One side effect, in AWS or in Kubernetes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(
            @Nullable String action,
            @Nullable String target,
            @Nullable String impact,
            @Nullable String state,
            @Nullable String waitingFor,
            @Nullable String message) {}
}
