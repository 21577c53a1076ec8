package io.cacheoperator.iam;

import io.cacheoperator.core.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies in docs/iam. Resources and conditions are those that the Service Authorization Reference lists for each action
 * ("Actions defined by Amazon ElastiCache", "... Amazon EC2"); what it does not say, or the simulator could not be sure of, is not
 * restricted.
 */
public final class IamPolicies {

    private static final String CACHE = "arn:aws:elasticache:*:*:cluster:*";
    private static final String GROUP = "arn:aws:elasticache:*:*:replicationgroup:*";
    private static final String PARAMETERS = "arn:aws:elasticache:*:*:parametergroup:*";
    private static final String SUBNETS = "arn:aws:elasticache:*:*:subnetgroup:*";
    private static final String SNAPSHOT = "arn:aws:elasticache:*:*:snapshot:*";
    private static final String SECURITY_GROUP = "arn:aws:ec2:*:*:security-group/*";
    private static final String VPC = "arn:aws:ec2:*:*:vpc/*";
    private static final String ROLE =
            "arn:aws:iam::*:role/aws-service-role/elasticache.amazonaws.com/AWSServiceRoleForElastiCache";

    private static final String ELASTICACHE = "elasticache:";
    private static final String MADE_WITH_TAG = "aws:RequestTag/" + Owner.TAG;
    private static final String HAS_TAG = "aws:ResourceTag/" + Owner.TAG;

    private static final IamStatement READ_CACHES =
            IamStatement.allow("ReadCaches", IamActions.names(IamActions.READS), "*");
    private static final IamStatement READ_NETWORKS =
            IamStatement.allow("ReadNetworks", IamActions.names(IamActions.NETWORK_READS), "*");

    /** A create is checked for the cache, which carries the tag, and for what it uses, which need not. */
    private static final List<IamStatement> CACHES = List.of(
            caches("MakeCaches", List.of(CACHE, GROUP), "CreateCacheCluster", "CreateReplicationGroup")
                    .when("StringLike", MADE_WITH_TAG, "*"),
            caches(
                    "UseGroups",
                    List.of(PARAMETERS, SUBNETS),
                    "CreateCacheCluster",
                    "CreateReplicationGroup",
                    "ModifyCacheCluster",
                    "ModifyReplicationGroup"),
            caches(
                            "ChangeOwnCaches",
                            List.of(CACHE, GROUP),
                            "CreateSnapshot",
                            "DeleteCacheCluster",
                            "DeleteReplicationGroup",
                            "ModifyCacheCluster",
                            "ModifyReplicationGroup",
                            "RemoveTagsFromResource")
                    .when("StringLike", HAS_TAG, "*"),
            caches("MakeParameterGroups", List.of(PARAMETERS), "CreateCacheParameterGroup")
                    .when("StringLike", MADE_WITH_TAG, "*"),
            caches(
                            "ChangeOwnParameterGroups",
                            List.of(PARAMETERS),
                            "DeleteCacheParameterGroup",
                            "ModifyCacheParameterGroup",
                            "RemoveTagsFromResource",
                            "ResetCacheParameterGroup")
                    .when("StringLike", HAS_TAG, "*"),
            caches("MakeSnapshots", List.of(SNAPSHOT), "CreateSnapshot").when("StringLike", MADE_WITH_TAG, "*"),
            caches("Tag", List.of(CACHE, PARAMETERS, GROUP, SNAPSHOT, SUBNETS), "AddTagsToResource"),
            IamStatement.allow("MakeServiceLinkedRole", List.of("iam:CreateServiceLinkedRole"), ROLE)
                    .when("StringLike", "iam:AWSServiceName", "elasticache.amazonaws.com"));

    private static final List<IamStatement> NETWORKS = List.of(
            caches("MakeSubnetGroups", List.of(SUBNETS), "CreateCacheSubnetGroup")
                    .when("StringLike", MADE_WITH_TAG, "*"),
            caches("DeleteOwnSubnetGroups", List.of(SUBNETS), "DeleteCacheSubnetGroup")
                    .when("StringLike", HAS_TAG, "*"),
            IamStatement.allow("MakeSecurityGroups", List.of("ec2:CreateSecurityGroup"), SECURITY_GROUP)
                    .when("StringLike", MADE_WITH_TAG, "*"),
            IamStatement.allow("MakeSecurityGroupsInAnyVpc", List.of("ec2:CreateSecurityGroup"), VPC),
            IamStatement.allow("TagNewSecurityGroups", List.of("ec2:CreateTags"), SECURITY_GROUP)
                    .when("StringEquals", "ec2:CreateAction", "CreateSecurityGroup"),
            IamStatement.allow(
                            "ChangeOwnSecurityGroups",
                            List.of(
                                    "ec2:AuthorizeSecurityGroupIngress",
                                    "ec2:CreateTags",
                                    "ec2:DeleteSecurityGroup",
                                    "ec2:DeleteTags",
                                    "ec2:RevokeSecurityGroupIngress",
                                    "ec2:UpdateSecurityGroupRuleDescriptionsIngress"),
                            SECURITY_GROUP)
                    .when("StringLike", HAS_TAG, "*"));

    /** Everything that this version does. */
    public static final List<IamStatement> FULL = joined(List.of(READ_CACHES, READ_NETWORKS), CACHES, NETWORKS);

    /** For caches whose subnet group and security groups are given by name. */
    public static final List<IamStatement> NO_EC2 = joined(List.of(READ_CACHES), CACHES);

    /** Shows what is there and changes nothing. */
    public static final List<IamStatement> READ_ONLY = List.of(READ_CACHES, READ_NETWORKS);

    private IamPolicies() {}

    private static IamStatement caches(String sid, List<String> resources, String... operations) {
        return IamStatement.allow(
                sid,
                Stream.of(operations).map(operation -> ELASTICACHE + operation).toList(),
                resources.toArray(String[]::new));
    }

    @SafeVarargs
    private static List<IamStatement> joined(List<IamStatement>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** The policy as IAM takes it. */
    public static String json(Collection<IamStatement> statements) {
        return statements.stream()
                .map(IamStatement::json)
                .collect(Collectors.joining(
                        ",\n", "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n", "\n  ]\n}\n"));
    }

    /** Every action that is allowed, once. */
    public static Set<String> actions(Collection<IamStatement> statements) {
        return statements.stream()
                .flatMap(statement -> statement.actions().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Cut to pieces of one action each. */
    public static List<IamStatement> pieces(Collection<IamStatement> statements) {
        List<IamStatement> pieces = new ArrayList<>();
        statements.forEach(statement -> statement.actions().forEach(action -> pieces.add(statement.only(action))));
        return List.copyOf(pieces);
    }
}
