package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.elasticache.NodeTypes.NodeType;
import io.cacheoperator.simulator.elasticache.ParameterCatalogue.ParameterDefinition;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticache.model.CacheNodeTypeSpecificParameter;
import software.amazon.awssdk.services.elasticache.model.CacheNodeTypeSpecificValue;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParametersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParametersResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeEngineDefaultParametersRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeEngineDefaultParametersResponse;
import software.amazon.awssdk.services.elasticache.model.EngineDefaults;
import software.amazon.awssdk.services.elasticache.model.Parameter;

/** What can be read about single parameters. */
final class Parameters {
    private static final int BYTES_PER_BUFFER_SHARE = 10;
    private final Context.Source contexts;

    Parameters(Context.Source contexts) {
        this.contexts = contexts;
    }

    DescribeCacheParametersResponse describe(DescribeCacheParametersRequest request, Call call) {
        Context c = contexts.of(call);
        String source = request.source() == null ? "" : request.source();
        if (!source.isEmpty() && !List.of("user", "system", "engine-default").contains(source)) {
            throw AwsError.invalidParameterValue(
                    "Invalid source: %s. Valid values are: user, system, engine-default.".formatted(source));
        }
        String name = Identifiers.required("CacheParameterGroupName", request.cacheParameterGroupName());
        ParameterGroupState group = c.state()
                .parameterGroups
                .at(call.readAt())
                .find(name)
                .orElseThrow(() -> ParameterGroupLookup.notFound(name));
        List<Parameter> all = ParameterCatalogue.of(group.family()).stream()
                .map(definition -> shown(group, definition))
                .filter(parameter -> source.isEmpty() || parameter.source().equals(source))
                .toList();
        Page<Parameter> page = Paging.page(all, Parameter::parameterName, request.marker(), request.maxRecords());
        boolean ofSystem = source.isEmpty() || source.equals("system");
        return DescribeCacheParametersResponse.builder()
                .parameters(page.items())
                .cacheNodeTypeSpecificParameters(
                        ofSystem && request.marker() == null ? byNodeType(group.family()) : List.of())
                .marker(page.next().orElse(null))
                .build();
    }

    DescribeEngineDefaultParametersResponse defaults(DescribeEngineDefaultParametersRequest request, Call call) {
        String wanted = Identifiers.text("CacheParameterGroupFamily", request.cacheParameterGroupFamily());
        Family family = Family.find(wanted)
                .orElseThrow(() -> AwsError.invalidParameterValue(
                        "CacheParameterGroupFamily %s is not a valid parameter group family.".formatted(wanted)));
        List<Parameter> all = ParameterCatalogue.of(family).stream()
                .map(definition -> shown(definition, definition.defaultValue(), "system"))
                .toList();
        Page<Parameter> page = Paging.page(all, Parameter::parameterName, request.marker(), request.maxRecords());
        return DescribeEngineDefaultParametersResponse.builder()
                .engineDefaults(EngineDefaults.builder()
                        .cacheParameterGroupFamily(family.text())
                        .marker(page.next().orElse(null))
                        .parameters(page.items())
                        .cacheNodeTypeSpecificParameters(request.marker() == null ? byNodeType(family) : List.of())
                        .build())
                .build();
    }

    private static Parameter shown(ParameterGroupState group, ParameterDefinition definition) {
        boolean set = group.values().containsKey(definition.name());
        return shown(definition, group.value(definition.name()), set ? "user" : "system");
    }

    /** A parameter without a value or without limits shows neither. */
    private static Parameter shown(ParameterDefinition definition, String value, String source) {
        boolean hasValue = !value.isEmpty() || definition.name().equals("rename-commands") || source.equals("user");
        return Parameter.builder()
                .parameterName(definition.name())
                .parameterValue(hasValue ? value : null)
                .description(definition.description())
                .source(source)
                .dataType(definition.dataType())
                .allowedValues(definition.allowed().isEmpty() ? null : definition.allowed())
                .isModifiable(definition.modifiable())
                .minimumEngineVersion(definition.minimumVersion())
                .changeType(definition.changeType())
                .build();
    }

    private static List<CacheNodeTypeSpecificParameter> byNodeType(Family family) {
        List<CacheNodeTypeSpecificParameter> parameters = new ArrayList<>();
        Map<String, Function<NodeType, Object>> own = family.isMemcached() ? ofMemcached() : ofRedis(family);
        own.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> parameters.add(byNodeType(family, entry.getKey(), entry.getValue())));
        return parameters;
    }

    private static Map<String, Function<NodeType, Object>> ofMemcached() {
        return Map.of("max_cache_memory", NodeType::maxCacheMemory, "num_threads", NodeType::cpus);
    }

    private static Map<String, Function<NodeType, Object>> ofRedis(Family family) {
        String replica = family.compareTo(Family.REDIS_5_0) >= 0 ? "replica" : "slave";
        Function<NodeType, Object> buffer = type -> type.maxMemory() / BYTES_PER_BUFFER_SHARE;
        return Map.of(
                "maxmemory",
                NodeType::maxMemory,
                "client-output-buffer-limit-%s-hard-limit".formatted(replica),
                buffer,
                "client-output-buffer-limit-%s-soft-limit".formatted(replica),
                buffer);
    }

    private static CacheNodeTypeSpecificParameter byNodeType(
            Family family, String name, Function<NodeType, Object> value) {
        return CacheNodeTypeSpecificParameter.builder()
                .parameterName(name)
                .description("Depends on the node type")
                .source("system")
                .dataType("integer")
                .allowedValues("1-")
                .isModifiable(false)
                .minimumEngineVersion(family.firstVersion())
                .changeType(family.isMemcached() ? "requires-reboot" : "immediate")
                .cacheNodeTypeSpecificValues(NodeTypes.all().stream()
                        .map(type -> CacheNodeTypeSpecificValue.builder()
                                .cacheNodeType(type.name())
                                .value(value.apply(type).toString())
                                .build())
                        .toList())
                .build();
    }
}
