package io.cacheoperator.local;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a workload connects, read from a connection Secret alone.
 *
 * @param nodes {@code host:port} of each node, where the Secret lists them
 */
record Connection(
        String secret,
        String type,
        Address address,
        Optional<Address> reader,
        List<Address> nodes,
        boolean tls,
        boolean clusterMode,
        Optional<String> username,
        Optional<String> password) {
    /** A host and a port. */
    record Address(String host, int port) {
        static Address parse(String text) {
            int colon = text.lastIndexOf(':');
            return new Address(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** @throws LocalFailure where a key is missing that every connection needs */
    static Connection of(Secret secret) {
        String name = secret.getMetadata().getName();
        Map<String, String> data = new LinkedHashMap<>();
        Optional.ofNullable(secret.getData()).orElse(Map.of()).forEach((key, value) -> data.put(key, decoded(value)));
        for (String key : List.of("type", "host", "port", "uri", "ssl")) {
            if (!data.containsKey(key)) {
                throw new LocalFailure("Secret %s has no key %s.".formatted(name, key));
            }
        }
        return new Connection(
                name,
                data.getOrDefault("type", ""),
                Address.parse(data.get("host") + ":" + data.get("port")),
                Optional.ofNullable(data.get("reader-host"))
                        .map(host -> Address.parse(host + ":" + data.get("reader-port"))),
                Stream.of(data.getOrDefault("nodes", "").split(","))
                        .filter(node -> !node.isEmpty())
                        .map(Address::parse)
                        .toList(),
                Boolean.parseBoolean(data.get("ssl")),
                Boolean.parseBoolean(data.get("cluster-mode")),
                Optional.ofNullable(data.get("username")),
                Optional.ofNullable(data.get("password")));
    }

    boolean memcached() {
        return type.equals("memcached");
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Connection[secret=%s, type=%s, address=%s]".formatted(secret, type, address);
    }
}
