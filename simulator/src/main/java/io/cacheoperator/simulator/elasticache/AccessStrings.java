package io.cacheoperator.simulator.elasticache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rewrites access strings in the manner of AWS: lower-case commands, and a command rule set that begins with {@code -@all}. */
final class AccessStrings {
    private AccessStrings() {}

    /** Keys, channels and the order of rules stay as they are. */
    static String normalize(String text) {
        List<String> rules = new ArrayList<>();
        boolean commands = false;
        for (String rule : text.strip().split("\\s+")) {
            boolean command = rule.startsWith("+") || rule.startsWith("-");
            String lower = command || rule.equalsIgnoreCase("on") || rule.equalsIgnoreCase("off")
                    ? rule.toLowerCase(Locale.ROOT)
                    : rule;
            if (command && !commands && lower.startsWith("+") && !lower.equals("+@all")) {
                rules.add("-@all");
            }
            commands |= command;
            rules.add(lower);
        }
        return String.join(" ", rules);
    }
}
