import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * As much of a Kubernetes API as the operator needs to make one cache: objects in memory, lists, watches, patches, over TLS. Only for the
 * training run that records the AOT cache, where no kube-apiserver is at hand (the image build); it validates nothing.
 *
 * <p>Run as a source file with the operator's libraries on the class path. Arguments: a folder, the endpoint of a simulated AWS, a
 * CacheCluster to begin with, in which SUBNETS stands for that AWS's subnets, and its CRD. The folder holds {@code tls.p12}, key and
 * certificate under the password {@code training}, and gets {@code kubeconfig} when the API
 * listens and {@code ready} when the CacheCluster is Ready.
 */
public final class TrainingApi {
    private static final String CLUSTERS = "/apis/cacheoperator.io/v1alpha1/namespaces/default/cacheclusters";
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final char[] PASSWORD = "training".toCharArray();
    private static final Pattern SUBNET_ID = Pattern.compile("<subnetId>(.*?)</subnetId>");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final Path readyFile;
    private long version = 1;

    private TrainingApi(Path readyFile) {
        this.readyFile = readyFile;
    }

    /** One open watch of a collection. */
    private record Watch(String collection, OutputStream stream) {}

    /**
     * What a path means.
     *
     * @param collection group, version and plural, such as {@code /api/v1/secrets}
     * @param namespace empty: all, or none
     * @param name empty: the whole collection
     */
    private record Target(String collection, String namespace, String name) {
        static Target of(String path) {
            String[] parts = path.substring(1).split("/");
            int at = parts[0].equals("api") ? 2 : 3;
            String root = "/" + String.join("/", List.of(parts).subList(0, at)) + "/";
            boolean namespaced = parts.length > at + 2 && parts[at].equals("namespaces");
            String namespace = namespaced ? parts[at + 1] : "";
            int plural = namespaced ? at + 2 : at;
            return new Target(root + parts[plural], namespace, parts.length > plural + 1 ? parts[plural + 1] : "");
        }

