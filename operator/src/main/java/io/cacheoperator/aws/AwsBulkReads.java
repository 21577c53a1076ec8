package io.cacheoperator.aws;

import io.cacheoperator.aws.Pages.All;
import io.cacheoperator.aws.SdkFetcher.RegionReads;
import io.cacheoperator.core.Answers;
import io.cacheoperator.core.BulkRead;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is read for all resources at once, one line each. */
final class AwsBulkReads {

    /** What changes seldom, or lags anyway, is not worth its calls every minute. */
    private static final int SELDOM = 5;

    private AwsBulkReads() {}

    static List<BulkRead> all(Function<String, RegionReads> regions) {
        return List.of(
                read(
                        "DescribeReplicationGroups",
                        1,
                        regions,
                        Set.of(Queries.ReplicationGroup.class),
                        aws -> aws.elastiCache().replicationGroups(),
                        AwsBulkReads::groups),
                read(
                        "DescribeCacheClusters",
                        1,
                        regions,
                        Set.of(Queries.CacheCluster.class, Queries.Members.class),
                        aws -> aws.elastiCache().cacheClusters(),
                        AwsBulkReads::clusters),
                read(
                        "DescribeCacheSubnetGroups",
                        SELDOM,
                        regions,
                        Set.of(Queries.SubnetGroup.class),
                        aws -> aws.elastiCache().subnetGroups(),
                        (found, to) -> found.forEach(
                                s -> to.answers().put(new Queries.SubnetGroup(to.region(), s.name()), s))),
                read(
                        "DescribeCacheParameterGroups",
                        SELDOM,
                        regions,
                        Set.of(Queries.ParameterGroup.class),
                        aws -> aws.elastiCache().parameterGroups(),
                        (found, to) -> found.forEach(
                                p -> to.answers().put(new Queries.ParameterGroup(to.region(), p.name()), p))),
                read(
                        "DescribeSecurityGroups",
                        1,
                        regions,
                        Set.of(Queries.SecurityGroupByName.class, Queries.OwnedSecurityGroups.class),
                        aws -> aws.ec2().ownedGroups(),
                        AwsBulkReads::securityGroups),
                read(
                        "GetResources",
                        SELDOM,
                        regions,
                        Set.of(Queries.TagHint.class),
                        aws -> aws.tagging().owned(),
                        (found, to) -> found.forEach(
                                t -> to.answers().put(new Queries.TagHint(to.region(), t.arn()), t.tags()))));
    }

    /** Where the answers of one region go. */
    private record Sheet(String region, Answers.Builder answers) {}

    private static void groups(List<ReplicationGroupState> found, Sheet to) {
        found.forEach(g -> to.answers().put(new Queries.ReplicationGroup(to.region(), g.id()), g));
    }

    private static void clusters(List<CacheClusterState> found, Sheet to) {
        found.forEach(c -> to.answers().put(new Queries.CacheCluster(to.region(), c.id()), c));
        Map<String, List<CacheClusterState>> byGroup = found.stream()
                .filter(c -> c.replicationGroupId().isPresent())
                .sorted(Comparator.comparing(CacheClusterState::id))
                .collect(Collectors.groupingBy(c -> c.replicationGroupId().orElseThrow()));
        byGroup.forEach(
                (group, members) -> to.answers().put(new Queries.Members(to.region(), group), List.copyOf(members)));
    }

    private static void securityGroups(List<SecurityGroupState> found, Sheet to) {
        found.forEach(g -> to.answers().put(new Queries.SecurityGroupByName(to.region(), g.vpcId(), g.name()), g));
        Map<String, List<SecurityGroupState>> byOwner = found.stream()
                .filter(g -> g.tags().containsKey(Owner.TAG))
                .sorted(Comparator.comparing(SecurityGroupState::id))
                .collect(
                        Collectors.groupingBy(g -> FromElastiCache.text(g.tags().get(Owner.TAG))));
        byOwner.forEach((owner, groups) ->
                to.answers().put(new Queries.OwnedSecurityGroups(to.region(), owner), List.copyOf(groups)));
    }

    private static <T> BulkRead read(
            String name,
            int everyPeriods,
            Function<String, RegionReads> regions,
            Set<Class<? extends Query<?>>> answers,
            Function<RegionReads, Result<All<T>>> call,
            BiConsumer<List<T>, Sheet> sort) {
        return new BulkRead() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Set<Class<? extends Query<?>>> answers() {
                return answers;
            }

            @Override
            public int everyPeriods() {
                return everyPeriods;
            }

            @Override
            public Result<Answers> readAll(String region) {
                return call.apply(regions.apply(region)).map(all -> {
                    Answers.Builder builder = Answers.builder().calls(all.calls());
                    sort.accept(all.items(), new Sheet(region, builder));
                    return builder.build();
                });
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
