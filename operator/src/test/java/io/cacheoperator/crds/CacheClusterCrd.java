package io.cacheoperator.crds;

import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDGenerator.CRDOutput;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceSubresourceScale;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Makes the CRD of CacheCluster: the generator's schema of the model's records, and what no annotation can say. */
final class CacheClusterCrd {

    /** The committed file, relative to the root of the project. */
    static final String FILE = "crds/cacheclusters.cacheoperator.io.yaml";

    /** Bound of strings that have no other: without one the API server refuses the rules as too costly. */
    private static final long STRING = 255;

    /** Bounds of a status, which are not those of a spec: of texts, and of lists and maps. */
    private static final long TEXT = 4096;

    private static final long MANY = 1000;

    /** All annotations of an object together (Kubernetes, "Annotations"). */
    private static final long ANNOTATIONS = 256 * 1024;

    private static final Map<String, Long> VALUE_LENGTHS = Map.of(
            ".spec.parameters{}", 1024L,
            ".spec.tags{}", 256L,
            ".spec.network.subnetSelector.tags{}", 256L,
            ".spec.connectionSecret.labels{}", 63L,
            ".spec.connectionSecret.annotations{}", 4096L,
            ".status.conditions[].type", 316L,
            ".status.conditions[].reason", 1024L,
            ".status.conditions[].message", 32768L);

    /**
     * Lists without order or duplicates. {@code allowFrom} is none of them, though its entries are: server-side apply answers 500
     * for a set of maps, also of atomic ones; a rule refuses its duplicates.
     */
    private static final List<String> SETS = List.of(".spec.network.subnetIds", ".spec.network.securityGroupIds");

    private final CustomResourceDefinition definition;
    private final String yaml;

    private CacheClusterCrd(CustomResourceDefinition definition, String yaml) {
        this.definition = definition;
        this.yaml = yaml;
    }

