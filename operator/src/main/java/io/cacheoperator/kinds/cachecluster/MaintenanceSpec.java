package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** When AWS maintains the cache and whom it tells. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MaintenanceSpec(
        @Nullable String window,
        @Nullable Boolean autoMinorVersionUpgrade,
        @Nullable String notificationTopicArn) {

    /** Nothing given. */
    static final MaintenanceSpec NONE = new MaintenanceSpec(null, null, null);
}
