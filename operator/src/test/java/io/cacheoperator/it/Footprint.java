package io.cacheoperator.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.simulator.elasticache.ElastiCacheConsole;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.elasticache.model.CacheParameterGroup;
import software.amazon.awssdk.services.elasticache.model.CacheSubnetGroup;

/**
 * All that there is of a harness's caches in AWS and in Kubernetes, attribute by attribute, in words that are the same for
 * every harness that did the same: what differs by its nature (namespace, hashes of it, ids that AWS gives, uids, times,
 * generated tokens) is replaced by what it is. Two lives that came to the same end have equal footprints.
 */
record Footprint(List<String> aws, List<String> kubernetes) {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern HASH = Pattern.compile("UID:[0-9a-f]{64}");
    private static final Pattern RULE = Pattern.compile("sgr-[0-9a-f]+");
    private static final Pattern GROUP = Pattern.compile("sg-[0-9a-f]+");
    private static final Pattern SHARED = Pattern.compile("cacheoperator-[a-z2-7]{16}");
    private static final Pattern WINDOW = Pattern.compile("\\b([a-z]{3}:)?\\d\\d:\\d\\d-([a-z]{3}:)?\\d\\d:\\d\\d\\b");
    private static final Pattern FINAL = Pattern.compile("NAMESPACE-[a-z0-9-]*-final-[a-z2-7]{8}");

    /**
     * @param names of the CacheClusters that there are or were
     * @param manifests what was applied: the windows in it stay, those that AWS chose by itself do not
     */
    static Footprint of(OperatorHarness operator, List<String> names, String manifests) {
        Words words = new Words(operator, names, manifests);
        return new Footprint(words.plain(inAws(operator)), words.plain(inKubernetes(operator).stream()));
    }

    /** Fails with what is missing and what is too much. */
    void assertIs(Footprint expected) {
        assertThat(aws).as("what is in AWS").containsExactlyInAnyOrderElementsOf(expected.aws());
        assertThat(kubernetes).as("what is in Kubernetes").containsExactlyInAnyOrderElementsOf(expected.kubernetes());
    }

    private static Stream<String> inAws(OperatorHarness operator) {
        ElastiCacheConsole console = operator.simulator().elastiCache(OperatorHarness.REGION);
        List<String> found = new ArrayList<>();
        console.replicationGroups()
                .forEach(id -> console.replicationGroup(id)
                        .ifPresent(group -> found.add(group + " " + tags(console, group.arn()))));
        console.cacheClusters()
                .forEach(id -> console.cacheCluster(id)
                        .ifPresent(cluster -> found.add(cluster + " " + tags(console, cluster.arn()))));
        console.snapshots().stream()
                .filter(name -> !SimulatedAccount.madeByAws(name))
                .forEach(name -> console.snapshot(name)
                        .ifPresent(snapshot -> found.add(snapshot + " " + tags(console, snapshot.arn()))));
        console.parameterGroups()
                .forEach(name -> console.parameterGroup(name)
                        .map(CacheParameterGroup::arn)
                        .ifPresent(arn -> found.add("CacheParameterGroup " + name + " " + console.parameters(name) + " "
                                + tags(console, arn))));
        console.subnetGroups().stream()
                .filter(name -> !name.equals("default"))
                .forEach(name -> console.subnetGroup(name)
                        .map(CacheSubnetGroup::arn)
                        .ifPresent(arn -> found.add(console.subnetGroup(name) + " " + tags(console, arn))));
        operator.account().securityGroups().forEach(group -> found.add(securityGroup(group)));
        return found.stream();
    }

    private static Map<String, String> tags(ElastiCacheConsole console, String arn) {
        return new TreeMap<>(console.tags(arn));
    }

    private static String securityGroup(SecurityGroup group) {
        Map<String, String> tags = new TreeMap<>();
        group.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        List<String> rules = group.ipPermissions().stream()
                .map(IpPermission::toString)
                .sorted()
                .toList();
        return "SecurityGroup " + group.groupName() + " " + group.vpcId() + " " + group.description() + " " + tags + " "
                + rules;
    }

