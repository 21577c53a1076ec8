package io.cacheoperator.probe;

/** What came of asking one node. */
public sealed interface NodeResult {

    ProbeNode node();

    /** It answered. */
    record Up(ProbeNode node, NodeSample sample) implements NodeResult {}

    /**
     * It did not.
     *
     * @param detail the peer's words or the system's, in one line, without secrets
     */
    record Down(ProbeNode node, ProbeReason reason, String detail) implements NodeResult {}
}
