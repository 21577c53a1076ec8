package io.cacheoperator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What one user asked of the API server, by the server's own audit log. */
final class AuditLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path log;
    private final Path policy;

    private AuditLog(Path directory) {
        log = directory.resolve("audit.log");
        policy = directory.resolve("audit-policy.yaml");
    }

    /** One that a server has written, or is writing. */
    static AuditLog in(Path directory) {
        return new AuditLog(directory);
    }

    /** @param user the only one whose requests are logged */
    AuditLog(Path directory, String user) {
        this(directory);
        try {
            Files.writeString(policy, """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived]
                    rules:
                      - {level: Metadata, users: ["%s"]}
                      - {level: None}
                    """.formatted(user));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The flags of kube-apiserver that make it write the log at once. */
    String[] flags() {
        return new String[] {
            "--audit-policy-file=" + policy, "--audit-log-path=" + log, "--audit-log-mode=blocking-strict"
        };
    }

    /** Each kind of request that was permitted: {@code verb group/resource}, and again with the object's name. */
    Set<String> permitted() {
        return events().stream()
                .filter(event -> event.at("/annotations/authorization.k8s.io~1decision")
                        .asText()
                        .equals("allow"))
                .flatMap(event -> {
                    String what = what(event);
                    return List.of(
                            what, what + " " + event.at("/objectRef/name").asText())
                            .stream();
                })
                .collect(Collectors.toSet());
    }

    /** Each kind of request that was forbidden. */
    Set<String> forbidden() {
        return events().stream()
                .filter(event -> event.at("/annotations/authorization.k8s.io~1decision")
                        .asText()
                        .equals("forbid"))
                .map(AuditLog::what)
                .collect(Collectors.toSet());
    }

    private static String what(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String group = object.path("apiGroup").asText();
        String subresource = object.path("subresource").asText();
        return event.path("verb").asText()
                + " "
                + (group.isEmpty() ? "" : group + "/")
                + object.path("resource").asText()
                + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    private List<JsonNode> events() {
        try {
            return Files.readAllLines(log).stream().map(AuditLog::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
