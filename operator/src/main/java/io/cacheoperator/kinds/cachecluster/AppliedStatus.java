package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;

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

        @JsonPropertyDescription("Paths of the spec fields that were written. Example: maintenance.window")
        @Size(max = 500)
        List<String> fields) {

    public AppliedStatus {
        tagKeys = Given.orEmpty(tagKeys);
        ruleIds = Given.orEmpty(ruleIds);
        securityGroupIds = Given.orEmpty(securityGroupIds);
        parameters = Given.orEmpty(parameters);
        fields = Given.orEmpty(fields);
    }
}
