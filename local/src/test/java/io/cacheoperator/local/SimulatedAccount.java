package io.cacheoperator.local;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** What the simulated account holds beside what every account has, asked as anybody would. */
final class SimulatedAccount implements AutoCloseable {
    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final ElastiCacheClient elastiCache;
    private final Ec2Client ec2;

    SimulatedAccount(URI endpoint) {
        Region region = Region.of(LocalWorld.REGION);
        this.elastiCache = ElastiCacheClient.builder()
                .endpointOverride(endpoint)
                .region(region)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(CREDENTIALS)
                .build();
        this.ec2 = Ec2Client.builder()
                .endpointOverride(endpoint)
                .region(region)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    /** All but snapshots, each as {@code kind name}, sorted. */
    Set<String> resources() {
        Set<String> found = new TreeSet<>();
        elastiCache
                .describeReplicationGroupsPaginator()
                .replicationGroups()
                .forEach(named("ReplicationGroup ", found, group -> group.replicationGroupId()));
        elastiCache
                .describeCacheClustersPaginator()
                .cacheClusters()
                .forEach(named("CacheCluster ", found, cluster -> cluster.cacheClusterId()));
        elastiCache.describeCacheSubnetGroupsPaginator().cacheSubnetGroups().stream()
                .filter(group -> !group.cacheSubnetGroupName().equals("default"))
                .forEach(named("CacheSubnetGroup ", found, group -> group.cacheSubnetGroupName()));
        elastiCache.describeCacheParameterGroupsPaginator().cacheParameterGroups().stream()
                .filter(group -> !group.cacheParameterGroupName().startsWith("default."))
                .forEach(named("CacheParameterGroup ", found, group -> group.cacheParameterGroupName()));
        ec2.describeSecurityGroupsPaginator().securityGroups().stream()
                .filter(group -> !group.groupName().equals("default"))
                .forEach(named("SecurityGroup ", found, group -> group.groupName()));
        return found;
    }

    /** Those of {@link #resources()} that are named for a cache. */
    List<String> resourcesOf(String cacheId) {
        return resources().stream().filter(name -> name.contains(cacheId)).toList();
    }

    /** The names of the caches that have a snapshot. */
    Set<String> savedCaches() {
        Set<String> found = new TreeSet<>();
        elastiCache
                .describeSnapshotsPaginator()
                .snapshots()
                .forEach(named("", found, snapshot -> snapshot.replicationGroupId()));
        return found;
    }

    private static <T> Consumer<T> named(String kind, Set<String> found, java.util.function.Function<T, String> name) {
        return thing -> found.add(kind + name.apply(thing));
    }

    @Override
    public void close() {
        elastiCache.close();
        ec2.close();
    }
}
