package io.cacheoperator.probe;

import java.util.List;

/** An open connection to one node. Used by one thread at a time; of no use any more after an exception. */
interface NodeLine extends AutoCloseable {

    NodeSample ask() throws ProbeException;

    /** The nodes of the cluster that this one belongs to. */
    List<ProbeNode> nodes() throws ProbeException;

    @Override
    void close();
}
