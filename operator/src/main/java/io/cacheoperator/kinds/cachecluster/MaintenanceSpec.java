package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** When AWS maintains the cache and whom it tells. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MaintenanceSpec(
        @JsonPropertyDescription(
                "Weekly window of AWS's maintenance, in UTC, ddd:hh:mm-ddd:hh:mm in lower case, 1 to 24 hours "
                        + "long. Default: AWS chooses. Example: sun:05:00-sun:06:00")
        @Size(max = 19)
        @Nullable
        String window,

        @JsonPropertyDescription(
                "Whether AWS upgrades minor versions by itself in the window. Default: true. Example: true")
        @Nullable
        Boolean autoMinorVersionUpgrade,

        @JsonPropertyDescription(
                "SNS topic that AWS tells about the cache; in the same account and region. Taken out, the "
                        + "topic becomes inactive. Default: none. Example: arn:aws:sns:eu-west-1:123456789012:caches")
        @Size(max = 2048)
        @Nullable
        String notificationTopicArn) {

    /** Nothing given. */
    static final MaintenanceSpec NONE = new MaintenanceSpec(null, null, null);
}