    static CacheClusterCrd generate() {
        var output = new StringOutput();
        var definition = new AtomicReference<CustomResourceDefinition>();
        new CRDGenerator()
                .withMinQuotes(true)
                .withOutput(output)
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        complete((CustomResourceDefinition) crd);
                        definition.set((CustomResourceDefinition) crd);
                        return crd;
                    }
                })
                .customResourceClasses(CacheCluster.class)
                .generate();
        return new CacheClusterCrd(definition.get(), tidy(output.text()));
    }

    /** The file's content. */
    String yaml() {
        return yaml;
    }

    /** The schema of its only version. */
    JSONSchemaProps schema() {
        return version(definition).getSchema().getOpenAPIV3Schema();
    }

    private static CustomResourceDefinitionVersion version(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().getFirst();
    }

    private static void complete(CustomResourceDefinition crd) {
        CustomResourceDefinitionVersion version = version(crd);
        JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
        version.getAdditionalPrinterColumns().sort(Comparator.comparingInt(column -> place(column.getName())));
        // The API server leaves out a priority of 0; tools that compare what they applied with what is stored saw a
        // difference for ever.
        version.getAdditionalPrinterColumns().stream()
                .filter(column -> column.getPriority() != null && column.getPriority() == 0)
                .forEach(column -> column.setPriority(null));
        describe(root);
        root.getProperties().remove("apiVersion");
        root.getProperties().remove("kind");
        root.getProperties().remove("metadata");
        bound("", root);
        SETS.forEach(path -> Paths.find(root, path).setXKubernetesListType("set"));
        JSONSchemaProps conditions = Paths.find(root, ".status.conditions");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        CacheClusterRules.all().forEach(rule -> add(rule, Paths.find(root, rule.at())));
        Paths.find(root, ".status").getProperties().forEach((name, property) -> {
            if (!name.equals("conditions")) {
                widen(property);
            }
        });
        Paths.find(root, ".status.lastHandled.reconcileAt").setMaxLength(ANNOTATIONS);
        JSONSchemaProps effective = Paths.find(root, ".status.effective");
        effective.setRequired(List.of());
        Paths.find(root, ".status")
                .setDefault(new com.fasterxml.jackson.databind.node.ObjectNode(
                                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance)
                        .put("observedGeneration", -1));
        version.getSubresources()
                .setScale(new CustomResourceSubresourceScale(null, ".spec.replicasPerShard", ".status.replicas"));
    }

    /** The generator sorts columns by path; people read them in the order of the annotations. */
    private static int place(String column) {
        return Stream.of(CacheCluster.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList()
                .indexOf(column);
    }

    private static void describe(JSONSchemaProps root) {
        root.setDescription(
                "One Amazon ElastiCache cache (valkey, redis or memcached) with all that it needs: security group and"
                        + " rules, subnet group, parameter group, encryption, AUTH token, and a Secret for applications to connect with.");
        Paths.find(root, ".spec")
                .setDescription(
                        "What is wanted. A field that is not given takes the operator's default or the built-in one when the"
                                + " cache is made; afterwards it follows what AWS has and never causes a change. Derived values are shown"
                                + " in status.effective.");
        Paths.find(root, ".status").setDescription("What the operator knows of the cache, and what it is about to do.");
        Map<String, String> condition = Map.of(
                "type", "Which condition. Example: Ready",
                "status", "True, False or Unknown.",
                "reason", "Why, in one CamelCase word. Example: Available",
                "message", "Why, in a sentence.",
                "lastTransitionTime", "When status last changed.",
                "observedGeneration", "Generation of the spec that this condition speaks about.");
        condition.forEach((field, text) ->
                Paths.find(root, ".status.conditions[]." + field).setDescription(text));
    }

    /** Gives every string and list that has no bound of its own one, and every list its merge semantics. */
    private static void bound(String path, JSONSchemaProps schema) {
        boolean text = "string".equals(schema.getType()) || Boolean.TRUE.equals(schema.getXKubernetesIntOrString());
        boolean free = schema.getEnum() == null || schema.getEnum().isEmpty();
        if (text && free && schema.getFormat() == null && schema.getMaxLength() == null) {
            schema.setMaxLength(VALUE_LENGTHS.getOrDefault(path.replace(".status.effective", ".spec"), STRING));
        }
        if ("array".equals(schema.getType())) {
            schema.setXKubernetesListType("atomic");
            bound(path + "[]", schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            bound(path + "{}", schema.getAdditionalProperties().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> bound(path + "." + name, property));
        }
    }

    /**
     * Lifts the bounds that a status shares with the spec: in AWS there may be more than a spec may ask for, and a status that the API server
     * refuses would stand still for ever.
     */
    private static void widen(JSONSchemaProps schema) {
        schema.setMinLength(null);
        schema.setMinItems(null);
        schema.setMinimum(null);
        schema.setMaximum(null);
        schema.setPattern(null);
        if (schema.getMaxLength() != null) {
            schema.setMaxLength(Math.max(schema.getMaxLength(), TEXT));
        }
        if (schema.getMaxItems() != null) {
            schema.setMaxItems(MANY);
            widen(schema.getItems().getSchema());
        }
        if (schema.getMaxProperties() != null) {
            schema.setMaxProperties(MANY);
            widen(schema.getAdditionalProperties().getSchema());
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(CacheClusterCrd::widen);
        }
    }

    private static void add(Rule rule, JSONSchemaProps schema) {
        var rules = new ArrayList<>(
                schema.getXKubernetesValidations() == null ? List.of() : schema.getXKubernetesValidations());
        rules.add(rule.toSchema());
        schema.setXKubernetesValidations(rules);
    }

    /**
     * Bounds are whole numbers; the generator writes them as {@code 1.0}. It also leaves {@code True} and {@code False} without
     * quotes, which kubectl reads as booleans: the API server then takes the status of no condition.
     */
    private static String tidy(String yaml) {
        return yaml.replaceAll("(?m)^(\\s*(?:minimum|maximum): -?\\d+)\\.0$", "$1")
                .replaceAll("(?m)^(\\s*- )(True|False)$", "$1\"$2\"")
                .replaceFirst("\\A# Generated[^\\n]*\\n", "# Made from the records of the operator by `make crds`.\n");
    }

    private static final class StringOutput implements CRDOutput<ByteArrayOutputStream> {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return bytes;
        }

        @Override
        public void close() {
            // nothing is held
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
