package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.cacheoperator.core.UnknownAsNull;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the cache lives and who may reach it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkSpec(
        @JsonPropertyDescription(
                "An existing subnet group. One of subnetGroupName, subnetIds and subnetSelector. Immutable "
                        + "once the cache exists. Example: private")
        @Size(min = 1, max = 255)
        @Nullable
        String subnetGroupName,

        @JsonPropertyDescription(
                "Subnets of one VPC; the operator makes the subnet group. One of subnetGroupName, subnetIds "
                        + "and subnetSelector. Default: the operator's defaults. Immutable once the cache exists. "
                        + "Example: [subnet-0a1b2c3d, subnet-4e5f6a7b]")
        @Size(min = 1, max = 20)
        List<String> subnetIds,

        @JsonPropertyDescription(
                "Chooses subnets by VPC and tags when the cache is created; the operator makes the subnet "
                        + "group. One of subnetGroupName, subnetIds and subnetSelector. Default: the operator's "
                        + "defaults. Immutable once the cache exists.")
        @Nullable
        SubnetSelector subnetSelector,

        @JsonPropertyDescription(
                "Existing security groups to attach, at most 4, beside the one that the operator makes for "
                        + "allowFrom. Example: [sg-0a1b2c3d]")
        @Size(max = 4)
        List<String> securityGroupIds,

        @JsonPropertyDescription(
                "Who may reach the port of the cache, at most 60 entries. When it is set the operator makes a "
                        + "security group, owns it and keeps its rules. The whole world (0.0.0.0/0, ::/0) is refused. "
                        + "Default: the operator's defaults.")
        @Size(max = 60)
        List<AllowFrom> allowFrom,

        @JsonPropertyDescription(
                "TCP port of the nodes, 1 to 65535. Default: 6379; memcached 11211. Immutable once the cache "
                        + "exists. Example: 6379")
        @Min(1)
        @Max(65535)
        @Nullable
        Integer port,

        @JsonPropertyDescription(
                "IP families of the nodes: ipv4, ipv6 or dual_stack. The subnets must have them. Default: "
                        + "ipv4. Immutable once the cache exists. Example: dual_stack")
        @UnknownAsNull
        @Nullable
        NetworkType networkType,

        @JsonPropertyDescription(
                "IP family that the cache names its nodes by: ipv4 or ipv6; must be one of networkType's. "
                        + "Default: ipv4; with networkType ipv6: ipv6. Example: ipv4")
        @UnknownAsNull
        @Nullable
        IpDiscovery ipDiscovery) {

    /** Nothing given. */
    static final NetworkSpec NONE = new NetworkSpec(null, List.of(), null, List.of(), List.of(), null, null, null);

    public NetworkSpec {
        subnetIds = Given.orEmpty(subnetIds);
        securityGroupIds = Given.orEmpty(securityGroupIds);
        allowFrom = Given.orEmpty(allowFrom);
    }

    /** Subnets by their VPC and tags. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record SubnetSelector(
            @JsonPropertyDescription(
                    "The VPC to look in. Default: any VPC, but all subnets found must be in one. Example: "
                            + "vpc-0a1b2c3d")
            @Size(max = 255)
            @Nullable
            String vpcId,

            @JsonPropertyDescription(
                    "Tags that a subnet must have, all of them with these values. Example: {tier: private}")
            @Size(max = 45)
            Map<String, String> tags) {

        public SubnetSelector {
            tags = Given.orEmpty(tags);
        }
    }

    /** One source that may reach the cache's port; exactly one of the first three is given. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record AllowFrom(
            @JsonPropertyDescription("An IPv4 or IPv6 range, its host bits zero. Example: 10.0.0.0/16")
            @Size(max = 43)
            @Nullable
            String cidr,

            @JsonPropertyDescription("Everything that has this security group. Example: sg-0a1b2c3d")
            @Size(max = 255)
            @Nullable
            String securityGroupId,

            @JsonPropertyDescription("A prefix list of EC2. Example: pl-0a1b2c3d") @Size(max = 255) @Nullable
            String prefixListId,

            @JsonPropertyDescription("Free text of the rule in AWS. Example: nodes of the shop cluster")
            @Size(max = 255)
            @Nullable
            String description) {

        /** EC2 knows no difference between an empty description and none. */
        public AllowFrom {
            description = description == null || description.isEmpty() ? null : description;
        }
    }
}
