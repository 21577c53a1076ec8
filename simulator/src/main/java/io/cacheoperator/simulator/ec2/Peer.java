package io.cacheoperator.simulator.ec2;

/** Whom a rule lets in or out. */
sealed interface Peer {
    /** An address block. */
    record Ipv4(String cidr) implements Peer {}

    /** An address block. */
    record Ipv6(String cidr) implements Peer {}

    /** A list of address blocks that has an id of its own. */
    record PrefixList(String id) implements Peer {}

    /**
     * The members of a security group.
     *
     * @param account whose group it is
     */
    record Group(String id, String account) implements Peer {}

    /** As EC2 writes it in its messages. */
    default String words() {
        return switch (this) {
            case Ipv4 block -> block.cidr();
            case Ipv6 block -> block.cidr();
            case PrefixList list -> list.id();
            case Group group -> group.id();
        };
    }
}
