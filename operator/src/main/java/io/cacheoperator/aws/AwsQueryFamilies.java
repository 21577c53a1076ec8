package io.cacheoperator.aws;

import io.cacheoperator.core.Query;
import io.cacheoperator.core.QueryFamily;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How long answers are good, which of them move, and what follows from what, one line per class of question. */
final class AwsQueryFamilies {

    /** What the user brings and nobody changes from day to day. */
    private static final Duration MINUTES = Duration.ofMinutes(5);

    /** What AWS publishes for everyone. */
    private static final Duration AN_HOUR = Duration.ofHours(1);

    /** A proof of ownership, and what only the slow round reads again. */
    private static final Duration PROOF = Duration.ofMinutes(10);

    /** What decides a delete. */
    private static final Duration MOMENT = Duration.ofSeconds(15);

    private AwsQueryFamilies() {}

    static List<QueryFamily<?, ?>> all() {
        return List.of(
                QueryFamily.of(Queries.ReplicationGroup.class, MINUTES)
                        .movingWhile(Motions::moving)
                        .leading(q -> Set.of(new Queries.Members(q.region(), q.id()))),
                QueryFamily.of(Queries.CacheCluster.class, MINUTES).movingWhile(Motions::moving),
                QueryFamily.of(Queries.Members.class, MINUTES)
                        .movingWhile(Motions::moving)
                        .costing((q, known) ->
                                Math.max(1, SdkFetcher.memberIds(q, known).size())),
                QueryFamily.of(Queries.SubnetGroup.class, MINUTES),
                QueryFamily.of(Queries.SubnetGroupUsers.class, MOMENT),
                QueryFamily.of(Queries.ParameterGroup.class, MINUTES)
                        .leading(q -> Set.<Query<?>>of(new Queries.UserParameters(q.region(), q.name()))),
                QueryFamily.of(Queries.UserParameters.class, AN_HOUR).refreshed(),
                QueryFamily.of(Queries.FamilyParameters.class, AN_HOUR),
                QueryFamily.of(Queries.EngineVersions.class, AN_HOUR),
                QueryFamily.of(Queries.SecurityGroupByName.class, MINUTES),
                QueryFamily.of(Queries.OwnedSecurityGroups.class, MINUTES),
                QueryFamily.of(Queries.SecurityGroups.class, MINUTES),
                QueryFamily.of(Queries.SubnetsById.class, MINUTES),
                QueryFamily.of(Queries.SubnetsBySelector.class, MINUTES),
                QueryFamily.of(Queries.Tags.class, PROOF),
                QueryFamily.of(Queries.TagHint.class, MINUTES),
                QueryFamily.of(Queries.Events.class, MINUTES),
                QueryFamily.of(Queries.Snapshot.class, MOMENT).movingWhile(Motions::moving));
    }
}
