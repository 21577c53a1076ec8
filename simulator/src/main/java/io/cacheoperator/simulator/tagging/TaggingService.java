package io.cacheoperator.simulator.tagging;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Operations;
import io.cacheoperator.simulator.service.Page;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.service.TaggedResources;
import io.cacheoperator.simulator.service.TaggedResources.TaggedResource;
import io.cacheoperator.simulator.world.RegionState;
import io.cacheoperator.simulator.world.World;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagKeysRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagKeysResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagValuesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagValuesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** The reading half of the Resource Groups Tagging API. It lags behind the services by a time that can be set. */
public final class TaggingService implements AwsService {
    private static final ServiceDescription DESCRIPTION =
            ServiceDescription.target("tagging", "2017-01-26", "ResourceGroupsTaggingAPI_20170126", "tag");
    private static final int MOST_PER_PAGE = 100;
    private static final int DEFAULT_PER_PAGE = 50;
    private static final int MOST_FILTERS = 50;
    private static final int MOST_VALUES = 20;
    private static final int MOST_ARNS = 100;

    private final World world;
    private final List<TaggedResources> sources;
    private final AtomicReference<Duration> lag = new AtomicReference<>(Duration.ZERO);
    private final Operations operations = Operations.builder()
            .add("GetResources", GetResourcesRequest::builder, this::resources)
            .add("GetTagKeys", GetTagKeysRequest::builder, this::keys)
            .add("GetTagValues", GetTagValuesRequest::builder, this::values)
            .build();

    /** The tagging API over the resources of these services. */
    public TaggingService(World world, List<TaggedResources> sources) {
        this.world = world;
        this.sources = List.copyOf(sources);
    }

    /** Lets answers be this much simulated time old, as AWS's are. None at the start. */
    public void lag(Duration simulatedTime) {
        lag.set(simulatedTime);
    }

    @Override
    public ServiceDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Operations operations() {
        return operations;
    }

    private GetResourcesResponse resources(GetResourcesRequest request, Call call) {
        check(request);
        List<TaggedResource> found = all(call)
                .filter(resource -> request.resourceARNList().isEmpty()
                        || request.resourceARNList().contains(resource.arn()))
                .filter(resource -> request.resourceTypeFilters().isEmpty()
                        || request.resourceTypeFilters().stream().anyMatch(type -> isOfType(resource, type)))
                .filter(resource -> request.tagFilters().stream().allMatch(filter -> matches(filter, resource.tags())))
                .toList();
        int size = request.resourcesPerPage() == null ? DEFAULT_PER_PAGE : request.resourcesPerPage();
        int pageSize = request.resourceARNList().isEmpty() ? size : MOST_ARNS;
        Page<TaggedResource> page = page(found, TaggedResource::arn, request.paginationToken(), pageSize);
        return GetResourcesResponse.builder()
                .resourceTagMappingList(
                        page.items().stream().map(TaggingService::mapping).toList())
                .paginationToken(page.next().orElse(""))
                .build();
    }

    private static void check(GetResourcesRequest request) {
        boolean byArn = !request.resourceARNList().isEmpty();
        require(
                !byArn
                        || (request.tagFilters().isEmpty()
                                && request.resourceTypeFilters().isEmpty()
                                && request.resourcesPerPage() == null
                                && isEmpty(request.paginationToken())),
                "ResourceARNList cannot be used together with filters or pagination");
        require(request.resourceARNList().size() <= MOST_ARNS, "ResourceARNList has more than 100 ARNs");
        require(request.tagFilters().size() <= MOST_FILTERS, "TagFilters has more than 50 keys");
        for (TagFilter filter : request.tagFilters()) {
            require(filter.key() != null, "A tag filter needs a key");
            require(filter.values().size() <= MOST_VALUES, "A tag filter has more than 20 values");
        }
        Integer size = request.resourcesPerPage();
        require(size == null || (size >= 1 && size <= MOST_PER_PAGE), "ResourcesPerPage must be from 1 to 100");
    }

    private GetTagKeysResponse keys(GetTagKeysRequest request, Call call) {
        List<String> keys = all(call)
                .flatMap(resource -> resource.tags().keySet().stream())
                .distinct()
                .sorted()
                .toList();
        Page<String> page = page(keys, Function.identity(), request.paginationToken(), MOST_PER_PAGE);
        return GetTagKeysResponse.builder()
                .tagKeys(page.items())
                .paginationToken(page.next().orElse(""))
                .build();
    }

    private GetTagValuesResponse values(GetTagValuesRequest request, Call call) {
        require(request.key() != null, "Key is missing");
        List<String> values = all(call)
                .flatMap(resource -> Optional.ofNullable(resource.tags().get(request.key())).stream())
                .distinct()
                .sorted()
                .toList();
        Page<String> page = page(values, Function.identity(), request.paginationToken(), MOST_PER_PAGE);
        return GetTagValuesResponse.builder()
                .tagValues(page.items())
                .paginationToken(page.next().orElse(""))
                .build();
    }

    private Stream<TaggedResource> all(Call call) {
        RegionState region = world.region(call);
        return sources.stream()
                .flatMap(source -> source.taggedResources(region, call.readAt().minus(lag.get())).stream())
                .sorted(Comparator.comparing(TaggedResource::arn));
    }

    private static <T> Page<T> page(List<T> sorted, Function<T, String> key, @Nullable String token, int size) {
        Optional<String> given = Optional.ofNullable(token).filter(text -> !text.isEmpty());
        return Page.of(
                sorted,
                key,
                given,
                size,
                bad -> AwsError.badRequest("PaginationTokenExpiredException", "The pagination token is not valid"));
    }

    private static boolean isOfType(TaggedResource resource, String type) {
        return resource.type().equals(type) || resource.type().startsWith(type + ":");
    }

    private static boolean matches(TagFilter filter, Map<String, String> tags) {
        String value = tags.get(filter.key());
        return value != null && (filter.values().isEmpty() || filter.values().contains(value));
    }

    private static ResourceTagMapping mapping(TaggedResource resource) {
        List<Tag> tags = resource.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Tag.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
        return ResourceTagMapping.builder()
                .resourceARN(resource.arn())
                .tags(tags)
                .build();
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static void require(boolean valid, String message) {
        if (!valid) {
            throw AwsError.badRequest("InvalidParameterException", message);
        }
    }
}
