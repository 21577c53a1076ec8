package io.cacheoperator.app;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every key of the configuration file and every environment variable as a page to read. */
final class SettingsReference {

    /** The committed file, relative to the root of the project. */
    static final String FILE = "docs/reference/settings.md";

    private static final String INTRODUCTION = """
            # Settings of the operator

            Made from the code by `make docs-reference`. With Helm you set none of these by hand: the chart writes the file from its
            [values](helm-values.md), of which some have other defaults (JSON logs, leader election on).

            The file is YAML, named by `CACHE_OPERATOR_CONFIG`. Everything may be left out. A key that is not known, or a value that cannot be
            read, ends the operator at start with exit code 2 and one sentence that names the key. An environment variable wins over the file.
            Durations are a number and `ms`, `s`, `m` or `h`.

            | key | environment variable | default | what it is |
            |---|---|---|---|
            """;

    private static final String MORE = """

            ## Environment beside the file

            | variable | what it is |
            |---|---|
            | `CACHE_OPERATOR_CONFIG` | Path of the file. Not set: no file, every default. |
            | `AWS_REGION`, `AWS_DEFAULT_REGION` | The region, where neither `CACHE_OPERATOR_REGION` nor `region` names one. EKS sets the first. |
            | `KUBECONFIG` | Which cluster, outside of one. In a pod the service account is used. |
            | `AWS_ACCESS_KEY_ID`, `AWS_PROFILE`, `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_CONTAINER_CREDENTIALS_FULL_URI`, ... | The AWS SDK's default credentials chain; IRSA and Pod Identity set the last two. |
            | `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_ELASTICACHE`, `AWS_ENDPOINT_URL_EC2` | Other endpoints that speak AWS, such as `make simulator`. |
            | `JDK_JAVA_OPTIONS` | Flags of the Java runtime. |
            """;

    /** A key's variable and text; in the order of the page. */
    private record Text(String variable, String what) {}

    private static final Map<String, Text> TEXTS = texts();

    private SettingsReference() {}

    private static Map<String, Text> texts() {
        Map<String, Text> all = new LinkedHashMap<>();
        all.put(
                "clusterName",
                new Text(
                        "CLUSTER_NAME",
                        "Tells apart Kubernetes clusters that share an AWS account; part of the owner tag and of AWS ids. "
                                + "Never change it: the caches would count as another owner's. Default: the UID of namespace kube-system."));
        all.put("region", new Text("REGION", "AWS region of resources that name none. Default: `AWS_REGION`."));
        all.put(
                "watchNamespaces",
                new Text(
                        "WATCH_NAMESPACES",
                        "The namespaces to watch; the variable takes them with commas between. Empty: all."));
        all.put("defaults.subnetIds", new Text("", "Subnets of caches whose spec names none."));
        all.put("defaults.subnetSelector.vpcId", new Text("", "Instead of ids: the VPC to look in."));
        all.put("defaults.subnetSelector.tags", new Text("", "Tags that a subnet must have, all of them."));
        all.put(
                "defaults.allowFrom[].cidr",
                new Text("", "A range that may connect, where a spec says nothing of access."));
        all.put("defaults.allowFrom[].securityGroupId", new Text("", "A security group that may connect."));
        all.put("defaults.allowFrom[].prefixListId", new Text("", "A prefix list that may connect."));
        all.put("defaults.allowFrom[].description", new Text("", "Text of the rule in AWS."));
        all.put("defaults.tags", new Text("", "Tags of everything that is made in AWS; a spec's own win."));
        all.put("defaults.kmsKeyId", new Text("", "KMS key for encryption at rest. Default: a key of AWS."));
        all.put(
                "defaults.deletionPolicy",
                new Text(
                        "",
                        "`Snapshot`, `Delete` or `Retain`, where a spec says nothing. Default: Snapshot; memcached: Delete."));
        all.put(
                "allow[].namespaces",
                new Text("", "Whom the entry is for. In all lists of `allow`, `*` stands for any characters."));
        all.put(
                "allow[].takeOver",
                new Text(
                        "",
                        "Owners (`<clusterName>/<namespace>/<name>`) whose caches may be taken over by annotation."));
        all.put(
                "leaderElection.enabled",
                new Text("LEADER_ELECTION", "Whether operators agree on one that works. Needed where two may run."));
        all.put("leaderElection.leaseName", new Text("LEASE_NAME", "Name of the Lease."));
        all.put("leaderElection.leaseNamespace", new Text("LEASE_NAMESPACE", "Its namespace. Default: the pod's own."));
        all.put("poll.interval", new Text("POLL_INTERVAL", "Time between two reads of everything in AWS."));
        all.put(
                "probe.enabled",
                new Text("PROBE_ENABLED", "Whether the operator connects to the caches to see them answer."));
        all.put("probe.interval", new Text("PROBE_INTERVAL", "Time between two probes of one node."));
        all.put(
                "probe.caFile",
                new Text(
                        "PROBE_CA_FILE",
                        "PEM file of certificates that the probes trust besides the JVM's, for caches that AWS did not sign."));
        all.put("http.port", new Text("HTTP_PORT", "Port of `/healthz`, `/readyz` and `/metrics`; 0: any free one."));
        all.put("logging.format", new Text("LOG_FORMAT", "`json` or `text`."));
        all.put(
                "logging.level",
                new Text("LOG_LEVEL", "`trace`, `debug`, `info`, `warn` or `error`, of the operator's own loggers."));
        all.put(
                "reconcileThreads",
                new Text("RECONCILE_THREADS", "How many resources are worked on at a time, 1 to 1000."));
        return all;
    }

