package io.cacheoperator.local;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.Vpc;

/** The network that the simulated account has from the beginning. */
record DefaultVpc(String cidr, List<String> subnetIds) {
    /** Asks the endpoint, as anybody would. */
    static DefaultVpc find(URI endpoint, String region) {
        try (Ec2Client ec2 = Ec2Client.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            Vpc vpc = ec2.describeVpcs(request -> request.filters(filter("is-default", "true")))
                    .vpcs()
                    .getFirst();
            List<String> subnets =
                    ec2.describeSubnets(request -> request.filters(filter("vpc-id", vpc.vpcId()))).subnets().stream()
                            .map(Subnet::subnetId)
                            .sorted()
                            .toList();
            return new DefaultVpc(vpc.cidrBlock(), subnets);
        }
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
