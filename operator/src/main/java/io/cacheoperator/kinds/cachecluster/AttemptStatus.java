package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often a step was tried in one generation. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AttemptStatus(
        @JsonPropertyDescription("The step, as in plan.steps.") @Nullable
        String step,

        @JsonPropertyDescription("Generation of the spec that asked for it.") @Nullable
        Long generation,

        @JsonPropertyDescription("How often it was sent.") @Nullable
        Integer count,

        @JsonPropertyDescription("When it was sent last.") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Instant lastTime,

        @JsonPropertyDescription("What came of it.") @Size(max = 32768) @Nullable
        String result) {}
