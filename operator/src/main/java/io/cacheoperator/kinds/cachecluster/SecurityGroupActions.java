package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import io.cacheoperator.core.Done;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes to the security group that the operator makes for a cluster. EC2 shows its tags with it: they prove whose it is. */
final class SecurityGroupActions {

    private final AwsWrites aws;

    SecurityGroupActions(AwsWrites aws) {
        this.aws = aws;
    }

    Outcome create(ClusterAction.CreateSecurityGroup action) {
        Queries.SecurityGroupByName query = byName(action.vpcId(), action.name());
        return aws.settle(
                aws.ec2().createSecurityGroup(action.vpcId(), action.name(), action.description(), action.tags()),
                group -> {
                    aws.sightings().present(query, group);
                    aws.sightings().stale(owned());
                },
                query,
                owned());
    }

    Outcome authorize(ClusterAction.AuthorizeIngress action) {
        return ifOurs(
                action.vpcId(),
                action.groupName(),
                action.groupId(),
                group -> aws.settle(
                        aws.ec2().authorizeIngress(action.groupId(), action.rules()),
                        added -> see(withRules(
                                group,
                                Stream.concat(group.ingress().stream(), added.stream())
                                        .toList())),
                        byName(action.vpcId(), action.groupName())));
    }

    Outcome revoke(ClusterAction.RevokeIngress action) {
        return ifOurs(
                action.vpcId(),
                action.groupName(),
                action.groupId(),
                group -> aws.settle(
                        aws.ec2().revokeIngress(action.groupId(), action.ruleIds()),
                        done -> see(withRules(
                                group,
                                group.ingress().stream()
                                        .filter(rule -> !action.ruleIds().contains(rule.id()))
                                        .toList())),
                        byName(action.vpcId(), action.groupName())));
    }

    Outcome describe(ClusterAction.DescribeIngress action) {
        Map<String, Rule> described = action.rules().stream().collect(Collectors.toMap(Rule::id, Function.identity()));
        return ifOurs(
                action.vpcId(),
                action.groupName(),
                action.groupId(),
                group -> aws.settle(
                        aws.ec2().describeIngress(action.groupId(), action.rules()),
                        done -> see(withRules(
                                group,
                                group.ingress().stream()
                                        .map(rule -> described.getOrDefault(rule.id(), rule))
                                        .toList())),
                        byName(action.vpcId(), action.groupName())));
    }

    Outcome tag(ClusterAction.TagSecurityGroup action) {
        return ifOurs(
                action.vpcId(),
                action.groupName(),
                action.groupId(),
                group -> aws.settle(
                        retag(action),
                        done -> {
                            Map<String, String> tags = new HashMap<>(group.tags());
                            tags.putAll(action.set());
                            tags.keySet().removeAll(action.removed());
                            see(new SecurityGroupState(
                                    group.id(),
                                    group.name(),
                                    group.vpcId(),
                                    group.description(),
                                    tags,
                                    group.ingress()));
                        },
                        byName(action.vpcId(), action.groupName())));
    }

    private Result<Done> retag(ClusterAction.TagSecurityGroup action) {
        return action.set().isEmpty()
                ? aws.ec2().removeTags(action.groupId(), action.removed())
                : aws.ec2().addTags(action.groupId(), action.set());
    }

    Outcome delete(ClusterAction.DeleteSecurityGroup action) {
        Queries.SecurityGroupByName query = byName(action.vpcId(), action.groupName());
        return ifOurs(
                action.vpcId(),
                action.groupName(),
                action.groupId(),
                group -> aws.settleDelete(
                        aws.ec2().deleteSecurityGroup(action.groupId()),
                        gone -> unsee(query, action.groupId()),
                        query));
    }

    private void unsee(Queries.SecurityGroupByName query, String groupId) {
        aws.sightings().absent(query);
        aws.view()
                .get(owned())
                .found()
                .ifPresent(all -> aws.sightings()
                        .present(
                                owned(),
                                all.stream()
                                        .filter(group -> !group.id().equals(groupId))
                                        .toList()));
    }

    private void see(SecurityGroupState group) {
        aws.sightings().present(byName(group.vpcId(), group.name()), group);
    }

    private Outcome ifOurs(String vpcId, String name, String groupId, Function<SecurityGroupState, Outcome> call) {
        Optional<SecurityGroupState> known = Stream.concat(
                        aws.view().get(byName(vpcId, name)).found().stream(),
                        aws.view().get(owned()).found().stream().flatMap(List::stream))
                .filter(group -> group.id().equals(groupId))
                .findFirst();
        Ownership ownership = known.map(
                        group -> Owners.of(group.tags(), aws.owner().tagValue()))
                .orElseGet(() -> new Ownership.OwnerUnknown("it has not been observed"));
        return ownership instanceof Ownership.Ours
                ? call.apply(known.orElseThrow())
                : new Outcome.Refused(ownership, groupId);
    }

    private static SecurityGroupState withRules(SecurityGroupState group, List<Rule> rules) {
        return new SecurityGroupState(
                group.id(), group.name(), group.vpcId(), group.description(), group.tags(), rules);
    }

    private Queries.SecurityGroupByName byName(String vpcId, String name) {
        return new Queries.SecurityGroupByName(aws.region(), vpcId, name);
    }

    private Queries.OwnedSecurityGroups owned() {
        return new Queries.OwnedSecurityGroups(aws.region(), aws.owner().tagValue());
    }
}
