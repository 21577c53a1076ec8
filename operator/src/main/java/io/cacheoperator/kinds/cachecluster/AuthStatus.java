package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How clients prove who they are now. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthStatus(
        @Nullable AuthType type,
        @Nullable String phase,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Instant lastRotationTime) {}
