package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operator wrote, so that what is taken out of the spec can be taken out in AWS. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AppliedStatus(
        @JsonPropertyDescription("Keys of the tags that were written.") @Size(max = 500)
        List<String> tagKeys,

        @JsonPropertyDescription("Ids of the security group rules that were made.") @Size(max = 500)
        List<String> ruleIds,

        @JsonPropertyDescription("Security groups that were attached.") @Size(max = 500)
        List<String> securityGroupIds,

        @JsonPropertyDescription("Names of the parameters that were set.") @Size(max = 500)
        List<String> parameters,

        @JsonPropertyDescription(
                "Values of the spec, by field, that AWS had when it was last looked at while they were given: what "
                        + "tells an edit from a change made in AWS. Long ones are hashed. Example: "
                        + "{maintenance.window: sun:05:00-sun:06:00}")
        @Size(max = 500)
        Map<String, String> values) {

    /** Nothing was written yet. */
    static final AppliedStatus NOTHING = new AppliedStatus(List.of(), List.of(), List.of(), List.of(), Map.of());

    private static final String SPEC = "spec.";

    public AppliedStatus {
        tagKeys = Given.orEmpty(tagKeys);
        ruleIds = Given.orEmpty(ruleIds);
        securityGroupIds = Given.orEmpty(securityGroupIds);
        parameters = Given.orEmpty(parameters);
        values = Given.orEmpty(values);
    }

    /**
     * How {@code values} calls a field.
     *
     * @param field such as {@code spec.maintenance.window}
     */
    static String key(String field) {
        return field.startsWith(SPEC) ? field.substring(SPEC.length()) : field;
    }

    /** The value of a field that AWS had last, as {@code values} has it. */
    @JsonIgnore
    Optional<String> value(String field) {
        return Optional.ofNullable(values.get(key(field)));
    }
}
