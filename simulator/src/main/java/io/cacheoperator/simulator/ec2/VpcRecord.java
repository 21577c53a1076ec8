package io.cacheoperator.simulator.ec2;

import software.amazon.awssdk.services.ec2.model.Vpc;

/** A VPC with the attributes that only DescribeVpcAttribute shows. */
record VpcRecord(Vpc vpc, boolean dnsSupport, boolean dnsHostnames, boolean usageMetrics) {
    String id() {
        return vpc.vpcId();
    }

    Cidr cidr() {
        return Cidr.v4(vpc.cidrBlock());
    }
}
