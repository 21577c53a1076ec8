package io.cacheoperator.it;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a user does with one CacheCluster in its life: applies it, perhaps edits it, deletes it.
 *
 * @param title the example's name, with what is added to it
 * @param name of the CacheCluster
 * @param made the manifest as it is first applied
 * @param changed as it is applied when it is Ready, if at all
 */
record Scenario(String title, String name, String made, Optional<String> changed) {

    /** Each example made and deleted as it stands, and what no example shows: edits of all kinds, and a cache that is kept. */
    static List<Scenario> all() {
        return Stream.concat(
                        RepositoryFiles.examples().stream().map(Scenario::example),
                        Stream.of(retained(), editedGroup(), editedMemcached()))
                .toList();
    }

    static Scenario example(String name) {
        return new Scenario(name, name, RepositoryFiles.example(name), Optional.empty());
    }

    private static Scenario retained() {
        return new Scenario("valkey-minimal, retained", "retained", """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: retained}
                spec: {engine: valkey, nodeType: cache.t4g.small, replicasPerShard: 0, deletionPolicy: Retain}
                """, Optional.empty());
    }

    /** Every kind of call that an edit makes, those that make and empty a collection among them. */
    private static Scenario editedGroup() {
        String manifest = """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: edited}
                spec:
                  engine: valkey
                  nodeType: cache.t4g.small
                  replicasPerShard: 0
                  deletionPolicy: Delete
                """;
        return new Scenario("valkey, edited", "edited", manifest + """
                  description: before
                  parameters: {timeout: 300, maxmemory-policy: allkeys-lru}
                  tags: {team: shop, cost: "1"}
                  network: {allowFrom: [{cidr: 10.1.0.0/16}, {cidr: 10.2.0.0/16, description: old}]}
                """, Optional.of(manifest + """
                  description: after
                  parameters: {timeout: 600}
                  tags: {team: web}
                  network: {allowFrom: [{cidr: 10.2.0.0/16, description: new}, {cidr: 10.3.0.0/16}]}
                """));
    }

    /** No parameters: all of memcached's take effect with a reboot, which this version does not do. */
    private static Scenario editedMemcached() {
        String manifest = """
                apiVersion: cacheoperator.io/v1alpha1
                kind: CacheCluster
                metadata: {name: edited-memcached}
                spec: {engine: memcached, nodeType: cache.t4g.micro, nodes: 1, maintenance: {window: '%s'}%s}
                """;
        return new Scenario(
                "memcached, edited",
                "edited-memcached",
                manifest.formatted("mon:04:00-mon:05:00", ""),
                Optional.of(manifest.formatted("tue:04:00-tue:05:00", ", tags: {team: shop}")));
    }

    @Override
    public String toString() {
        return title;
    }
}
