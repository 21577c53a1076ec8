package io.cacheoperator.simulator.elasticache;

import java.time.Duration;

/**
 * How long things take, in simulated time.
 *
 * @param create           from the create call to {@code available}
 * @param memberHidden     how long a new group's member clusters are not found
 * @param configure        security groups, parameter group, IP discovery, Multi-AZ and failover switches
 * @param scale            another node type
 * @param upgrade          another engine or engine version
 * @param resize           more or fewer replicas, shards or nodes
 * @param secure           a step of TLS, AUTH, user groups or log delivery
 * @param tag              how long a replication group is {@code modifying} after a tag write
 * @param snapshot         a snapshot or a copy of one
 * @param failover         a test failover
 * @param reboot           a reboot
 * @param delete           from the delete call to absence
 * @param release          how long what a deleted cache used (subnet group, parameter group, network interfaces) stays in use
 * @param parametersApply  how long a parameter group applies a change to its clusters
 * @param user             a change of a user or a user group
 */
public record ElastiCacheDurations(
        Duration create,
        Duration memberHidden,
        Duration configure,
        Duration scale,
        Duration upgrade,
        Duration resize,
        Duration secure,
        Duration tag,
        Duration snapshot,
        Duration failover,
        Duration reboot,
        Duration delete,
        Duration release,
        Duration parametersApply,
        Duration user) {
    /** What AWS takes, as far as acceptance tests of other tools have measured it. */
    public static ElastiCacheDurations aws() {
        return new ElastiCacheDurations(
                seconds(600),
                seconds(20),
                seconds(90),
                seconds(900),
                seconds(1500),
                seconds(900),
                seconds(600),
                seconds(90),
                seconds(180),
                seconds(90),
                seconds(120),
                seconds(400),
                seconds(300),
                seconds(10),
                seconds(20));
    }

    /** Short enough to watch, long enough to see each state: 10 s for a create, 1 to 5 s for all else. */
    public static ElastiCacheDurations fast() {
        return new ElastiCacheDurations(
                seconds(10),
                seconds(2),
                seconds(2),
                seconds(5),
                seconds(5),
                seconds(5),
                seconds(3),
                seconds(2),
                seconds(4),
                seconds(2),
                seconds(2),
                seconds(4),
                seconds(2),
                seconds(1),
                seconds(1));
    }

    /** The same for everything, but members are visible and uses are released at once. */
    public static ElastiCacheDurations uniform(Duration each) {
        Duration none = Duration.ZERO;
        return new ElastiCacheDurations(
                each, none, each, each, each, each, each, each, each, each, each, each, none, each, each);
    }

    /** The same, but with another time for a create. */
    public ElastiCacheDurations withCreate(Duration longer) {
        return new ElastiCacheDurations(
                longer,
                memberHidden,
                configure,
                scale,
                upgrade,
                resize,
                secure,
                tag,
                snapshot,
                failover,
                reboot,
                delete,
                release,
                parametersApply,
                user);
    }

    /** The same, but with another time until what a deleted cache used is released. */
    public ElastiCacheDurations withRelease(Duration longer) {
        return new ElastiCacheDurations(
                create,
                memberHidden,
                configure,
                scale,
                upgrade,
                resize,
                secure,
                tag,
                snapshot,
                failover,
                reboot,
                delete,
                longer,
                parametersApply,
                user);
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
