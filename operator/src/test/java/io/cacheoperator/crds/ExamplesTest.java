package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.Simulator;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Subnet;

class ExamplesTest {

    static List<Path> examples() throws IOException {
        return Examples.files();
    }

    @Test
    void theExamplesThatTheDocsNameAreThere() throws IOException {
        assertThat(Examples.files())
                .extracting(file -> file.getFileName().toString())
                .contains(
                        "valkey-minimal.yaml",
                        "redis-cluster-mode.yaml",
                        "memcached.yaml",
                        "bring-your-own-network.yaml");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void holdsTheCacheItIsNamedFor(Path example) throws IOException {
        List<GenericKubernetesResource> caches = Examples.objects(example).stream()
                .filter(object -> object.getKind().equals("CacheCluster"))
                .toList();
        assertThat(caches)
                .extracting(cache -> cache.getMetadata().getName() + ".yaml")
                .containsExactly(example.getFileName().toString());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void namesNoNamespace(Path example) throws IOException {
        assertThat(Examples.objects(example))
                .allSatisfy(object ->
                        assertThat(object.getMetadata().getNamespace()).isNull());
    }

    @Test
    void theNetworkBroughtAlongIsTheSimulatorsDefault() throws IOException {
        Path example = GeneratedFile.root().resolve("examples/bring-your-own-network.yaml");
        var json = new KubernetesSerialization();
        CacheCluster cluster =
                json.unmarshal(json.asJson(Examples.objects(example).getFirst()), CacheCluster.class);
        String region = cluster.getSpec().region();
        try (Simulator simulator = Simulator.builder().build().start();
                Ec2Client ec2 = client(simulator, region)) {
            List<Subnet> subnets = ec2.describeSubnets(request ->
                            request.subnetIds(cluster.getSpec().network().subnetIds()))
                    .subnets();
            List<SecurityGroup> groups = ec2.describeSecurityGroups(request ->
                            request.groupIds(cluster.getSpec().network().securityGroupIds()))
                    .securityGroups();
            assertThat(subnets).hasSize(2).extracting(Subnet::availabilityZone).doesNotHaveDuplicates();
            assertThat(groups)
                    .extracting(SecurityGroup::vpcId)
                    .containsExactly(subnets.getFirst().vpcId());
        }
    }

    private static Ec2Client client(Simulator simulator, String region) {
        return Ec2Client.builder()
                .endpointOverride(simulator.endpoint())
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
