package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.generator.annotation.Required;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How clients prove who they are. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthSpec(@Nullable AuthType type, @Nullable Token token) {

    /** Nothing given. */
    static final AuthSpec NONE = new AuthSpec(null, null);

    /** The user's own Secret with the token; empty where the token is generated. */
    public Optional<SecretKeyRef> tokenSecret() {
        return Optional.ofNullable(token).map(Token::secretRef);
    }

    /** The AUTH token. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Token(@Nullable SecretKeyRef secretRef) {}

    /** One key of a Secret in the namespace of the CacheCluster. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SecretKeyRef(
            @Required String name, @Required String key) {}
}
