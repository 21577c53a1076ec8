package io.cacheoperator.aws;

import io.cacheoperator.aws.Pages.All;
import io.cacheoperator.aws.Pages.Page;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Result;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** Every read from EC2, in one region. */
final class Ec2Reads {

    /** The most that the Describe calls of EC2 take. */
    private static final int PAGE = 1000;

    /** The most values that one filter takes. */
    private static final int FILTER_VALUES = 200;

    private static final String SERVICE = "ec2";

    private final SdkCalls calls;
    private final Supplier<Ec2Client> client;

    Ec2Reads(SdkCalls calls, Supplier<Ec2Client> client) {
        this.calls = calls;
        this.client = client;
    }

    /** Every group that carries an owner tag, with its rules. */
    Result<All<SecurityGroupState>> ownedGroups() {
        return withRules(groups(List.of(filter("tag-key", Set.of(Owner.TAG)))));
    }

    Result<All<SecurityGroupState>> groupsOf(String owner) {
        return withRules(groups(List.of(filter("tag:" + Owner.TAG, Set.of(owner)))));
    }

    Result<All<SecurityGroupState>> groupNamed(String vpcId, String name) {
        return withRules(groups(List.of(filter("vpc-id", Set.of(vpcId)), filter("group-name", Set.of(name)))));
    }

    /** These groups, without their rules. Fails with GONE if one does not exist. */
    Result<List<SecurityGroupState>> groups(Set<String> ids) {
        return calls.read(
                SERVICE,
                "DescribeSecurityGroups",
                () -> client.get().describeSecurityGroups(r -> r.groupIds(ids)).securityGroups().stream()
                        .map(g -> Ec2Shapes.group(g, List.of()))
                        .toList());
    }

    /** These subnets. Fails with GONE if one does not exist. */
    Result<List<SubnetState>> subnets(Set<String> ids) {
        return calls.read(
                SERVICE,
                "DescribeSubnets",
                () -> subnets(
                        client.get().describeSubnets(r -> r.subnetIds(ids)).subnets()));
    }

    Result<List<SubnetState>> subnets(Optional<String> vpcId, Map<String, String> tags) {
        List<Filter> filters = new ArrayList<>();
        vpcId.ifPresent(id -> filters.add(filter("vpc-id", Set.of(id))));
        tags.forEach((key, value) -> filters.add(filter("tag:" + key, Set.of(value))));
        return Pages.<Subnet>all(token -> calls.read(SERVICE, "DescribeSubnets", () -> {
                    var page = client.get()
                            .describeSubnets(
                                    r -> r.filters(filters).maxResults(PAGE).nextToken(token));
                    return Page.of(page.subnets(), page.nextToken());
                }))
                .map(all -> subnets(all.items()));
    }

    private static List<SubnetState> subnets(List<Subnet> subnets) {
        return subnets.stream()
                .map(Ec2Shapes::subnet)
                .sorted(java.util.Comparator.comparing(SubnetState::id))
                .toList();
    }

    private Result<All<SecurityGroup>> groups(List<Filter> filters) {
        return Pages.all(token -> calls.read(SERVICE, "DescribeSecurityGroups", () -> {
            var page = client.get()
                    .describeSecurityGroups(
                            r -> r.filters(filters).maxResults(PAGE).nextToken(token));
            return Page.of(page.securityGroups(), page.nextToken());
        }));
    }

    /** DescribeSecurityGroups merges rules; only DescribeSecurityGroupRules shows them one by one, with their ids. */
    private Result<All<SecurityGroupState>> withRules(Result<All<SecurityGroup>> found) {
        return found.flatMap(groups -> rules(
                        groups.items().stream().map(SecurityGroup::groupId).toList())
                .map(rules -> {
                    Map<String, List<SecurityGroupRule>> byGroup =
                            rules.items().stream().collect(Collectors.groupingBy(SecurityGroupRule::groupId));
                    return new All<>(
                            groups.items().stream()
                                    .map(g -> Ec2Shapes.group(g, byGroup.getOrDefault(g.groupId(), List.of())))
                                    .toList(),
                            groups.calls() + rules.calls());
                }));
    }

    private Result<All<SecurityGroupRule>> rules(List<String> groupIds) {
        Result<All<SecurityGroupRule>> rules = Result.ok(new All<>(List.of(), 0));
        for (int from = 0; from < groupIds.size(); from += FILTER_VALUES) {
            List<String> some = groupIds.subList(from, Math.min(groupIds.size(), from + FILTER_VALUES));
            rules = rules.flatMap(before -> rulesOf(some).map(more -> {
                List<SecurityGroupRule> items = new ArrayList<>(before.items());
                items.addAll(more.items());
                return new All<>(items, before.calls() + more.calls());
            }));
        }
        return rules;
    }

    private Result<All<SecurityGroupRule>> rulesOf(Collection<String> groupIds) {
        return Pages.all(token -> calls.read(SERVICE, "DescribeSecurityGroupRules", () -> {
            var page = client.get()
                    .describeSecurityGroupRules(r -> r.filters(filter("group-id", groupIds))
                            .maxResults(PAGE)
                            .nextToken(token));
            return Page.of(page.securityGroupRules(), page.nextToken());
        }));
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
