package io.cacheoperator.aws;

import io.cacheoperator.aws.SdkFetcher.RegionReads;
import io.cacheoperator.core.ChangeFeed;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.Result;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticache.model.Event;

/** DescribeEvents as the feed of changes: one call for the account and region. Entries have no id; aws-behaviour.md, 4.6. */
final class ElastiCacheEvents implements ChangeFeed {

    /** {@code <group>-001} in cluster mode disabled, {@code <group>-0001-001} in cluster mode enabled. */
    private static final Pattern MEMBER = Pattern.compile("(.+?)(?:-\\d{4})?-\\d{3}");

    private final Function<String, RegionReads> regions;

    ElastiCacheEvents(Function<String, RegionReads> regions) {
        this.regions = regions;
    }

    @Override
    public Result<List<Change>> lately(String region, Duration back) {
        return regions.apply(region)
                .elastiCache()
                .events(back)
                .map(all -> all.items().stream()
                        .filter(e -> e.date() != null && e.sourceIdentifier() != null)
                        .map(e -> change(region, e))
                        .toList());
    }

    private static Change change(String region, Event event) {
        String id = FromElastiCache.lower(event.sourceIdentifier());
        return new Change(id + " " + event.date() + " " + event.message(), event.date(), about(region, event, id));
    }

    private static Set<Query<?>> about(String region, Event event, String id) {
        Set<Query<?>> about = new HashSet<>();
        switch (FromElastiCache.text(event.sourceTypeAsString())) {
            case "replication-group" -> about.add(new Queries.ReplicationGroup(region, id));
            case "cache-cluster" -> {
                about.add(new Queries.CacheCluster(region, id));
                Matcher member = MEMBER.matcher(id);
                if (member.matches()) {
                    about.add(new Queries.ReplicationGroup(region, member.group(1)));
                    about.add(new Queries.Members(region, member.group(1)));
                }
            }
            case "cache-parameter-group" -> {
                about.add(new Queries.ParameterGroup(region, id));
                about.add(new Queries.UserParameters(region, id));
            }
            case "cache-subnet-group" -> about.add(new Queries.SubnetGroup(region, id));
            default -> {
                // Users, user groups and serverless caches are not ours yet.
            }
        }
        return about;
    }
}
