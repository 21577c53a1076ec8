package io.cacheoperator.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.local.Connection.Address;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuideTest {
    private static final Connection TLS = new Connection(
            "sessions-cache",
            "valkey",
            new Address("127.0.0.1", 20001),
            Optional.empty(),
            List.of(),
            true,
            false,
            Optional.of("default"),
            Optional.of("hidden-password"));
    private static final Connection CLUSTER = new Connection(
            "sharded-cache",
            "redis",
            new Address("127.0.0.1", 20002),
            Optional.empty(),
            List.of(),
            false,
            true,
            Optional.empty(),
            Optional.empty());
    private static final Connection MEMCACHED = new Connection(
            "pages-cache",
            "memcached",
            new Address("127.0.0.1", 20003),
            Optional.empty(),
            List.of(new Address("127.0.0.1", 20003)),
            false,
            false,
            Optional.empty(),
            Optional.empty());

    private final String text = new Guide(
                    Path.of("/checkout/target/kubeconfig"),
                    "kubectl",
                    URI.create("http://127.0.0.1:4566"),
                    "eu-west-1",
                    Path.of("/checkout/target/local-ca.crt"),
                    List.of(TLS, CLUSTER, MEMCACHED))
            .text();

    @Test
    void takesPasswordsFromSecretsAndShowsNone() {
        assertThat(text)
                .contains(
                        "REDISCLI_AUTH=$(kubectl get secret sessions-cache -o go-template='{{.data.password | base64decode}}')"
                                + " redis-cli --tls --cacert /checkout/target/local-ca.crt -h 127.0.0.1 -p 20001 ping")
                .doesNotContain("hidden-password");
    }

    @Test
    void speaksTheClusterProtocolWhereTheCacheDoes() {
        assertThat(text).contains("  redis-cli -c -h 127.0.0.1 -p 20002 ping");
    }

    @Test
    void asksMemcachedWithoutARedisClient() {
        assertThat(text)
                .contains("bash -c 'exec 3<>/dev/tcp/127.0.0.1/20003; printf \"stats\\r\\nquit\\r\\n\" >&3; cat <&3'");
    }

    @Test
    void namesKubeconfigAndEndpoint() {
        assertThat(text)
                .contains("export KUBECONFIG=/checkout/target/kubeconfig")
                .contains("aws --endpoint-url http://127.0.0.1:4566 elasticache describe-replication-groups")
                .contains("AWS_REGION=eu-west-1");
    }
}
