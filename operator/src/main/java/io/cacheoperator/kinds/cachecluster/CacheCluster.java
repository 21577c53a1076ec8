package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One Amazon ElastiCache cache and everything it needs: network, parameters, encryption, AUTH and connection Secret. */
@Group(CacheCluster.GROUP)
@Version(CacheCluster.VERSION)
@Kind(CacheCluster.KIND)
@Plural(CacheCluster.PLURAL)
@Singular("cachecluster")
@ShortNames("ccl")
@Categories("cache")
@AdditionalPrinterColumn(name = "Engine", jsonPath = ".spec.engine", type = Type.STRING)
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.engineVersion", type = Type.STRING)
@AdditionalPrinterColumn(name = "Shape", jsonPath = ".status.shape", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = Type.STRING)
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".status.endpoint", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Node type", jsonPath = ".spec.nodeType", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "AWS id", jsonPath = ".status.id", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Drift", jsonPath = ".status.driftCount", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(name = "Summary", jsonPath = ".status.summary", type = Type.STRING, priority = 1)
@JsonIgnoreProperties(ignoreUnknown = true)
public class CacheCluster extends CustomResource<CacheClusterSpec, CacheClusterStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;

    public static final String GROUP = "cacheoperator.io";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "CacheCluster";
    public static final String PLURAL = "cacheclusters";

    @Override
    @Required
    public CacheClusterSpec getSpec() {
        return super.getSpec();
    }
}
