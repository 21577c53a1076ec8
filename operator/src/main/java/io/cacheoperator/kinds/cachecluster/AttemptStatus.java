package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How often a step was tried in one generation. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AttemptStatus(
        @Nullable String step,
        @Nullable Long generation,
        @Nullable Integer count,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Instant lastTime,

        @Nullable String result) {}
