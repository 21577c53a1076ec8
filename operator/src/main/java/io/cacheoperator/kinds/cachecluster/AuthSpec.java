package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.cacheoperator.core.UnknownAsNull;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How clients prove who they are. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthSpec(
        @JsonPropertyDescription(
                "Token: clients send one shared AUTH token; needs encryption.inTransit not disabled. None: "
                        + "whoever reaches the port may use the cache. Default: Token where encryption.inTransit is "
                        + "required, else None. Example: Token")
        @UnknownAsNull
        @Nullable
        AuthType type,

        @JsonPropertyDescription(
                "Where the AUTH token comes from. Default: it is generated and kept in Secret " + "<name>-cache-auth.")
        @Nullable
        Token token) {

    /** Nothing given. */
    static final AuthSpec NONE = new AuthSpec(null, null);

    /** The user's own Secret with the token; empty where the token is generated. */
    public Optional<SecretKeyRef> tokenSecret() {
        return Optional.ofNullable(token).map(Token::secretRef);
    }

    /** The AUTH token. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Token(
            @JsonPropertyDescription(
                    "A key of your own Secret that holds the token: 16 to 128 characters of A-Z a-z 0-9 ! & # "
                            + "$ ^ < > -. Read when the cache is made; a later change of its content is shown as a step and "
                            + "not carried to AWS by this version. Default: the token is generated.")
            @Nullable
            SecretKeyRef secretRef) {}

    /** One key of a Secret in the namespace of the CacheCluster. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SecretKeyRef(
            @JsonPropertyDescription(
                    "Name of the Secret, in the namespace of the CacheCluster. Example: sessions-token")
            @Size(max = 253)
            @Required
            String name,

            @JsonPropertyDescription("Key in the Secret's data. Example: token") @Size(max = 253) @Required
            String key) {}
}
