package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys and values of a connection Secret; api.md, "Connection Secret". */
public final class ConnectionData {

    /** Every key that the operator writes, or removes when it no longer applies. */
    public static final List<String> KEYS = List.of(
            "type",
            "provider",
            "host",
            "port",
            "uri",
            "username",
            "password",
            "ssl",
            "reader-host",
            "reader-port",
            "cluster-mode",
            "nodes");

    private ConnectionData() {}

    /** The Secret's type for these details, such as {@code servicebinding.io/redis}. */
    public static String secretType(ConnectionDetails details) {
        return "servicebinding.io/" + details.type();
    }

    public static Map<String, String> of(ConnectionDetails details) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("type", details.type());
        data.put("provider", "aws-elasticache");
        data.put("host", details.endpoint().host());
        data.put("port", Integer.toString(details.endpoint().port()));
        data.put("uri", uri(details));
        details.token().ifPresent(token -> {
            data.put("username", "default");
            data.put("password", token.value());
        });
        data.put("ssl", Boolean.toString(details.tls()));
        details.reader().ifPresent(reader -> {
            data.put("reader-host", reader.host());
            data.put("reader-port", Integer.toString(reader.port()));
        });
        data.put("cluster-mode", Boolean.toString(details.clusterMode()));
        if (!details.nodes().isEmpty()) {
            data.put("nodes", details.nodes().stream().map(Endpoint::toString).collect(Collectors.joining(",")));
        }
        return Map.copyOf(data);
    }

    private static String uri(ConnectionDetails details) {
        if (details.type().equals("memcached")) {
            return "memcached://" + details.endpoint();
        }
        String scheme = details.tls() ? "rediss://" : "redis://";
        return scheme + credentials(details.token()) + details.endpoint();
    }

    /** User names default to {@code default} in every client; percent-encoded as RFC 3986 wants it, a space as %20. */
    private static String credentials(Optional<AuthToken> token) {
        return token.map(t -> ":"
                        + URLEncoder.encode(t.value(), StandardCharsets.UTF_8).replace("+", "%20") + "@")
                .orElse("");
    }
}
