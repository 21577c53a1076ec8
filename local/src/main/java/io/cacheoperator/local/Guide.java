package io.cacheoperator.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one may try now, as commands to copy.
 *
 * @param kubectl how to call kubectl: its name, or its path where it is not on PATH
 * @param certificateAuthority PEM of whoever signed the nodes' certificates
 */
record Guide(
        Path kubeconfig,
        String kubectl,
        URI aws,
        String region,
        Path certificateAuthority,
        List<Connection> connections) {
    String text() {
        return """
                In another terminal:

                  export KUBECONFIG=%1$s
                  %2$s get ccl -o wide
                  %2$s get ccl valkey-minimal -o yaml
                  %2$s explain ccl.spec

                The simulated AWS. Its credentials are dummies, any others do as well:

                  export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=%4$s AWS_DEFAULT_REGION=%4$s
                  aws --endpoint-url %3$s elasticache describe-replication-groups
                  aws --endpoint-url %3$s ec2 describe-security-groups
                %5$s
                Ctrl-C ends all of it and leaves nothing behind.""".formatted(kubeconfig, kubectl, aws, region, caches());
    }

    /** One command for each way to connect; the others differ in name and port only. */
    private String caches() {
        Map<String, String> commands = new LinkedHashMap<>();
        for (Connection connection : connections) {
            commands.putIfAbsent(
                    "%s %b %b %b"
                            .formatted(
                                    connection.memcached(),
                                    connection.clusterMode(),
                                    connection.tls(),
                                    connection.password().isPresent()),
                    connection.memcached() ? memcachedStats(connection) : redisCli(connection));
        }
        return """

                The caches. All Secrets: %s get secrets -l cacheoperator.io/secret

                %s""".formatted(kubectl, String.join("", commands.values()));
    }

    /** Bash alone, for few machines have a client of memcached. */
    private static String memcachedStats(Connection connection) {
        return "  # Secret %s%n  bash -c 'exec 3<>/dev/tcp/%s/%d; printf \"stats\\r\\nquit\\r\\n\" >&3; cat <&3'%n"
                .formatted(
                        connection.secret(),
                        connection.address().host(),
                        connection.address().port());
    }

    private String redisCli(Connection connection) {
        String password = connection.password().isPresent()
                ? "REDISCLI_AUTH=$(%s get secret %s -o go-template='{{.data.password | base64decode}}') "
                        .formatted(kubectl, connection.secret())
                : "";
        String tls = connection.tls() ? " --tls --cacert " + certificateAuthority : "";
        return "  # Secret %s%n  %sredis-cli%s%s -h %s -p %d ping%n"
                .formatted(
                        connection.secret(),
                        password,
                        connection.clusterMode() ? " -c" : "",
                        tls,
                        connection.address().host(),
                        connection.address().port());
    }
}
