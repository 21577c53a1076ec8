package io.cacheoperator.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API server's own record of what one user wrote. */
final class AuditLog {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

    /** Said apart: Events are best effort, and leases and access reviews concern no cache. */
    private static final Set<String> ASIDE =
            Set.of("events", "leases", "selfsubjectaccessreviews", "selfsubjectrulesreviews");

    private final ObjectMapper json = new ObjectMapper();
    private final Path file;
    private final String user;

    AuditLog(Path file, String user) {
        this.file = file;
        this.user = user;
    }

    /** Flags of kube-apiserver that make it keep the log. */
    static List<String> flags(Path file, Path policy) {
        try {
            Files.writeString(policy, """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived]
                    rules:
                      - level: Metadata
                        verbs: [create, update, patch, delete]
                      - level: None
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("--audit-log-path=" + file, "--audit-policy-file=" + policy, "--audit-log-mode=blocking");
    }

    /** Writes of this user so far, but those said apart. */
    long writes() {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(this::counts).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** When the API server had stored what was created, by its name; of one resource, such as {@code cacheclusters}. */
    Map<String, Instant> created(String resource) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(this::read)
                    .filter(event -> event.path("verb").asText().equals("create")
                            && event.path("responseStatus").path("code").asInt() == HttpURLConnection.HTTP_CREATED
                            && event.path("objectRef").path("resource").asText().equals(resource))
                    .collect(Collectors.toUnmodifiableMap(
                            event -> event.path("objectRef").path("name").asText(),
                            event -> Instant.parse(event.path("stageTimestamp").asText()),
                            (before, again) -> again));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean counts(String line) {
        JsonNode event = read(line);
        return event.path("user").path("username").asText().equals(user)
                && WRITES.contains(event.path("verb").asText())
                && !ASIDE.contains(event.path("objectRef").path("resource").asText());
    }

    private JsonNode read(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("a broken line in the audit log", e);
        }
    }
}
