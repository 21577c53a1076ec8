package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.cacheoperator.core.UnknownAsNull;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Encryption on disk and on the wire. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EncryptionSpec(
        @JsonPropertyDescription(
                "Whether disk and snapshots are encrypted (valkey, redis). Default: true. Immutable once the "
                        + "cache exists. Example: true")
        @Nullable
        Boolean atRest,

        @JsonPropertyDescription(
                "The KMS key for encryption at rest, best as ARN (valkey, redis). Default: the operator's "
                        + "defaults, else a key of AWS. Immutable once the cache exists. Example: "
                        + "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d")
        @Size(min = 1, max = 2048)
        @Nullable
        String kmsKeyId,

        @JsonPropertyDescription(
                "TLS between clients and cache: disabled, preferred (both TLS and plain text; valkey, redis) "
                        + "or required. Default: required; memcached: disabled. Example: required")
        @UnknownAsNull
        @Nullable
        TransitEncryption inTransit) {

    /** Nothing given. */
    static final EncryptionSpec NONE = new EncryptionSpec(null, null, null);
}