        String key(String ofName) {
            return collection + " " + namespace + "/" + ofName;
        }
    }

    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        var api = new TrainingApi(folder.resolve("ready"));
        String cluster = Files.readString(Path.of(arguments[2])).replace("SUBNETS", subnets(arguments[1]));
        api.put(Target.of("/api/v1/namespaces"), (ObjectNode) JSON.readTree("""
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "kube-system"}}"""));
        api.put(Target.of(CLUSTERS), (ObjectNode) YAML.readTree(cluster));
        api.put(Target.of(CRDS), (ObjectNode) YAML.readTree(Path.of(arguments[3]).toFile()));
        KeyStore keys = KeyStore.getInstance(folder.resolve("tls.p12").toFile(), PASSWORD);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", api::answer);
        server.start();
        Path incomplete = folder.resolve("kubeconfig.new");
        Files.writeString(incomplete, """
                apiVersion: v1
                kind: Config
                current-context: t
                contexts: [{name: t, context: {cluster: t, user: t, namespace: default}}]
                users: [{name: t, user: {token: t}}]
                clusters:
                - name: t
                  cluster:
                    server: https://127.0.0.1:%d
                    certificate-authority-data: %s
                """.formatted(server.getAddress().getPort(), certificate(keys)));
        Files.move(incomplete, folder.resolve("kubeconfig"));
    }

    private static SSLContext tls(KeyStore keys) throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** As a kubeconfig has it: PEM in Base64. */
    private static String certificate(KeyStore keys) throws GeneralSecurityException {
        byte[] der = keys.getCertificate(keys.aliases().nextElement()).getEncoded();
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END CERTIFICATE-----\n";
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static String subnets(String aws) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(aws))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString("Action=DescribeSubnets&Version=2016-11-15"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return SUBNET_ID.matcher(answer).results().map(id -> id.group(1)).collect(Collectors.joining(","));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        Target target = Target.of(exchange.getRequestURI().getPath());
        byte[] body = exchange.getRequestBody().readAllBytes();
        System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            // The client takes this as "no WebSockets here" and watches by plain HTTP.
            exchange.sendResponseHeaders(503, -1);
            return;
        }
        if (query.contains("watch=true")) {
            watch(exchange, target);
            return;
        }
        JsonNode answer;
        synchronized (this) {
            ObjectNode stored = objects.get(target.key(target.name()));
            answer = switch (exchange.getRequestMethod()) {
                case "GET" -> target.name().isEmpty() ? list(target) : stored;
                case "POST" -> create(target, (ObjectNode) JSON.readTree(body));
                case "DELETE" -> stored == null ? null : objects.remove(target.key(target.name()));
                default -> stored == null && !type.contains("apply") ? null : put(target, patched(stored, type, body));
            };
        }
        send(exchange, answer);
    }

    private synchronized void watch(HttpExchange exchange, Target target) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        watches.add(new Watch(target.collection(), exchange.getResponseBody()));
    }

    private JsonNode list(Target target) {
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        list.withObject("/metadata").put("resourceVersion", String.valueOf(version));
        String prefix = target.collection() + " " + (target.namespace().isEmpty() ? "" : target.namespace() + "/");
        var items = list.putArray("items");
        objects.forEach((key, object) -> {
            if (key.startsWith(prefix)) {
                items.add(object);
            }
        });
        return list;
    }

    private JsonNode create(Target target, ObjectNode object) throws IOException {
        if (target.collection().endsWith("selfsubjectrulesreviews")) {
            object.set("status", JSON.readTree("""
                    {"incomplete": false, "nonResourceRules": [], "resourceRules": [
                      {"apiGroups": ["*"], "resources": ["*"], "verbs": ["*", "create", "update", "get"]}]}"""));
            return object;
        }
        return put(target, object);
    }

    private ObjectNode put(Target target, ObjectNode object) throws IOException {
        ObjectNode metadata = object.withObject("/metadata");
        String key = target.key(metadata.path("name").asText());
        String change = objects.containsKey(key) ? "MODIFIED" : "ADDED";
        if (!metadata.has("uid")) {
            metadata.put("uid", UUID.randomUUID().toString())
                    .put("creationTimestamp", Instant.now().toString())
                    .put("generation", 1);
        }
        if (!target.namespace().isEmpty()) {
            metadata.put("namespace", target.namespace());
        }
        metadata.put("resourceVersion", String.valueOf(++version));
        objects.put(key, object);
        if (isReady(object) && !Files.exists(readyFile)) {
            Files.createFile(readyFile);
        }
        String event = JSON.createObjectNode().put("type", change).set("object", object).toString() + "\n";
        for (Watch watch : watches) {
            if (watch.collection().equals(target.collection())) {
                watch.stream().write(event.getBytes(StandardCharsets.UTF_8));
                watch.stream().flush();
            }
        }
        return object;
    }

    private static boolean isReady(ObjectNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready") && condition.path("status").asText().equals("True")) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode patched(ObjectNode stored, String type, byte[] body) throws IOException {
        JsonNode patch = YAML.readTree(body);
        if (type.contains("json-patch")) {
            return (ObjectNode) JsonPatch.apply(patch, stored);
        }
        ObjectNode target = stored == null ? JSON.createObjectNode() : stored.deepCopy();
        return type.contains("patch") ? merge(target, patch) : (ObjectNode) patch;
    }

    private static ObjectNode merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(member -> {
            JsonNode old = target.get(member.getKey());
            if (old instanceof ObjectNode inner && member.getValue().isObject()) {
                merge(inner, member.getValue());
            } else {
                target.set(member.getKey(), member.getValue());
            }
        });
        return target;
    }

    private static void send(HttpExchange exchange, JsonNode answer) throws IOException {
        JsonNode body = answer != null
                ? answer
                : JSON.readTree("""
                        {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}""");
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
