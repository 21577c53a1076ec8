package io.cacheoperator.it;

import io.cacheoperator.app.OperatorConfig;
import io.cacheoperator.aws.CallListener;
import io.cacheoperator.aws.SdkRegions;
import io.cacheoperator.simulator.calllog.LoggedCall;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.elasticache.model.CacheCluster;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroup;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;
import software.amazon.awssdk.services.elasticache.model.ReplicationGroup;
import software.amazon.awssdk.services.elasticache.model.Snapshot;
import software.amazon.awssdk.services.elasticache.model.Tag;

/** The simulated AWS account as another client of it sees it: what is really there. */
final class SimulatedAccount implements AutoCloseable {

    /** What the access keys begin with that operators sign with, which tells their calls from the tests' own. */
    static final String OPERATOR = "operator";

    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final URI endpoint;
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final ElastiCacheClient elastiCache;
    private final Ec2Client ec2;

    SimulatedAccount(URI endpoint, String region) {
        this.endpoint = endpoint;
        elastiCache = ElastiCacheClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(CREDENTIALS)
                .httpClient(http)
                .build();
        ec2 = Ec2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(CREDENTIALS)
                .httpClient(http)
                .build();
    }

    /** What the so-manyth operator of a harness signs with; 1 is the first. */
    static String accessKey(int operator) {
        return operator == 1 ? OPERATOR : OPERATOR + "-" + operator;
    }

    static boolean isOperators(String accessKey) {
        return accessKey.startsWith(OPERATOR);
    }

    static boolean isOperators(LoggedCall call) {
        return isOperators(call.call().accessKeyId());
    }

    /** What an operator reaches this account by. @param clock the operator's */
    SdkRegions regions(String accessKey, InstantSource clock, CallListener calls) {
        return SdkRegions.at(endpoint, accessKey, "test", clock, calls);
    }

    ElastiCacheClient elastiCache() {
        return elastiCache;
    }

    Ec2Client ec2() {
        return ec2;
    }

    List<String> subnetIds() {
        return ec2.describeSubnets().subnets().stream()
                .map(Subnet::subnetId)
                .sorted()
                .toList();
    }

    /** All subnets of the default VPC, open to it. */
    OperatorConfig.Defaults defaults() {
        return new OperatorConfig.Defaults(
                subnetIds(),
                null,
                List.of(new OperatorConfig.AllowFrom("172.31.0.0/16", null, null, null)),
                Map.of(),
                null,
                null);
    }

    List<ReplicationGroup> groups() {
        return elastiCache.describeReplicationGroups().replicationGroups();
    }

    List<CacheCluster> clusters() {
        return elastiCache.describeCacheClusters(r -> r.showCacheNodeInfo(true)).cacheClusters();
    }

    /** Whether it is one of the automatic ones, by its name ("Scheduling automatic backups", ElastiCache User Guide). */
    static boolean madeByAws(String snapshotName) {
        return snapshotName.startsWith("automatic.");
    }

    /** But those that AWS makes by itself: at any time of the day it may be some cache's window. */
    List<Snapshot> snapshots() {
        return elastiCache.describeSnapshots().snapshots().stream()
                .filter(snapshot -> !madeByAws(snapshot.snapshotName()))
                .toList();
    }

    List<SecurityGroup> securityGroups() {
        return ec2.describeSecurityGroups().securityGroups().stream()
                .filter(group -> !group.groupName().equals("default"))
                .toList();
    }

    Map<String, String> tags(String arn) {
        return elastiCache.listTagsForResource(r -> r.resourceName(arn)).tagList().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    /** Names of everything but what every account has from the start. */
    List<String> everything() {
        List<String> names = new ArrayList<>();
        groups().forEach(g -> names.add("replication group " + g.replicationGroupId()));
        clusters().forEach(c -> names.add("cache cluster " + c.cacheClusterId()));
        snapshots().forEach(s -> names.add("snapshot " + s.snapshotName()));
        securityGroups().forEach(g -> names.add("security group " + g.groupName()));
        elastiCache.describeCacheSubnetGroups().cacheSubnetGroups().stream()
                .map(CacheSubnetGroup::cacheSubnetGroupName)
                .filter(name -> !Set.of("default").contains(name))
                .forEach(name -> names.add("subnet group " + name));
        elastiCache.describeCacheParameterGroups().cacheParameterGroups().stream()
                .map(CacheParameterGroup::cacheParameterGroupName)
                .filter(name -> !name.startsWith("default."))
                .forEach(name -> names.add("parameter group " + name));
        return names;
    }

    @Override
    public void close() {
        elastiCache.close();
        ec2.close();
        http.close();
    }
}
