package io.cacheoperator.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticache.ElastiCacheClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients of one region, each made when it is first used, on one connection pool. The SDK's standard variables
 * apply: AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_&lt;SERVICE&gt; and the default credentials chain. The SDK does not retry: the
 * call budget and the reconcile loop do, knowing more.
 */
final class SdkClients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SOCKET = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(45);

    private final Region region;
    private final Optional<URI> endpoint;
    private final Supplier<AwsCredentialsProvider> credentials;
    private final SdkHttpClient http = UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT)
            .socketTimeout(SOCKET)
            .build();

    private final Lazy<ElastiCacheClient> elastiCache = new Lazy<>(() -> build(ElastiCacheClient.builder()));
    private final Lazy<Ec2Client> ec2 = new Lazy<>(() -> build(Ec2Client.builder()));
    private final Lazy<ResourceGroupsTaggingApiClient> tagging =
            new Lazy<>(() -> build(ResourceGroupsTaggingApiClient.builder()));
    private final Lazy<StsClient> sts = new Lazy<>(() -> build(StsClient.builder()));

    /** @param endpoint one endpoint for all services, for tests; else what the SDK's variables say */
    SdkClients(String region, Optional<URI> endpoint, Supplier<AwsCredentialsProvider> credentials) {
        this.region = Region.of(region);
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    static AwsCredentialsProvider defaultCredentials() {
        return DefaultCredentialsProvider.builder().build();
    }

    ElastiCacheClient elastiCache() {
        return elastiCache.get();
    }

    Ec2Client ec2() {
        return ec2.get();
    }

    ResourceGroupsTaggingApiClient tagging() {
        return tagging.get();
    }

    StsClient sts() {
        return sts.get();
    }

    private <B extends AwsClientBuilder<B, C>, C> C build(B builder) {
        endpoint.ifPresent(builder::endpointOverride);
        return ((Function<B, C>) AwsClientBuilder::build)
                .apply(withHttp(builder.region(region)
                        .credentialsProvider(credentials.get())
                        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry())
                                .apiCallTimeout(CALL)
                                .apiCallAttemptTimeout(CALL))));
    }

    private <B> B withHttp(B builder) {
        ((software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder<?, ?>) builder).httpClient(http);
        return builder;
    }

    @Override
    public void close() {
        elastiCache.ifMade(ElastiCacheClient::close);
        ec2.ifMade(Ec2Client::close);
        tagging.ifMade(ResourceGroupsTaggingApiClient::close);
        sts.ifMade(StsClient::close);
        http.close();
    }

    /** Made once, when first wanted. */
    private static final class Lazy<T> {

        private final Supplier<T> maker;
        private Optional<T> made = Optional.empty();

        Lazy(Supplier<T> maker) {
            this.maker = maker;
        }

        synchronized T get() {
            T value = made.orElseGet(maker);
            made = Optional.of(value);
            return value;
        }

        synchronized void ifMade(java.util.function.Consumer<T> then) {
            made.ifPresent(then);
        }
    }
}
