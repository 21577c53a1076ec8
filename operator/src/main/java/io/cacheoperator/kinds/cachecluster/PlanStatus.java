package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator is about to do, in order. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
        @JsonPropertyDescription(
                "Hash over the steps that need an approval; what annotation cacheoperator.io/approve must " + "name.")
        @Nullable
        String hash,

        @JsonPropertyDescription("The steps, in order.") @Size(max = 500)
        List<Step> steps) {

    public PlanStatus {
        steps = Given.orEmpty(steps);
    }

    /** One side effect, in AWS or in Kubernetes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Step(
            @JsonPropertyDescription("What is done. Example: CreateReplicationGroup") @Nullable
            String action,

            @JsonPropertyDescription("Id or name of what it is done to.") @Nullable
            String target,

            @JsonPropertyDescription(
                    "How much it can hurt: NONE, IN_PLACE, BRIEF (a failover), DISRUPTIVE, DATA_LOSS or "
                            + "FORBIDDEN.")
            @Nullable
            String impact,

            @JsonPropertyDescription("Whether it can be taken: Ready, Waiting, Running or Refused.") @Nullable
            String state,

            @JsonPropertyDescription("What it waits for. Example: window sun:05:00-sun:06:00")
            @Size(max = 32768)
            @Nullable
            String waitingFor,

            @JsonPropertyDescription("What it means, in one line.") @Size(max = 32768) @Nullable
            String message) {}
}
