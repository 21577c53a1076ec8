package io.cacheoperator.kinds.cachecluster;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Specs of all shapes that the CRD's rules let pass and that AWS takes, each part of them given or not. */
final class AnySpec {

    private AnySpec() {}

    /** @param values scalars, lists and maps by the dotted path of their field */
    record Spec(Map<String, Object> values) {

        String engine() {
            return String.valueOf(values.get("engine"));
        }

        boolean memcached() {
            return engine().equals("memcached");
        }

        Spec with(String path, Object value) {
            Map<String, Object> more = new TreeMap<>(values);
            more.put(path, value);
            return new Spec(more);
        }

        Spec without(String path) {
            Map<String, Object> fewer = new TreeMap<>(values);
            fewer.remove(path);
            return new Spec(fewer);
        }

        /** With what the other one has at this path, be it nothing. */
        Spec like(Spec other, String path) {
            Object value = other.values().get(path);
            return value == null ? without(path) : with(path, value);
        }

        /** The same to a reader who knows that the order of entries means nothing. */
        Spec permuted(Random random) {
            Map<String, Object> other = new TreeMap<>(values);
            other.replaceAll((path, value) -> switch (value) {
                case List<?> list -> shuffled(list, random);
                case Map<?, ?> map -> shuffled(map, random);
                default -> value;
            });
            return new Spec(other);
        }

        CacheCluster cluster() {
            return Clusters.ofWhole(toString());
        }

        @Override
        public String toString() {
            Map<String, Object> nested = new LinkedHashMap<>();
            values.forEach((path, value) -> nest(nested, List.of(path.split("\\.", -1)), value));
            return Serialization.asJson(nested);
        }

        @SuppressWarnings("unchecked") // What is not a leaf was put here as a map of this type.
        private static void nest(Map<String, Object> into, List<String> path, Object value) {
            if (path.size() == 1) {
                into.put(path.getFirst(), value);
            } else {
                Object below = into.computeIfAbsent(path.getFirst(), key -> new LinkedHashMap<String, Object>());
                nest((Map<String, Object>) below, path.subList(1, path.size()), value);
            }
        }
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    private static <K, V> Map<K, V> shuffled(Map<K, V> map, Random random) {
        Map<K, V> copy = new LinkedHashMap<>();
        shuffled(new ArrayList<>(map.entrySet()), random).forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
        return copy;
    }

    static Arbitrary<Spec> any() {
        return Arbitraries.of("valkey", "redis", "memcached").flatMap(AnySpec::of);
    }

    /** Two specs that one cache can have after each other: the API server lets nobody edit the port, and AWS changes none. */
    static Arbitrary<Tuple2<Spec, Spec>> pairs() {
        return Arbitraries.of("valkey", "redis", "memcached", "redis to valkey").flatMap(engines -> {
            List<String> both = List.of(engines.split(" to ", -1));
            return Combinators.combine(of(both.getFirst()), of(both.getLast()))
                    .as((before, after) -> Tuple.of(before, after.like(before, "network.port")));
        });
    }

    private static Arbitrary<Spec> of(String engine) {
        boolean memcached = engine.equals("memcached");
        List<Arbitrary<Map<String, Object>>> parts = new ArrayList<>();
        parts.add(Arbitraries.just(Map.of("engine", engine)));
        parts.add(version(engine));
        parts.add(Arbitraries.of("cache.t4g.small", "cache.m7g.large").map(type -> Map.of("nodeType", type)));
        parts.addAll(network());
        parts.addAll(upkeep());
        parts.add(memcached ? memcachedShape() : groupShape());
        parts.add(parameters(
                memcached
                        ? Map.of("max_item_size", "2048")
                        : Map.of("timeout", 300, "maxmemory-policy", "noeviction")));
        if (!memcached) {
            parts.add(security());
            parts.add(maybe("snapshots.retentionDays", 0, 3, 35));
            parts.add(maybe("snapshots.window", "10:00-11:00", "11:30-12:30"));
            parts.add(maybe("description", "one", "two"));
        }
        return Combinators.combine(parts)
                .as(all -> new Spec(all.stream()
                        .flatMap(part -> part.entrySet().stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new))));
    }

    private static Arbitrary<Map<String, Object>> version(String engine) {
        return switch (engine) {
            case "valkey" -> maybe("engineVersion", "7.2", "8.0", "8.1");
            case "redis" -> maybe("engineVersion", "6.2", "7.0", "7.1");
            default -> maybe("engineVersion", "1.6.22");
        };
    }

