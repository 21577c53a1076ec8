package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** What the operator wrote, so that what is taken out of the spec can be taken out in AWS. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AppliedStatus(
        List<String> tagKeys,
        List<String> ruleIds,
        List<String> securityGroupIds,
        List<String> parameters,
        List<String> fields) {

    public AppliedStatus {
        tagKeys = Given.orEmpty(tagKeys);
        ruleIds = Given.orEmpty(ruleIds);
        securityGroupIds = Given.orEmpty(securityGroupIds);
        parameters = Given.orEmpty(parameters);
        fields = Given.orEmpty(fields);
    }
}
