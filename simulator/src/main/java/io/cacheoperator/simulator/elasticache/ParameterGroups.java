package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Page;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticache.model.CreateCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.CreateCacheParameterGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.DeleteCacheParameterGroupResponse;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParameterGroupsRequest;
import software.amazon.awssdk.services.elasticache.model.DescribeCacheParameterGroupsResponse;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ModifyCacheParameterGroupResponse;
import software.amazon.awssdk.services.elasticache.model.ParameterNameValue;
import software.amazon.awssdk.services.elasticache.model.ResetCacheParameterGroupRequest;
import software.amazon.awssdk.services.elasticache.model.ResetCacheParameterGroupResponse;

/** The operations on parameter groups. */
final class ParameterGroups {
    private static final String NAME = "CacheParameterGroupName";
    private static final int MOST_PER_CALL = 20;
    private final Context.Source contexts;

    ParameterGroups(Context.Source contexts) {
        this.contexts = contexts;
    }

    CreateCacheParameterGroupResponse create(CreateCacheParameterGroupRequest request, Call call) {
        Context c = contexts.of(call);
        String name = Identifiers.create(NAME, request.cacheParameterGroupName(), Identifiers.NAME_LENGTH);
        String wanted = Identifiers.text("CacheParameterGroupFamily", request.cacheParameterGroupFamily());
        String description = Identifiers.text("Description", request.description());
        Map<String, String> tags = Tags.read(request.tags());
        Family family = Family.find(wanted)
                .orElseThrow(() -> AwsError.invalidParameterValue(
                        "CacheParameterGroupFamily %s is not a valid parameter group family.".formatted(wanted)));
        if (c.state().parameterGroups.contains(name)) {
            throw AwsError.badRequest(
                    "CacheParameterGroupAlreadyExists", "Parameter group %s already exists".formatted(name));
        }
        Quotas.parameterGroups(c);
        ParameterGroupState group = new ParameterGroupState(
                name, family, description, c.arn("parametergroup", name), Map.of(), Instant.EPOCH);
        c.state().parameterGroups.put(name, group, c.now());
        Tags.create(c, group.arn(), tags);
        return CreateCacheParameterGroupResponse.builder()
                .cacheParameterGroup(group.shown())
                .build();
    }

    DescribeCacheParameterGroupsResponse describe(DescribeCacheParameterGroupsRequest request, Call call) {
        Context c = contexts.of(call);
        var groups = c.state().parameterGroups.at(call.readAt());
        if (request.cacheParameterGroupName() != null) {
            String name = Identifiers.required(NAME, request.cacheParameterGroupName());
            ParameterGroupState group = groups.find(name).orElseThrow(() -> ParameterGroupLookup.notFound(name));
            return DescribeCacheParameterGroupsResponse.builder()
                    .cacheParameterGroups(group.shown())
                    .build();
        }
        Page<ParameterGroupState> page =
                Paging.page(groups.values(), ParameterGroupState::name, request.marker(), request.maxRecords());
        return DescribeCacheParameterGroupsResponse.builder()
                .cacheParameterGroups(
                        page.items().stream().map(ParameterGroupState::shown).toList())
                .marker(page.next().orElse(null))
                .build();
    }

    ModifyCacheParameterGroupResponse modify(ModifyCacheParameterGroupRequest request, Call call) {
        Context c = contexts.of(call);
        List<ParameterNameValue> wanted = request.parameterNameValues();
        checkCount(wanted);
        ParameterGroupState group = own(c, request.cacheParameterGroupName());
        Map<String, String> values = new TreeMap<>(group.values());
        for (ParameterNameValue parameter : wanted) {
            String value = parameter.parameterValue() == null ? "" : parameter.parameterValue();
            ParameterRules.check(c, group, parameter.parameterName(), value);
            values.put(parameter.parameterName(), value);
            ParameterRules.alternative(parameter.parameterName()).ifPresent(values::remove);
        }
        ParameterApplication.apply(c, group, values);
        return ModifyCacheParameterGroupResponse.builder()
                .cacheParameterGroupName(group.name())
                .build();
    }

    /** An empty list is no error: Terraform sends one. */
    private static void checkCount(List<ParameterNameValue> parameters) {
        if (parameters.size() > MOST_PER_CALL) {
            throw AwsError.invalidParameterValue(
                    "A maximum of %d parameters can be modified in one request.".formatted(MOST_PER_CALL));
        }
    }

    ResetCacheParameterGroupResponse reset(ResetCacheParameterGroupRequest request, Call call) {
        Context c = contexts.of(call);
        boolean all = Boolean.TRUE.equals(request.resetAllParameters());
        if (all == !request.parameterNameValues().isEmpty()) {
            throw AwsError.invalidParameterCombination(
                    "Either ResetAllParameters or ParameterNameValues must be given, but not both.");
        }
        if (!all) {
            checkCount(request.parameterNameValues());
        }
        ParameterGroupState group = own(c, request.cacheParameterGroupName());
        if (group.applyingUntil().isAfter(c.now())) {
            throw AwsError.badRequest(
                    "InvalidCacheParameterGroupState",
                    "The parameter group %s has pending changes.".formatted(group.name()));
        }
        Map<String, String> values = all ? new TreeMap<>() : new TreeMap<>(group.values());
        for (ParameterNameValue parameter : request.parameterNameValues()) {
            ParameterRules.checkReset(c, group, parameter.parameterName());
            values.remove(parameter.parameterName());
            ParameterRules.alternative(parameter.parameterName()).ifPresent(values::remove);
        }
        ParameterApplication.apply(c, group, values);
        return ResetCacheParameterGroupResponse.builder()
                .cacheParameterGroupName(group.name())
                .build();
    }

    private static ParameterGroupState own(Context c, String given) {
        String name = Identifiers.required(NAME, given);
        ParameterGroupState group = c.state()
                .parameterGroups
                .find(name)
                .orElseThrow(() ->
                        AwsError.notFound("CacheParameterGroupNotFound", "CacheParameterGroup not found: " + name));
        if (group.isDefault()) {
            throw invalidIdentifier();
        }
        return group;
    }

    /** The dot of a default group's name is not allowed in an identifier, and that is how AWS refuses to touch one. */
    private static AwsError invalidIdentifier() {
        return AwsError.invalidParameterValue("""
                The parameter CacheParameterGroupName is not a valid identifier. Identifiers must begin with a letter; \
                must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.""");
    }

    DeleteCacheParameterGroupResponse delete(DeleteCacheParameterGroupRequest request, Call call) {
        Context c = contexts.of(call);
        String name =
                Identifiers.required(NAME, request.cacheParameterGroupName()).toLowerCase(Locale.ROOT);
        ParameterGroupState group = c.state()
                .parameterGroups
                .find(name)
                .orElseThrow(() ->
                        AwsError.notFound("CacheParameterGroupNotFound", "CacheParameterGroupnot found: " + name));
        if (group.isDefault()) {
            throw invalidIdentifier();
        }
        boolean used = c.state().clusters.values().stream()
                        .anyMatch(cluster -> cluster.parameterGroup().equals(name))
                || c.state().lingering(c.now()).stream()
                        .anyMatch(gone -> gone.parameterGroup().equals(name));
        if (used) {
            throw AwsError.badRequest("InvalidCacheParameterGroupState", """
                    One or more cache clusters are still members of this parameter group %s, so the group cannot be deleted.""".formatted(name));
        }
        c.state().parameterGroups.remove(name, c.now());
        Tags.remove(c, group.arn());
        return DeleteCacheParameterGroupResponse.builder().build();
    }
}
