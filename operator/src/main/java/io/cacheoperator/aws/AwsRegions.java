package io.cacheoperator.aws;

/** The ports of each region; clients are made once per region and kept. */
public interface AwsRegions extends AutoCloseable {

    ElastiCachePort elastiCache(String region);

    Ec2Port ec2(String region);

    @Override
    void close();
}
