package io.cacheoperator.it;

/** Manifests that together need everything that the operator can do: each kind of thing is made, changed and deleted. */
final class CacheLives {

    private CacheLives() {}

    static final String VALKEY = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: v}
            spec:
              engine: valkey
              engineVersion: "8.0"
              nodeType: cache.t4g.small
              network:
                allowFrom:
                  - {cidr: 10.0.0.0/16, description: nodes}
                  - {cidr: 10.1.0.0/16, description: pods}
              tags: {team: shop, cost: "7"}
            """;

    /** A rule described anew, one replaced; parameters for the first time; tags changed and removed. */
    static final String VALKEY_EDITED = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: v}
            spec:
              engine: valkey
              engineVersion: "8.0"
              nodeType: cache.t4g.small
              description: sessions
              network:
                allowFrom:
                  - {cidr: 10.0.0.0/16, description: all nodes}
                  - {cidr: 10.2.0.0/16, description: pods}
              parameters: {maxmemory-policy: allkeys-lru, timeout: 300}
              tags: {team: pay}
            """;

    /** A parameter changed, one taken back; the last tag removed, from what was made since too. */
    static final String VALKEY_EDITED_AGAIN = VALKEY_EDITED
            .replace("maxmemory-policy: allkeys-lru, timeout: 300", "timeout: 60")
            .replace("  tags: {team: pay}\n", "");

    static final String MEMCACHED = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: m}
            spec: {engine: memcached, nodeType: cache.t4g.micro, nodes: 2}
            """;

    /** Two edits, for AWS may choose that very window. No parameters: all of memcached's take effect with a reboot, which this version does not do. */
    static final String MEMCACHED_EDITED = """
            apiVersion: cacheoperator.io/v1alpha1
            kind: CacheCluster
            metadata: {name: m}
            spec:
              engine: memcached
              nodeType: cache.t4g.micro
              nodes: 2
              maintenance: {window: "tue:05:00-tue:06:00", autoMinorVersionUpgrade: false}
            """;

    /** It is attached a group of parameters, which take effect with a reboot. */
    static final String MEMCACHED_TUNED = MEMCACHED_EDITED + "  parameters: {max_item_size: 2097152}\n";

    /** The same cache with a network that is given by name. */
    static String byName(String manifest, String securityGroup) {
        return manifest.replaceAll("(?m)^  network:\\n    allowFrom:\\n(      - .*\\n)+", "")
                .replaceFirst(
                        "(?m)^spec:$",
                        "spec:\n  network: {subnetGroupName: ours, securityGroupIds: [" + securityGroup + "]}")
                .replace(
                        "spec: {engine",
                        "spec: {network: {subnetGroupName: ours, securityGroupIds: [" + securityGroup + "]}, engine");
    }
}
