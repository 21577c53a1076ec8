package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.CreateCacheCluster;
import io.cacheoperator.aws.CreateReplicationGroup;
import io.cacheoperator.aws.ModifyCacheCluster;
import io.cacheoperator.aws.ModifyReplicationGroup;
import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every side effect that a CacheCluster can ask for. One value is one call. */
public sealed interface ClusterAction {

    /** A write to ElastiCache or EC2. Those that touch what exists are sent only after ownership was proven. */
    sealed interface AwsAction extends ClusterAction {}

    record CreateSecurityGroup(String vpcId, String name, String description, Map<String, String> tags)
            implements AwsAction {}

    record AuthorizeIngress(String vpcId, String groupName, String groupId, List<IngressRule> rules)
            implements AwsAction {}

    record RevokeIngress(String vpcId, String groupName, String groupId, Set<String> ruleIds) implements AwsAction {}

    record DescribeIngress(String vpcId, String groupName, String groupId, List<Rule> rules) implements AwsAction {}

    /** Sets tags, or removes some; never both at once. */
    record TagSecurityGroup(
            String vpcId, String groupName, String groupId, Map<String, String> set, Set<String> removed)
            implements AwsAction {}

    record DeleteSecurityGroup(String vpcId, String groupName, String groupId) implements AwsAction {}

    record CreateSubnetGroup(String name, String description, Set<String> subnetIds, Map<String, String> tags)
            implements AwsAction {}

    record DeleteSubnetGroup(String name) implements AwsAction {}

    record CreateParameterGroup(String name, String family, String description, Map<String, String> tags)
            implements AwsAction {}

    /** @param values at most 20 */
    record ModifyParameters(String groupName, Map<String, String> values) implements AwsAction {}

    /** @param names at most 20 */
    record ResetParameters(String groupName, Set<String> names) implements AwsAction {}

    record DeleteParameterGroup(String name) implements AwsAction {}

    record CreateGroup(CreateReplicationGroup request) implements AwsAction {}

    record ModifyGroup(ModifyReplicationGroup request) implements AwsAction {}

    record DeleteGroup(String id) implements AwsAction {}

    /**
     * Deletes a group that AWS could not make. Its tags cannot be read, and there is nothing in it to lose: sent only while
     * its status is {@code create-failed}.
     */
    record DeleteFailedGroup(String id) implements AwsAction {}

    record CreateMemcached(CreateCacheCluster request) implements AwsAction {}

    record ModifyMemcached(ModifyCacheCluster request) implements AwsAction {}

    record DeleteMemcached(String id) implements AwsAction {}

    record TakeSnapshot(String name, String replicationGroupId, Map<String, String> tags) implements AwsAction {

        /** The name of its step. */
        static final String STEP = "CreateSnapshot";
    }

    /** Tags of the cache itself or of a sub-resource in ElastiCache. */
    record AddTags(String arn, Map<String, String> tags) implements AwsAction {}

    record RemoveTags(String arn, List<String> keys) implements AwsAction {}

    /**
     * Writes our owner tag over another owner's. Planned only where the user asks for it by annotation and the operator's
     * allow list permits it; sent only while the tags still name that owner.
     */
    record TakeOver(String arn, String from, Map<String, String> tags) implements AwsAction {}

    /**
     * Writes a generated token into Secret {@code <name>-cache-auth} before the call that carries it. Each plan brings another token and
     * all mean the same, so that what failed is known again.
     */
    record WriteTokenSecret(String secretName, AuthToken current) implements ClusterAction {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WriteTokenSecret(String name, AuthToken token) && name.equals(secretName);
        }

        @Override
        public int hashCode() {
            return secretName.hashCode();
        }
    }

    /** Records in Secret {@code <name>-cache-auth} by what the token is known that AWS is given, and nothing else. */
    record KeepTokenHash(String secretName, TokenHash applied) implements ClusterAction {}

    /** Writes what workloads need to connect. */
    record WriteConnectionSecret(ConnectionDetails details) implements ClusterAction {}

    /** Removes a connection Secret of ours that has the name which the spec gave before. */
    record DeleteConnectionSecret(String name) implements ClusterAction {}

    /** Removes Secret {@code <name>-cache-auth}: the last step of a deletion, when the cache is known to be gone. */
    record DeleteTokenSecret(String name) implements ClusterAction {}

    /** Nothing to send: shows in the plan what AWS is at, or what a later step waits for. Never executed. */
    record Await(String what) implements ClusterAction {}

    /**
     * Makes Secrets of an earlier CacheCluster of this name belong to this one, so that Kubernetes does not collect them with
     * the earlier one, and does with this one.
     */
    record AdoptSecrets(List<String> secretNames) implements ClusterAction {}

    /** Takes ownerReferences off Secrets: of the token's always, of the connection's where the cache outlives the CR. */
    record ReleaseSecrets(List<String> secretNames) implements ClusterAction {}

    /** A change this version shows but does not make. */
    record Unsupported(String field) implements ClusterAction {}
}
