package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.SecurityGroupState.IngressRule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a cache is made with: every value decided, by the spec, else by the operator's defaults, else by what is built in.
 *
 * @param engineVersion empty where AWS chooses
 */
public record DesiredCluster(
        String id,
        Engine engine,
        Optional<String> engineVersion,
        String nodeType,
        String description,
        Shape shape,
        Network network,
        Security security,
        Parameters parameters,
        Upkeep upkeep,
        Map<String, String> tags) {

    public DesiredCluster {
        tags = Map.copyOf(tags);
    }

    /**
     * How many nodes there are and where.
     *
     * @param nodes of memcached; 0 for the others
     * @param zones one per node, in the order of the spec; empty where AWS places them
     */
    public record Shape(
            ClusterMode clusterMode,
            int shards,
            int replicasPerShard,
            boolean multiAz,
            boolean automaticFailover,
            int nodes,
            boolean crossAz,
            boolean dataTiering,
            List<String> zones) {

        public Shape {
            zones = List.copyOf(zones);
        }
    }

    /**
     * Where it lives and who may connect.
     *
     * @param subnetIds what the subnet group is made from; empty where the user brings the group
     * @param securityGroupIds the ones the user brings
     * @param rules of the operator's own security group; empty where it makes none
     * @param port the port given; empty where AWS's default holds
     */
    public record Network(
            String vpcId,
            String subnetGroup,
            Set<String> subnetIds,
            List<String> securityGroupIds,
            List<IngressRule> rules,
            Optional<Integer> port,
            Optional<NetworkType> networkType,
            Optional<IpDiscovery> ipDiscovery) {

        public Network {
            subnetIds = Set.copyOf(subnetIds);
            securityGroupIds = List.copyOf(securityGroupIds);
            rules = List.copyOf(rules);
        }
    }

    /** Encryption and AUTH. */
    public record Security(boolean atRest, Optional<String> kmsKeyId, TransitEncryption inTransit, AuthType auth) {}

    /**
     * Parameters and where they stand.
     *
     * @param group empty where AWS's default group holds
     * @param family of the group that the operator makes; empty where it makes none
     * @param values of the group that the operator makes, with {@code cluster-enabled} where the mode asks for it
     */
    public record Parameters(Optional<String> group, Optional<String> family, Map<String, String> values) {
        public Parameters {
            values = Map.copyOf(values);
        }
    }

    /** Windows, snapshots and notifications. */
    public record Upkeep(
            Optional<String> maintenanceWindow,
            Optional<Boolean> autoMinorVersionUpgrade,
            Optional<String> notificationTopicArn,
            Optional<Integer> snapshotRetentionDays,
            Optional<String> snapshotWindow) {}
}
