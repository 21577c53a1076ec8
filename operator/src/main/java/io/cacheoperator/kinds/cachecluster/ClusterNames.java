package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every name a cluster has in AWS and Kubernetes, derived from its owner and its spec alone, so that all of it is found
 * again without status; api.md, "Ids and owners".
 *
 * @param cacheId the id of the replication group, or of the memcached cluster; lower-case, at most 40 characters
 * @param securityGroup the name of the security group that the operator makes
 * @param tokenSecret the Secret of a generated AUTH token
 * @param connectionSecret the Secret that applications connect with
 */
public record ClusterNames(
        Owner owner, String cacheId, String securityGroup, String tokenSecret, String connectionSecret) {

    private static final int READABLE = 33;
    private static final int READABLE_IN_SNAPSHOT = 24;
    private static final Pattern FOREIGN = Pattern.compile("[^a-z0-9]+");
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final String SUBNET_GROUP_PREFIX = "cacheoperator-";

    public static ClusterNames of(Owner owner, CacheClusterSpec spec) {
        String derived = derivedId(owner);
        String given = spec.id();
        String secret = spec.connectionSecret().name();
        return new ClusterNames(
                owner,
                given == null ? derived : given.toLowerCase(Locale.ROOT),
                "cacheoperator-" + derived,
                owner.name() + "-cache-auth",
                secret == null ? owner.name() + "-cache" : secret);
    }

    /** The parameter group for a family. Its family is immutable, so that another family needs another group. */
    public String parameterGroup(String family) {
        return parameterGroupPrefix() + reduced(family);
    }

    /** Whether a parameter group of this name can only be one that this cluster's operator made. */
    public boolean isOwnParameterGroup(String name) {
        return name.startsWith(parameterGroupPrefix());
    }

    private String parameterGroupPrefix() {
        return derivedId(owner) + "-";
    }

    /** The subnet group that all clusters of this Kubernetes cluster in these subnets share. */
    public String subnetGroup(Collection<String> subnetIds) {
        return SUBNET_GROUP_PREFIX + hash(owner.clusterName() + "\n" + String.join("\n", new TreeSet<>(subnetIds)), 16);
    }

    /** Whether a subnet group of this name looks like one that an operator made; whose it is, its tag tells. */
    public static boolean isSharedSubnetGroup(String name) {
        return name.startsWith(SUBNET_GROUP_PREFIX);
    }

    /** The owner tag's value of what the clusters of one Kubernetes cluster share. */
    public String sharedOwner() {
        return owner.clusterName();
    }

    /**
     * The snapshot taken before a deletion: always the same for one deletion, another for the next cluster of that name.
     *
     * @param deletion what tells this deletion apart, such as the CR's uid and its deletionTimestamp
     */
    public String finalSnapshot(String deletion) {
        return cut(cacheId, READABLE_IN_SNAPSHOT) + "-final-" + hash(owner.tagValue() + "\n" + deletion, 8);
    }

    private static String derivedId(Owner owner) {
        return cut(reduced(owner.namespace() + "-" + owner.name()), READABLE) + "-" + hash(owner.tagValue(), 6);
    }

    /** AWS's alphabet: lower-case letters, digits and single hyphens. Kubernetes names may start with a digit. */
    private static String reduced(String name) {
        String plain = FOREIGN.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
        return Character.isLetter(plain.charAt(0)) ? plain : "c-" + plain;
    }

    private static String cut(String name, int length) {
        String head = name.length() <= length ? name : name.substring(0, length);
        return head.endsWith("-") ? head.substring(0, head.length() - 1) : head;
    }

    private static String hash(String of, int characters) {
        byte[] digest = sha256(of.getBytes(StandardCharsets.UTF_8));
        StringBuilder text = new StringBuilder(characters);
        int bits = 0;
        int held = 0;
        for (int i = 0; text.length() < characters; i++) {
            bits = (bits << 8) | (digest[i] & 0xff);
            held += 8;
            while (held >= 5 && text.length() < characters) {
                text.append(BASE32.charAt((bits >> (held - 5)) & 31));
                held -= 5;
            }
        }
        return text.toString();
    }

    private static byte[] sha256(byte[] of) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
