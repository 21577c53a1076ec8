package io.cacheoperator.aws;

import io.cacheoperator.core.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every question that is asked of AWS. Ids and names are lower-case as the service stores them. */
public final class Queries {

    private Queries() {}

    public record ReplicationGroup(String region, String id) implements Query<ReplicationGroupState> {}

    public record CacheCluster(String region, String id) implements Query<CacheClusterState> {}

    /** All members of a replication group; absent if it has none. */
    public record Members(String region, String replicationGroupId) implements Query<List<CacheClusterState>> {}

    public record SubnetGroup(String region, String name) implements Query<SubnetGroupState> {}

    /** Ids of the cache clusters in a subnet group. Present with an empty list where it has none. */
    public record SubnetGroupUsers(String region, String subnetGroupName) implements Query<List<String>> {}

    public record ParameterGroup(String region, String name) implements Query<ParameterGroupState> {}

    /** The values set by a user in a parameter group (DescribeCacheParameters with Source=user). */
    public record UserParameters(String region, String parameterGroupName) implements Query<Map<String, String>> {}

    /** Every parameter of a family with its default and bounds, by name. */
    public record FamilyParameters(String region, String family) implements Query<Map<String, ParameterDefinition>> {}

    public record EngineVersions(String region, String engine) implements Query<List<EngineVersionState>> {}

    /** A security group by its name within a VPC: how ours are found again without status. */
    public record SecurityGroupByName(String region, String vpcId, String name) implements Query<SecurityGroupState> {}

    /** All security groups whose owner tag has this value, in any VPC: how deletion finds ours. */
    public record OwnedSecurityGroups(String region, String owner) implements Query<List<SecurityGroupState>> {}

    /** Security groups that the user brings. Absent if one of them does not exist. */
    public record SecurityGroups(String region, Set<String> ids) implements Query<List<SecurityGroupState>> {
        public SecurityGroups {
            ids = Set.copyOf(ids);
        }
    }

    /** Subnets by id. Absent if one of them does not exist. */
    public record SubnetsById(String region, Set<String> ids) implements Query<List<SubnetState>> {
        public SubnetsById {
            ids = Set.copyOf(ids);
        }
    }

    /** Subnets by VPC and tags. Present with an empty list where none fits. */
    public record SubnetsBySelector(String region, Optional<String> vpcId, Map<String, String> tags)
            implements Query<List<SubnetState>> {
        public SubnetsBySelector {
            tags = Map.copyOf(tags);
        }
    }

    /** The tags of an ElastiCache resource by its ARN: the proof of ownership. Refused by AWS while it is busy. */
    public record Tags(String region, String arn) implements Query<Map<String, String>> {}

    /** The newest events of one source, as AWS words them: what tells why it took a change back. */
    public record Events(String region, String sourceType, String sourceId) implements Query<List<EventState>> {}

    public record Snapshot(String region, String name) implements Query<SnapshotState> {}

    /**
     * What the Resource Groups Tagging API's bulk answer says of an ARN's tags. It lags and remembers removed tags: a
     * hint for drift, never a proof of ownership.
     */
    public record TagHint(String region, String arn) implements Query<Map<String, String>> {}
}
