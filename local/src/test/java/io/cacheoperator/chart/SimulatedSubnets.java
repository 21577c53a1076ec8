package io.cacheoperator.chart;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** The subnets that a simulated account has from the start. */
final class SimulatedSubnets {
    private SimulatedSubnets() {}

    static List<String> of(URI aws, String region) {
        try (var ec2 = Ec2Client.builder()
                .endpointOverride(aws)
                .region(Region.of(region))
                // Signed: an unsigned call names no region.
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            return ec2.describeSubnets().subnets().stream()
                    .map(Subnet::subnetId)
                    .toList();
        }
    }
}
