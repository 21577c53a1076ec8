package io.cacheoperator.simulator.world;

/**
 * An Amazon Resource Name.
 *
 * @param resource everything after the account, such as {@code replicationgroup:orders}
 */
public record Arn(String partition, String service, String region, String account, String resource) {
    private static final int PARTS = 6;

    /** An ARN in the partition that the region belongs to. */
    public static Arn of(String service, String region, String account, String resource) {
        return new Arn(partitionOf(region), service, region, account, resource);
    }

    /**
     * Reads an ARN.
     *
     * @throws IllegalArgumentException if the text has no six parts that begin with {@code arn}
     */
    public static Arn parse(String text) {
        String[] parts = text.split(":", PARTS);
        if (parts.length != PARTS || !parts[0].equals("arn")) {
            throw new IllegalArgumentException("not an ARN: " + text);
        }
        return new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    public static String partitionOf(String region) {
        if (region.startsWith("cn-")) {
            return "aws-cn";
        }
        return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    }

    @Override
    public String toString() {
        return String.join(":", "arn", partition, service, region, account, resource);
    }
}
