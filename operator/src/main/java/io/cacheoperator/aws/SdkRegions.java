package io.cacheoperator.aws;

import io.cacheoperator.aws.SdkFetcher.RegionReads;
import io.cacheoperator.core.Result;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** AWS through the SDK: one set of clients and of call budgets per region, made when the region is first used. */
public final class SdkRegions implements AwsRegions {

    private final InstantSource clock;
    private final CallListener listener;
    private final Optional<URI> endpoint;
    private final Supplier<AwsCredentialsProvider> credentials;
    private final Map<String, InRegion> regions = new ConcurrentHashMap<>();

    private SdkRegions(
            InstantSource clock,
            CallListener listener,
            Optional<URI> endpoint,
            Supplier<AwsCredentialsProvider> credentials) {
        this.clock = clock;
        this.listener = listener;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /** As the SDK's standard variables say. */
    public static SdkRegions standard(InstantSource clock, CallListener listener) {
        return new SdkRegions(clock, listener, Optional.empty(), SdkClients::defaultCredentials);
    }

    /** All services at one endpoint, with these credentials: for tests and local runs. */
    public static SdkRegions at(
            URI endpoint, String accessKeyId, String secretKey, InstantSource clock, CallListener listener) {
        return new SdkRegions(
                clock,
                listener,
                Optional.of(endpoint),
                () -> StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretKey)));
    }

    private record InRegion(
            SdkClients clients, SdkCalls calls, SdkElastiCache elastiCache, SdkEc2 ec2, RegionReads reads) {}

    @Override
    public ElastiCachePort elastiCache(String region) {
        return in(region).elastiCache();
    }

    @Override
    public Ec2Port ec2(String region) {
        return in(region).ec2();
    }

    /** What a poller reads with. */
    public AwsReads reads() {
        return new AwsReads(
                new SdkFetcher(clock, this::readsOf),
                AwsBulkReads.all(this::readsOf),
                new ElastiCacheEvents(this::readsOf),
                AwsQueryFamilies.all());
    }

    /** The account that the credentials belong to; needs no permission. */
    public Result<String> account(String region) {
        InRegion in = in(region);
        return in.calls()
                .read(
                        "sts",
                        "GetCallerIdentity",
                        () -> FromElastiCache.text(
                                in.clients().sts().getCallerIdentity().account()));
    }

    /** Calls per second that are allowed now, by region and service, such as {@code eu-west-1/elasticache}. */
    public Map<String, Double> budgets() {
        Map<String, Double> rates = new java.util.TreeMap<>();
        regions.forEach(
                (region, in) -> in.calls().rates().forEach((service, rate) -> rates.put(region + "/" + service, rate)));
        return rates;
    }

    private RegionReads readsOf(String region) {
        return in(region).reads();
    }

    private InRegion in(String region) {
        return regions.computeIfAbsent(region, this::open);
    }

    private InRegion open(String region) {
        SdkClients clients = new SdkClients(region, endpoint, credentials);
        SdkCalls calls = new SdkCalls(region, listener);
        return new InRegion(
                clients,
                calls,
                new SdkElastiCache(calls, clients::elastiCache),
                new SdkEc2(calls, clients::ec2),
                new RegionReads(
                        new ElastiCacheReads(calls, clients::elastiCache),
                        new Ec2Reads(calls, clients::ec2),
                        new TaggingReads(calls, clients::tagging)));
    }

    @Override
    public void close() {
        regions.values().forEach(in -> {
            in.calls().close();
            in.clients().close();
        });
    }
}
