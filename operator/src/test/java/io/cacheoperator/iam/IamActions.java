package io.cacheoperator.iam;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every action that the operator's role needs, and why. A test compares it with the calls in the code, another with calls made. */
final class IamActions {

    /** The resource says which action is missing and the operator goes on when it has it: most actions. */
    private static final String SAID = "the resource says so and waits";

    private static final String UNSEEN = "`Drifted` is Unknown and says so; everything else works";

    static final List<IamAction> READS = List.of(
            reads("elasticache:DescribeReplicationGroups", "sees valkey and redis caches", "valkey, redis"),
            reads("elasticache:DescribeCacheClusters", "sees nodes and memcached caches", "every cache"),
            reads("elasticache:DescribeCacheSubnetGroups", "finds the subnet group and its VPC", "every cache"),
            reads(
                    "elasticache:DescribeCacheParameterGroups",
                    "finds the operator's parameter group",
                    "`parameters`; every deletion"),
            reads("elasticache:DescribeCacheParameters", "compares values", "`parameters`"),
            reads(
                    "elasticache:DescribeEngineDefaultParameters",
                    "checks names and bounds before the first write",
                    "`parameters`"),
            reads(
                    "elasticache:DescribeCacheEngineVersions",
                    "checks the version, and tells its family",
                    "`engineVersion`, `parameters`"),
            reads(
                    "elasticache:DescribeSnapshots",
                    "awaits the snapshot that precedes a deletion",
                    "`deletionPolicy: Snapshot`"),
            reads("elasticache:ListTagsForResource", "proves whose a cache is, before every write", "every cache"),
            new IamAction(
                    "elasticache:DescribeEvents",
                    "sees within a minute what AWS did",
                    "every cache",
                    "changes in AWS are seen a little later; said in the log only"),
            new IamAction("tag:GetResources", "compares the tags of all caches by one call", "`tags`", UNSEEN));

    static final List<IamAction> NETWORK_READS = List.of(
            reads("ec2:DescribeSubnets", "finds subnets, zones and the VPC", "`subnetIds`, `subnetSelector`"),
            reads("ec2:DescribeSecurityGroups", "finds the operator's security group", "`allowFrom`"),
            reads("ec2:DescribeSecurityGroupRules", "compares its rules", "`allowFrom`"));

    static final List<IamAction> WRITES = List.of(
            writes("elasticache:CreateReplicationGroup", "makes the cache", "valkey, redis"),
            writes("elasticache:ModifyReplicationGroup", "changes it", "valkey, redis"),
            writes("elasticache:DeleteReplicationGroup", "deletes it", "valkey, redis"),
            writes("elasticache:CreateCacheCluster", "makes the cache", "memcached"),
            writes("elasticache:ModifyCacheCluster", "changes it", "memcached"),
            writes("elasticache:DeleteCacheCluster", "deletes it", "memcached"),
            writes("elasticache:CreateCacheParameterGroup", "makes the operator's parameter group", "`parameters`"),
            writes("elasticache:ModifyCacheParameterGroup", "sets values", "`parameters`"),
            writes(
                    "elasticache:ResetCacheParameterGroup",
                    "takes values back that are given no longer",
                    "`parameters`"),
            writes("elasticache:DeleteCacheParameterGroup", "removes it with the cache", "`parameters`"),
            writes(
                    "elasticache:CreateSnapshot",
                    "takes the snapshot that precedes a deletion",
                    "`deletionPolicy: Snapshot`"),
            writes(
                    "elasticache:AddTagsToResource",
                    "lets create calls carry the owner tag; changes tags; takes over",
                    "every cache"),
            writes("elasticache:RemoveTagsFromResource", "removes tags that are given no longer", "`tags`"),
            new IamAction(
                    "iam:CreateServiceLinkedRole",
                    "lets AWS make `AWSServiceRoleForElastiCache` with the account's first cache",
                    "an account that never had a cache",
                    SAID));

    static final List<IamAction> NETWORK_WRITES = List.of(
            writes(
                    "elasticache:CreateCacheSubnetGroup",
                    "makes the subnet group of these subnets",
                    "`subnetIds`, `subnetSelector`"),
            writes(
                    "elasticache:DeleteCacheSubnetGroup",
                    "removes it with its last cache",
                    "`subnetIds`, `subnetSelector`"),
            writes("ec2:CreateSecurityGroup", "makes the cache's security group", "`allowFrom`"),
            writes("ec2:CreateTags", "lets that call carry the owner tag; changes tags", "`allowFrom`"),
            writes("ec2:DeleteTags", "removes tags that are given no longer", "`tags` with `allowFrom`"),
            writes("ec2:AuthorizeSecurityGroupIngress", "adds rules", "`allowFrom`"),
            writes("ec2:RevokeSecurityGroupIngress", "removes rules", "`allowFrom`"),
            writes("ec2:UpdateSecurityGroupRuleDescriptionsIngress", "changes descriptions of rules", "`allowFrom`"),
            writes("ec2:DeleteSecurityGroup", "removes it with the cache", "`allowFrom`"));

    /** AWS checks them in the caller's name though no call of that name is made. */
    static final Set<String> IMPLIED = Set.of("iam:CreateServiceLinkedRole");

    private IamActions() {}

    private static IamAction reads(String name, String purpose, String feature) {
        return new IamAction(name, purpose, feature, SAID);
    }

    private static IamAction writes(String name, String purpose, String feature) {
        return new IamAction(name, purpose, feature, SAID);
    }

    @SafeVarargs
    static Set<String> names(List<IamAction>... parts) {
        return List.of(parts).stream()
                .flatMap(List::stream)
                .map(IamAction::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> all() {
        return names(READS, NETWORK_READS, WRITES, NETWORK_WRITES);
    }
}
