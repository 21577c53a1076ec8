package io.cacheoperator.aws;

import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.core.Done;
import io.cacheoperator.core.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every write the operator makes to EC2, in one region. */
public interface Ec2Port {

    /** @return the new group, without ingress rules */
    Result<SecurityGroupState> createSecurityGroup(
            String vpcId, String name, String description, Map<String, String> tags);

    /** All or nothing: one duplicate fails the call. @return the new rules with their ids */
    Result<List<SecurityGroupState.Rule>> authorizeIngress(String groupId, List<IngressRule> rules);

    Result<Done> revokeIngress(String groupId, Set<String> ruleIds);

    /** Changes the descriptions of existing rules. */
    Result<Done> describeIngress(String groupId, List<SecurityGroupState.Rule> rules);

    Result<Done> addTags(String groupId, Map<String, String> tags);

    Result<Done> removeTags(String groupId, Set<String> keys);

    Result<Done> deleteSecurityGroup(String groupId);
}
