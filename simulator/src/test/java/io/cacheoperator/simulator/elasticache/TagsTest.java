package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.elasticache.model.AddTagsToResourceRequest;
import software.amazon.awssdk.services.elasticache.model.IncreaseReplicaCountRequest;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.elasticache.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.elasticache.model.RemoveTagsFromResourceRequest;
import software.amazon.awssdk.services.elasticache.model.Tag;

class TagsTest {
    private static final String ARN = "arn:aws:elasticache:us-east-1:123456789012:";
    private static final String GROUP = ARN + "replicationgroup:orders";
    private final SimulatedElastiCache elastiCache = new SimulatedElastiCache();

    private static ListTagsForResourceRequest list(String arn) {
        return ListTagsForResourceRequest.builder().resourceName(arn).build();
    }

    private static AddTagsToResourceRequest add(String arn, String key, String value) {
        return AddTagsToResourceRequest.builder()
                .resourceName(arn)
                .tags(t -> t.key(key).value(value))
                .build();
    }

    private List<Tag> tags(String arn) {
        return elastiCache.call(list(arn), ListTagsForResourceResponse.class).tagList();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void areUnreadableWhileTheGroupIsBusy() {
        elastiCache.call(SimulatedElastiCache.redis("orders", b -> b.tags(tag("a", "1"))));
        elastiCache.assertRefused(
                list(GROUP),
                "InvalidReplicationGroupState",
                "Cluster not in available state to perform tagging operations.");
        elastiCache.assertRefused(
                list(ARN + "cluster:orders-001"),
                "CacheClusterNotFound",
                "orders-001 is either not present or not available.");
        elastiCache.step();
        assertThat(tags(GROUP)).containsExactly(tag("a", "1"));
    }

    @Test
    void writingOnePutsTheGroupToWorkAndReachesItsMembers() {
        elastiCache.available("orders", b -> b.tags(tag("a", "1")));
        elastiCache.call(add(GROUP, "b", "2"));
        assertThat(elastiCache.group("orders").status()).isEqualTo("modifying");
        elastiCache.step();
        assertThat(tags(ARN + "cluster:orders-001")).containsExactly(tag("a", "1"), tag("b", "2"));
        elastiCache.call(IncreaseReplicaCountRequest.builder()
                .replicationGroupId("orders")
                .newReplicaCount(1)
                .applyImmediately(true)
                .build());
        elastiCache.step();
        assertThat(tags(ARN + "cluster:orders-002")).hasSize(2);
    }

    @Test
    void anAbsentKeyCannotBeRemoved() {
        elastiCache.available("orders", b -> b.tags(tag("a", "1")));
        elastiCache.assertRefused(
                RemoveTagsFromResourceRequest.builder()
                        .resourceName(GROUP)
                        .tagKeys("a", "none")
                        .build(),
                "TagNotFound",
                "none");
        elastiCache.call(RemoveTagsFromResourceRequest.builder()
                .resourceName(GROUP)
                .tagKeys("a")
                .build());
        elastiCache.step();
        assertThat(tags(GROUP)).isEmpty();
    }

    static Stream<Arguments> invalidArns() {
        return Stream.of(
                arguments("orders", "Input ARN string does not have 7 components."),
                arguments(
                        "arn:azure:elasticache:us-east-1:123456789012:cluster:x",
                        "partition field is wrong. Expected value is aws"),
                arguments(
                        "arn:aws:elasticache:eu-west-1:123456789012:cluster:x",
                        "Unauthorized call. Please check the region or customer id"));
    }

    @ParameterizedTest
    @MethodSource("invalidArns")
    void refusesArnsOfOthers(String arn, String message) {
        elastiCache.assertRefused(list(arn), "InvalidARN", message);
    }

    @Test
    void consoleEditsLeaveTheGroupAvailable() {
        elastiCache.available("orders", b -> b.tags(tag("a", "1")));
        elastiCache.console().setTags(GROUP, Map.of("x", "y"));
        assertThat(elastiCache.group("orders").status()).isEqualTo("available");
        assertThat(tags(GROUP)).containsExactly(tag("x", "y"));
    }
}
