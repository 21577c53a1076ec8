package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.Call;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticache.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.elasticache.model.AddTagsToResourceResponse;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.elasticache.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.elasticache.model.RemoveTagsFromResourceResponse;

/** Reading and writing tags. Both need the resource to be available; writes put a replication group to work for a while. */
final class TagOperations {
    private final Context.Source contexts;

    TagOperations(Context.Source contexts) {
        this.contexts = contexts;
    }

    ListTagsForResourceResponse list(ListTagsForResourceRequest request, Call call) {
        Context c = contexts.of(call);
        String arn = TaggableArn.read(c, request.resourceName()).check(c);
        return ListTagsForResourceResponse.builder()
                .tagList(Tags.shown(c.state().tags.at(call.readAt()).find(arn).orElse(Map.of())))
                .build();
    }

    AddTagsToResourceResponse add(AddTagsToResourceRequest request, Call call) {
        Context c = contexts.of(call);
        TaggableArn resource = TaggableArn.read(c, request.resourceName());
        Map<String, String> added = Tags.read(request.tags());
        if (added.isEmpty()) {
            throw ElastiCacheErrors.missing("Tags");
        }
        String arn = resource.check(c);
        Map<String, String> all = merged(Tags.of(c, arn), added);
        Tags.checkCount(all);
        write(c, resource, arn, tags -> merged(tags, added));
        return AddTagsToResourceResponse.builder().tagList(Tags.shown(all)).build();
    }

    private static Map<String, String> merged(Map<String, String> present, Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(present);
        all.putAll(added);
        return all;
    }

    RemoveTagsFromResourceResponse remove(RemoveTagsFromResourceRequest request, Call call) {
        Context c = contexts.of(call);
        TaggableArn resource = TaggableArn.read(c, request.resourceName());
        if (request.tagKeys().isEmpty()) {
            throw ElastiCacheErrors.missing("TagKeys");
        }
        String arn = resource.check(c);
        Map<String, String> present = Tags.of(c, arn);
        for (String key : request.tagKeys()) {
            if (!present.containsKey(key)) {
                throw AwsError.notFound("TagNotFound", "The requested tag was not found on this resource: " + key);
            }
        }
        UnaryOperator<Map<String, String>> without = tags -> {
            Map<String, String> left = new LinkedHashMap<>(tags);
            request.tagKeys().forEach(left::remove);
            return left;
        };
        write(c, resource, arn, without);
        return RemoveTagsFromResourceResponse.builder()
                .tagList(Tags.shown(without.apply(present)))
                .build();
    }

    /** The tags of a replication group are copied to its members. */
    private static void write(Context c, TaggableArn resource, String arn, UnaryOperator<Map<String, String>> change) {
        Tags.replace(c, arn, change.apply(Tags.of(c, arn)));
        resource.group(c).ifPresent(group -> {
            group.members()
                    .map(member -> c.arn("cluster", member.clusterId()))
                    .forEach(member -> Tags.replace(c, member, change.apply(Tags.of(c, member))));
            GroupLifecycle.begin(c, group, "modifying", c.durations().tag(), GroupLifecycle::finish);
        });
    }
}
