package io.cacheoperator.aws;

import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.core.Done;
import io.cacheoperator.core.Result;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRuleDescription;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The writes to EC2 through the SDK, one call each. */
final class SdkEc2 implements Ec2Port {

    private static final String SERVICE = "ec2";

    private final SdkCalls calls;
    private final Supplier<Ec2Client> client;

    SdkEc2(SdkCalls calls, Supplier<Ec2Client> client) {
        this.calls = calls;
        this.client = client;
    }

    @Override
    public Result<SecurityGroupState> createSecurityGroup(
            String vpcId, String name, String description, Map<String, String> tags) {
        return calls.write(SERVICE, "CreateSecurityGroup", () -> {
            String id = client.get()
                    .createSecurityGroup(r -> r.vpcId(vpcId)
                            .groupName(name)
                            .description(description)
                            .tagSpecifications(TagSpecification.builder()
                                    .resourceType(ResourceType.SECURITY_GROUP)
                                    .tags(Ec2Shapes.tags(tags))
                                    .build()))
                    .groupId();
            return new SecurityGroupState(id, name, vpcId, description, tags, List.of());
        });
    }

    @Override
    public Result<List<Rule>> authorizeIngress(String groupId, List<IngressRule> rules) {
        return calls.write(
                SERVICE,
                "AuthorizeSecurityGroupIngress",
                () -> Ec2Shapes.rules(client.get()
                        .authorizeSecurityGroupIngress(r -> r.groupId(groupId)
                                .ipPermissions(rules.stream()
                                        .map(Ec2Shapes::permission)
                                        .toList()))
                        .securityGroupRules()));
    }

    @Override
    public Result<Done> revokeIngress(String groupId, Set<String> ruleIds) {
        return done(
                "RevokeSecurityGroupIngress",
                () -> client.get()
                        .revokeSecurityGroupIngress(r -> r.groupId(groupId).securityGroupRuleIds(ruleIds)));
    }

    @Override
    public Result<Done> describeIngress(String groupId, List<Rule> rules) {
        List<SecurityGroupRuleDescription> descriptions = rules.stream()
                .map(rule -> SecurityGroupRuleDescription.builder()
                        .securityGroupRuleId(rule.id())
                        .description(rule.rule().description().orElse(""))
                        .build())
                .toList();
        return done(
                "UpdateSecurityGroupRuleDescriptionsIngress",
                () -> client.get()
                        .updateSecurityGroupRuleDescriptionsIngress(
                                r -> r.groupId(groupId).securityGroupRuleDescriptions(descriptions)));
    }

    @Override
    public Result<Done> addTags(String groupId, Map<String, String> tags) {
        return done(
                "CreateTags",
                () -> client.get().createTags(r -> r.resources(groupId).tags(Ec2Shapes.tags(tags))));
    }

    @Override
    public Result<Done> removeTags(String groupId, Set<String> keys) {
        List<Tag> tags =
                keys.stream().sorted().map(k -> Tag.builder().key(k).build()).toList();
        return done(
                "DeleteTags",
                () -> client.get().deleteTags(r -> r.resources(groupId).tags(tags)));
    }

    @Override
    public Result<Done> deleteSecurityGroup(String groupId) {
        return done("DeleteSecurityGroup", () -> client.get().deleteSecurityGroup(r -> r.groupId(groupId)));
    }

    private Result<Done> done(String operation, Runnable call) {
        return calls.write(SERVICE, operation, () -> {
            call.run();
            return Done.DONE;
        });
    }
}
