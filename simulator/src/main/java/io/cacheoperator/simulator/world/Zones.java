package io.cacheoperator.simulator.world;

import java.util.List;
import java.util.Map;

/** Regions and their availability zones, with AWS's names. */
public final class Zones {
    /**
     * A zone as one account sees it.
     *
     * @param name such as {@code us-east-1a}
     * @param id   such as {@code use1-az1}, the same zone for every account
     */
    public record Zone(String name, String id) {}

    private static final Map<String, String> LETTERS = Map.of(
            "us-east-1", "abcdef",
            "us-east-2", "abc",
            "us-west-1", "ac",
            "us-west-2", "abcd",
            "ap-northeast-1", "acd",
            "ap-northeast-2", "abcd",
            "ca-central-1", "abd");

    private static final List<String> REGIONS = List.of(
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ca-central-1",
            "eu-central-1",
            "eu-north-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "sa-east-1",
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2");

    private Zones() {}

    /** The regions that every account has without opting in, sorted. */
    public static List<String> regions() {
        return REGIONS;
    }

    /** The zones of a region, sorted by name. Regions that are not known have three: a, b and c. */
    public static List<Zone> of(String region) {
        String letters = LETTERS.getOrDefault(region, "abc");
        return letters.chars()
                .mapToObj(letter ->
                        new Zone(region + (char) letter, shortName(region) + "-az" + (1 + letters.indexOf(letter))))
                .toList();
    }

    /** The short name of a region in zone ids and endpoint names, such as {@code use1} or {@code apne2}. */
    public static String shortName(String region) {
        String[] parts = region.split("-", -1);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            name.append(i == 0 || i == parts.length - 1 ? parts[i] : direction(parts[i]));
        }
        return name.toString();
    }

    private static String direction(String word) {
        return switch (word) {
            case "northeast" -> "ne";
            case "northwest" -> "nw";
            case "southeast" -> "se";
            case "southwest" -> "sw";
            case "gov" -> "g";
            default -> word.substring(0, 1);
        };
    }
}
