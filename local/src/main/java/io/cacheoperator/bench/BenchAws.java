package io.cacheoperator.bench;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;

/** What somebody else does in the simulated account. */
record BenchAws(URI endpoint) {

    /**
     * What the manifests bring: a subnet group, made here, and the VPC's default security group.
     *
     * @return the security group's id
     */
    String network(String region, String subnetGroup) {
        try (Ec2Client ec2 = client(Ec2Client.builder(), region);
                ElastiCacheClient elastiCache = client(ElastiCacheClient.builder(), region)) {
            List<String> subnets = ec2.describeSubnets().subnets().stream()
                    .map(Subnet::subnetId)
                    .toList();
            elastiCache.createCacheSubnetGroup(r -> r.cacheSubnetGroupName(subnetGroup)
                    .cacheSubnetGroupDescription("bench")
                    .subnetIds(subnets));
            return ec2.describeSecurityGroups().securityGroups().getFirst().groupId();
        }
    }

    /** Makes and reads as many caches, in a region whose caches nobody else sees. */
    void warmUp(String region, int caches) {
        try (ElastiCacheClient elsewhere = client(ElastiCacheClient.builder(), region)) {
            BenchWorld.eachOf(0, caches, i -> {
                elsewhere.createReplicationGroup(r -> r.replicationGroupId("warm-" + i)
                        .replicationGroupDescription("warm-up")
                        .engine("valkey")
                        .cacheNodeType("cache.t4g.small")
                        .numCacheClusters(1)
                        .transitEncryptionEnabled(true));
                elsewhere.describeReplicationGroups();
                elsewhere.describeCacheClusters(r -> r.showCacheNodeInfo(true));
            });
        }
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String region) {
        return builder.endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
