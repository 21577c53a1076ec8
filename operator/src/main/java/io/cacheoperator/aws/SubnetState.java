package io.cacheoperator.aws;

/** An EC2 subnet. */
public record SubnetState(String id, String vpcId, String availabilityZone) {}
