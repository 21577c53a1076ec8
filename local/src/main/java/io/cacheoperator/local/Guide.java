package io.cacheoperator.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one may try now, as commands to copy.
 *
 * @param kubectl how to call kubectl: its name, or its path where it is not on PATH
 * @param certificateAuthority PEM of whoever signed the nodes' certificates, where nodes speak TLS
 * @param notes what is not as in production, one sentence each
 */
record Guide(
        Path kubeconfig,
        String kubectl,
        URI aws,
        String region,
        Optional<Path> certificateAuthority,
        List<Connection> connections,
        List<String> notes) {
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
                %5$s%6$s
                Ctrl-C ends all of it and leaves nothing behind.""".formatted(kubeconfig, kubectl, aws, region, caches(), noteLines());
    }

    private String caches() {
        String commands = connections.stream()
                .filter(connection -> !connection.memcached())
                .map(this::redisCli)
                .collect(Collectors.joining());
        String memcached = connections.stream()
                .filter(Connection::memcached)
                .map(connection -> "  printf 'stats\\r\\nquit\\r\\n' | nc %s %d    # %s%n"
                        .formatted(
                                connection.address().host(),
                                connection.address().port(),
                                connection.secret()))
                .collect(Collectors.joining());
        return "%nThe caches, with what their Secrets say:%n%n%s%s".formatted(commands, memcached);
    }

    private String redisCli(Connection connection) {
        String password = connection.password().isPresent()
                ? "REDISCLI_AUTH=$(%s get secret %s -o go-template='{{.data.password | base64decode}}') "
                        .formatted(kubectl, connection.secret())
                : "";
        String tls = connection.tls()
                ? " --tls"
                        + certificateAuthority.map(file -> " --cacert " + file).orElse("")
                : "";
        return "  %sredis-cli%s%s -h %s -p %d ping    # %s%n"
                .formatted(
                        password,
                        connection.clusterMode() ? " -c" : "",
                        tls,
                        connection.address().host(),
                        connection.address().port(),
                        connection.secret());
    }

    private String noteLines() {
        return notes.stream().map(note -> "\nNote: " + note + "\n").collect(Collectors.joining());
    }
}
