/** Simulated EC2, as far as networks go: VPCs, subnets, security groups and their rules, network interfaces of other services. */
@NullMarked
package io.cacheoperator.simulator.ec2;

import org.jspecify.annotations.NullMarked;