    private static List<String> inKubernetes(OperatorHarness operator) {
        List<String> found = new ArrayList<>();
        operator.admin()
                .resources(CacheCluster.class)
                .inNamespace(operator.namespace())
                .list()
                .getItems()
                .forEach(cr -> found.add(
                        metadata("CacheCluster", cr.getMetadata()) + "\n" + Serialization.asYaml(cr.getStatus())));
        operator.admin()
                .secrets()
                .inNamespace(operator.namespace())
                .list()
                .getItems()
                .forEach(secret -> found.add(secret(operator, secret)));
        return found;
    }

    private static String metadata(String kind, ObjectMeta of) {
        Map<String, String> annotations =
                new TreeMap<>(Optional.ofNullable(of.getAnnotations()).orElse(Map.of()));
        Map<String, String> labels =
                new TreeMap<>(Optional.ofNullable(of.getLabels()).orElse(Map.of()));
        List<String> owners = of.getOwnerReferences().stream()
                .map(OwnerReference::getName)
                .sorted()
                .toList();
        return kind + " " + of.getName() + " labels " + labels + " annotations " + annotations + " finalizers "
                + of.getFinalizers() + " owners " + owners
                + (of.getDeletionTimestamp() == null ? "" : " is being deleted");
    }

    private static String secret(OperatorHarness operator, Secret secret) {
        return metadata("Secret", secret.getMetadata()) + " type " + secret.getType() + " data "
                + new TreeMap<>(operator.secretData(secret.getMetadata().getName()));
    }

    /** Puts what is the same everywhere in place of what is not. */
    private static final class Words {

        private final Map<String, String> known = new LinkedHashMap<>();
        private final Set<String> windows;

        Words(OperatorHarness operator, List<String> names, String manifests) {
            windows =
                    WINDOW.matcher(manifests).results().map(MatchResult::group).collect(Collectors.toSet());
            tokens(operator).forEach((name, token) -> known.put(token, "TOKEN-" + name));
            names.forEach(name -> known.put(operator.derivedId(name), "ID-" + name));
            known.put(operator.namespace(), "NAMESPACE");
        }

        /** By what applications connect with, for the Secret of the token itself goes with the cache. */
        private static Map<String, String> tokens(OperatorHarness operator) {
            Map<String, String> tokens = new TreeMap<>();
            operator.admin()
                    .secrets()
                    .inNamespace(operator.namespace())
                    .withLabel("cacheoperator.io/secret", "connection")
                    .list()
                    .getItems()
                    .forEach(secret -> Optional.ofNullable(
                                    operator.secretData(secret.getMetadata().getName())
                                            .get("password"))
                            .ifPresent(token -> tokens.put(
                                    secret.getMetadata().getAnnotations().get("cacheoperator.io/belongs-to"), token)));
            return tokens;
        }

        List<String> plain(Stream<String> lines) {
            return lines.map(this::plain).sorted().toList();
        }

        private String plain(String line) {
            String plain = line;
            for (Map.Entry<String, String> word : known.entrySet()) {
                plain = plain.replace(word.getKey(), word.getValue());
            }
            plain = TIME.matcher(plain).replaceAll("TIME");
            plain = UID.matcher(plain).replaceAll("UID");
            plain = HASH.matcher(plain).replaceAll("HASH-OF-TOKEN");
            plain = RULE.matcher(plain).replaceAll("RULE");
            plain = GROUP.matcher(plain).replaceAll("GROUP");
            plain = WINDOW.matcher(plain)
                    .replaceAll(found -> windows.contains(found.group()) ? found.group() : "WINDOW");
            plain = SHARED.matcher(plain).replaceAll("SHARED-SUBNET-GROUP");
            return FINAL.matcher(plain).replaceAll("FINAL-SNAPSHOT");
        }
    }

    /** Fails unless the cache takes what its connection Secret tells applications to connect with. */
    static void assertPasswordWorks(OperatorHarness operator, String name) {
        ElastiCacheConsole console = operator.simulator().elastiCache(OperatorHarness.REGION);
        String id = operator.status(name).id();
        String password =
                operator.secretData(operator.status(name).binding().name()).get("password");
        if (console.replicationGroup(id).isPresent()) {
            assertThat(password == null ? console.acceptsNoToken(id) : console.acceptsToken(id, password))
                    .as("%s takes what applications connect with", name)
                    .isTrue();
        }
    }
}
