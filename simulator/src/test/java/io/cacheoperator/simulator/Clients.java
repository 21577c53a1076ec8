package io.cacheoperator.simulator;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Real SDK clients of a simulator, which do not retry. */
public final class Clients {
    private Clients() {}

    public static Ec2Client ec2(Simulator simulator) {
        return of(Ec2Client.builder(), simulator.endpoint(), "test").build();
    }

    public static <B extends AwsClientBuilder<B, ?>> B of(B builder, URI endpoint, String accessKey) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()));
    }

    /** The wire code and AWS's words of a refusal. */
    public static String words(Ec2Exception refusal) {
        return refusal.awsErrorDetails().errorCode() + ": "
                + refusal.awsErrorDetails().errorMessage();
    }
}