    private static List<Arbitrary<Map<String, Object>>> network() {
        Arbitrary<Map<String, Object>> subnets = Arbitraries.of(
                Map.of("network.subnetIds", List.of("subnet-a", "subnet-b")),
                Map.of("network.subnetIds", List.of("subnet-b", "subnet-a")),
                Map.of("network.subnetSelector", Map.of("vpcId", "vpc-1")));
        List<Map<String, String>> sources = List.of(
                Map.of("cidr", "10.0.0.0/16"),
                Map.of("cidr", "10.1.0.0/16", "description", "nodes"),
                Map.of("cidr", "10.2.0.0/16"),
                Map.of("securityGroupId", "sg-nodes"),
                Map.of("securityGroupId", "sg-others", "description", "others"),
                Map.of("prefixListId", "pl-1"));
        Arbitrary<Map<String, Object>> allowed = Arbitraries.of(sources)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .uniqueElements()
                .map(list -> Map.of("network.allowFrom", list));
        Arbitrary<Map<String, Object>> groups = Arbitraries.of("sg-x", "sg-y", "sg-z")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .uniqueElements()
                .map(list -> Map.of("network.securityGroupIds", list));
        Arbitrary<Map<String, Object>> both = Combinators.combine(allowed, groups)
                .as((a, g) -> {
                    Map<String, Object> all = new TreeMap<>(a);
                    all.putAll(g);
                    return all;
                });
        return List.of(
                subnets,
                Arbitraries.oneOf(allowed, groups, both),
                maybe("network.port", 7000),
                maybe("network.ipDiscovery", "ipv4"));
    }

    private static List<Arbitrary<Map<String, Object>>> upkeep() {
        return List.of(
                maybe("maintenance.window", "mon:03:00-mon:04:00", "SUN:22:00-sun:23:30"),
                maybe("maintenance.autoMinorVersionUpgrade", true, false),
                maybe("maintenance.notificationTopicArn", "arn:aws:sns:eu-west-1:1:t", "arn:aws:sns:eu-west-1:1:u"),
                entries("tags", Map.of("team", "shop", "cost", "1", "tier", "web", "stage", "prod")),
                maybe("driftPolicy", "Report", "Correct"),
                maybe("deletionPolicy", "Snapshot", "Delete"),
                maybe("connectionSecret.name", "elsewhere"),
                entries("connectionSecret.labels", Map.of("app", "shop", "part", "cart")),
                entries("connectionSecret.annotations", Map.of("note", "yes", "by", "us")));
    }

    /** Up to 25 of them: more than AWS takes in one call. */
    private static Arbitrary<Map<String, Object>> parameters(Map<String, Object> special) {
        Map<String, Object> pool = new TreeMap<>(special);
        if (special.size() > 1) {
            IntStream.range(0, 25)
                    .forEach(i -> pool.put("tuning-" + i, i % 3 == 0 ? (Object) String.valueOf(i + 1) : i + 1));
        }
        return entries("parameters", pool);
    }

    private static Arbitrary<Map<String, Object>> memcachedShape() {
        return Arbitraries.of(
                Map.of(),
                Map.of("nodes", 1),
                Map.of("nodes", 3),
                Map.of("nodes", 3, "crossAz", true),
                Map.of("nodes", 2, "availabilityZones", List.of("eu-west-1a", "eu-west-1b")));
    }

    private static Arbitrary<Map<String, Object>> groupShape() {
        return Arbitraries.of(
                Map.of(),
                Map.of("replicasPerShard", 0),
                Map.of("replicasPerShard", 2),
                Map.of("replicasPerShard", 2, "multiAz", false),
                Map.of("replicasPerShard", 1, "multiAz", false, "automaticFailover", true),
                Map.of("shards", 1, "replicasPerShard", 1, "availabilityZones", List.of("eu-west-1b", "eu-west-1a")),
                Map.of("shards", 2),
                Map.of("shards", 3, "replicasPerShard", 0),
                Map.of("shards", 1, "clusterMode", "enabled"),
                Map.of("shards", 2, "clusterMode", "enabled", "replicasPerShard", 2));
    }

    private static Arbitrary<Map<String, Object>> security() {
        return Arbitraries.of(
                Map.of(),
                Map.of("encryption.inTransit", "disabled"),
                Map.of("encryption.inTransit", "required", "auth.type", "Token"),
                Map.of("encryption.inTransit", "required", "auth.type", "None"),
                Map.of("encryption.atRest", false),
                Map.of("encryption.atRest", true));
    }

    private static Arbitrary<Map<String, Object>> maybe(String path, Object... values) {
        return Arbitraries.of(Stream.concat(
                        Stream.of(Map.<String, Object>of()), Stream.of(values).map(value -> Map.of(path, value)))
                .toList());
    }

    /** Any of these entries, or none: then the field is not given. */
    private static Arbitrary<Map<String, Object>> entries(String path, Map<String, ?> pool) {
        Arbitrary<Set<String>> keys = Arbitraries.subsetOf(pool.keySet());
        return keys.map(some -> some.isEmpty()
                ? Map.<String, Object>of()
                : Map.of(path, some.stream().collect(Collectors.toMap(key -> key, pool::get))));
    }
}