    static Set<String> documentedKeys() {
        return TEXTS.keySet();
    }

    /** Variables that the page names for keys. */
    static Set<String> documentedVariables() {
        Set<String> names = new TreeSet<>();
        TEXTS.values().stream()
                .map(Text::variable)
                .filter(name -> !name.isEmpty())
                .forEach(name -> names.add("CACHE_OPERATOR_" + name));
        return names;
    }

    /** The keys that the file may have: the leaves of the configuration's records. */
    static Set<String> keys(Class<?> type, String prefix) {
        Set<String> keys = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = prefix + component.getName();
            Class<?> inner = inner(component.getGenericType());
            if (inner.isRecord()) {
                keys.addAll(keys(inner, key + (component.getType() == List.class ? "[]." : ".")));
            } else {
                keys.add(key);
            }
        }
        return keys;
    }

    private static Class<?> inner(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return inner(parameterized.getActualTypeArguments()[0]);
        }
        return (Class<?>) type;
    }

    static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        TEXTS.forEach((key, text) -> page.append("| `%s` | %s | %s | %s |\n"
                .formatted(
                        key,
                        text.variable().isEmpty() ? "" : "`CACHE_OPERATOR_" + text.variable() + "`",
                        fallback(key),
                        text.what())));
        return page + MORE;
    }

    /** What {@link OperatorConfig#DEFAULT} has; empty where that is nothing. */
    private static String fallback(String key) {
        Object value = OperatorConfig.DEFAULT;
        for (String part : key.replace("[]", "").split("\\.")) {
            if (!(value instanceof Record at)) {
                return "";
            }
            value = component(at, part);
        }
        return switch (value) {
            case String text -> "`" + text + "`";
            case Number number -> "`" + number + "`";
            case Boolean flag -> "`" + flag + "`";
            case Duration time -> "`" + time.toSeconds() + "s`";
            case OperatorConfig.Logging.Format format ->
                "`" + (format == OperatorConfig.Logging.Format.JSON ? "json" : "text") + "`";
            default -> "";
        };
    }

    private static Object component(Record record, String name) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (component.getName().equals(name)) {
                try {
                    return Optional.ofNullable(component.getAccessor().invoke(record))
                            .orElse(Optional.empty());
                } catch (ReflectiveOperationException unreadable) {
                    throw new IllegalStateException(unreadable);
                }
            }
        }
        throw new IllegalArgumentException(name);
    }
}
