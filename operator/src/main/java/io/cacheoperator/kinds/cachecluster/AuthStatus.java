package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.cacheoperator.core.UnknownAsNull;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How clients prove who they are now. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthStatus(
        @JsonPropertyDescription("Token or None.") @UnknownAsNull @Nullable
        AuthType type,

        @JsonPropertyDescription("Where a rotation is; empty when none is under way.") @Nullable
        String phase,

        @JsonPropertyDescription("When the token last changed.") @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Instant lastRotationTime) {}
