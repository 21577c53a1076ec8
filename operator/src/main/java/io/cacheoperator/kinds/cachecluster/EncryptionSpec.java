package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Encryption on disk and on the wire. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EncryptionSpec(
        @Nullable Boolean atRest,
        @Nullable String kmsKeyId,
        @Nullable TransitEncryption inTransit) {

    /** Nothing given. */
    static final EncryptionSpec NONE = new EncryptionSpec(null, null, null);
}
