package io.cacheoperator.core;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a resource's status, as {@code metav1.Condition} has it. A class of our own, because fabric8's
 * generates no required fields, and the list needs its key.
 *
 * @param lastTransitionTime when the status changed, to the second; a new reason or message does not move it
 * @param observedGeneration the generation of the spec that it speaks about
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
        @Required String type,
        @Required @UnknownAsNull Status status,
        @Required String reason,
        @Required String message,

        @Required @JsonFormat(shape = JsonFormat.Shape.STRING)
        Instant lastTransitionTime,

        @Nullable Long observedGeneration) {

    /** The three values of a condition. */
    public enum Status {
        @JsonProperty("True")
        TRUE,
        @JsonProperty("False")
        FALSE,
        @JsonProperty("Unknown")
        UNKNOWN
    }
}
