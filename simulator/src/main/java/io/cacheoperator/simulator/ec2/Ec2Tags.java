package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.world.Table;
import io.cacheoperator.simulator.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.CreateTagsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Tags of EC2 resources, which all have them in the same way. */
final class Ec2Tags {
    private static final int MOST = 50;
    private static final int KEY_LENGTH = 127;
    private static final int VALUE_LENGTH = 255;
    private static final Filters<TagDescription> FILTERS = Filters.<TagDescription>withTags(tag ->
                    List.of(Tag.builder().key(tag.key()).value(tag.value()).build()))
            .one("key", TagDescription::key)
            .one("value", TagDescription::value)
            .one("resource-id", TagDescription::resourceId)
            .one("resource-type", TagDescription::resourceTypeAsString);

    private final World world;

    Ec2Tags(World world) {
        this.world = world;
    }

    void register(Ec2Operations operations) {
        operations.add("CreateTags", CreateTagsRequest::builder, this::create);
        operations.add("DeleteTags", DeleteTagsRequest::builder, this::delete);
        operations.add("DescribeTags", DescribeTagsRequest::builder, this::describe);
    }

    /** The tags of a resource as of an instant, sorted by key. */
    static List<Tag> of(Ec2State state, String id, Instant asOf) {
        return list(state.tags().at(asOf).find(id).orElse(Map.of()));
    }

    static List<Tag> list(Map<String, String> tags) {
        return tags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> Tag.builder()
                        .key(entry.getKey())
                        .value(entry.getValue())
                        .build())
                .toList();
    }

    /** The tags that a create call carries for the resource it makes; other kinds of resources in it are refused. */
    static Map<String, String> requested(List<TagSpecification> specifications, ResourceKind kind) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (TagSpecification specification : specifications) {
            if (!kind.type().equals(specification.resourceTypeAsString())) {
                throw AwsError.invalidParameterValue("'" + specification.resourceTypeAsString()
                        + "' is not a valid taggable resource type for this operation.");
            }
            specification.tags().forEach(tag -> tags.put(key(tag), value(tag)));
        }
        checkCount(tags);
        return tags;
    }

    private CreateTagsResponse create(CreateTagsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        Map<String, String> added = new LinkedHashMap<>();
        request.tags().forEach(tag -> added.put(key(tag), value(tag)));
        if (added.isEmpty()) {
            throw Ec2Errors.missing("Tags");
        }
        change(state, request.resources(), call, tags -> {
            Map<String, String> all = new LinkedHashMap<>(tags);
            all.putAll(added);
            checkCount(all);
            return all;
        });
        return CreateTagsResponse.builder().build();
    }

    private DeleteTagsResponse delete(DeleteTagsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        change(state, request.resources(), call, tags -> {
            Map<String, String> rest = new LinkedHashMap<>(tags);
            if (request.tags().isEmpty()) {
                rest.clear();
            }
            for (Tag tag : request.tags()) {
                if (tag.value() == null || tag.value().equals(rest.get(tag.key()))) {
                    rest.remove(tag.key());
                }
            }
            return rest;
        });
        return DeleteTagsResponse.builder().build();
    }

    private static void change(Ec2State state, List<String> ids, Call call, UnaryOperator<Map<String, String>> change) {
        if (ids.isEmpty()) {
            throw Ec2Errors.missing("resourceIdSet");
        }
        ids.forEach(id -> ResourceKind.require(state, id));
        Table<Map<String, String>> tags = state.tags();
        Map<String, Map<String, String>> changed = new LinkedHashMap<>();
        ids.forEach(id -> changed.put(id, change.apply(tags.find(id).orElse(Map.of()))));
        changed.forEach((id, values) -> tags.put(id, Map.copyOf(values), call.now()));
    }

    private DescribeTagsResponse describe(DescribeTagsRequest request, Call call) {
        Ec2State state = world.region(call).get(Ec2State.KEY);
        List<TagDescription> all = new ArrayList<>();
        Table.View<Map<String, String>> view = state.tags().at(call.readAt());
        for (ResourceKind kind : ResourceKind.values()) {
            for (String id : kind.ids(state, call.readAt())) {
                view.find(id)
                        .orElse(Map.of())
                        .forEach((key, value) -> all.add(TagDescription.builder()
                                .resourceId(id)
                                .resourceType(kind.type())
                                .key(key)
                                .value(value)
                                .build()));
            }
        }
        var page = new Ec2Pages(request.maxResults(), request.nextToken())
                .of(FILTERS.apply(request.filters(), all), tag -> tag.resourceId() + "/" + tag.key());
        return DescribeTagsResponse.builder()
                .tags(page.items())
                .nextToken(page.next().orElse(null))
                .build();
    }

    private static String key(Tag tag) {
        String key = Optional.ofNullable(tag.key()).orElse("");
        if (key.isEmpty()) {
            throw AwsError.invalidParameterValue("Tag key cannot be empty");
        }
        if (key.length() > KEY_LENGTH) {
            throw AwsError.invalidParameterValue("Tag key exceeds the maximum length of " + KEY_LENGTH + " characters");
        }
        if (key.startsWith("aws:")) {
            throw AwsError.invalidParameterValue("Tag keys starting with 'aws:' are reserved for internal use");
        }
        return key;
    }

    private static String value(Tag tag) {
        String value = Optional.ofNullable(tag.value()).orElse("");
        if (value.length() > VALUE_LENGTH) {
            throw AwsError.invalidParameterValue(
                    "Tag value exceeds the maximum length of " + VALUE_LENGTH + " characters");
        }
        return value;
    }

    private static void checkCount(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw AwsError.badRequest(
                    "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
    }
}
