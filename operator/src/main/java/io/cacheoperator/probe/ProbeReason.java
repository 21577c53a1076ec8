package io.cacheoperator.probe;

import io.cacheoperator.core.Reason;

/** Why a cache can be reached or cannot: the reason of condition DataPlaneReachable. A closed set; docs/unreachable.md. */
public enum ProbeReason implements Reason {
    Reachable("Every node answers PING (memcached: stats) over TLS and AUTH as the connection Secret says."),
    DnsFailed("The name of a node does not resolve where the operator runs."),
    NoRoute("The operator's network has no way to the node's address."),
    ConnectTimedOut(
            "A node does not answer on its port: a security group, a network ACL or a missing route drops packets."),
    ConnectRefused("The node's address answers, but nothing listens on the port."),
    TlsFailed(
            "TLS fails: the certificate is not trusted or not the node's, or one side speaks TLS and the other does not."),
    AuthFailed("The node refuses the user name or password of the connection Secret."),
    NoAnswer("The connection was made, and no answer came in time."),
    Protocol("The node answered with an error, or with something that is not its protocol."),
    ProbeOff("Probing is off in the operator's configuration, so nobody knows.");

    private final String meaning;

    ProbeReason(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
