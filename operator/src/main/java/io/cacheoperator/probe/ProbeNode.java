package io.cacheoperator.probe;

/**
 * One address to ask.
 *
 * @param id as AWS names the node, where it does; else its host name
 */
public record ProbeNode(String id, NodeRole role, String host, int port) {

    /** As the address stands in messages. */
    String address() {
        return host + ":" + port;
    }
}
