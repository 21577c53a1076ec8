package io.cacheoperator.probe;

/** Opens connections. */
@FunctionalInterface
interface NodeLines {

    NodeLine open(ProbeTarget target, ProbeNode node) throws ProbeException;
}
