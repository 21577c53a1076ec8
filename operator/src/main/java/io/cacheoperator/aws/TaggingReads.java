package io.cacheoperator.aws;

import io.cacheoperator.aws.Pages.All;
import io.cacheoperator.aws.Pages.Page;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Result;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;

/** The bulk read of tags through the Resource Groups Tagging API. */
final class TaggingReads {

    private static final int PAGE = 100;

    private final SdkCalls calls;
    private final Supplier<ResourceGroupsTaggingApiClient> client;

    TaggingReads(SdkCalls calls, Supplier<ResourceGroupsTaggingApiClient> client) {
        this.calls = calls;
        this.client = client;
    }

    /** An ARN and its tags. */
    record Tagged(String arn, Map<String, String> tags) {}

    /** Everything of ElastiCache that carries an owner tag, or did lately. */
    Result<All<Tagged>> owned() {
        return Pages.all(token -> calls.read("resourcegroupstaggingapi", "GetResources", () -> {
            var page = client.get()
                    .getResources(r -> r.tagFilters(f -> f.key(Owner.TAG))
                            .resourceTypeFilters("elasticache")
                            .resourcesPerPage(PAGE)
                            .paginationToken(token));
            return Page.of(
                    page.resourceTagMappingList().stream()
                            .map(m -> {
                                Map<String, String> tags = new TreeMap<>();
                                m.tags().forEach(t -> tags.put(t.key(), FromElastiCache.text(t.value())));
                                return new Tagged(FromElastiCache.text(m.resourceARN()), tags);
                            })
                            .toList(),
                    page.paginationToken());
        }));
    }
}
