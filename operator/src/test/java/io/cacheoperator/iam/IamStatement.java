package io.cacheoperator.iam;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One statement of a policy that allows something.
 *
 * @param resources ARNs, or {@code *}
 * @param conditions by operator, a key and its value
 */
public record IamStatement(
        String sid, List<String> actions, List<String> resources, Map<String, Map<String, String>> conditions) {

    public IamStatement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = new TreeMap<>(conditions);
    }

    static IamStatement allow(String sid, Collection<String> actions, String... resources) {
        return new IamStatement(sid, List.copyOf(actions), List.of(resources), Map.of());
    }

    IamStatement when(String operator, String key, String value) {
        Map<String, Map<String, String>> more = new TreeMap<>(conditions);
        more.put(operator, Map.of(key, value));
        return new IamStatement(sid, actions, resources, more);
    }

    /** The same for one of its actions. */
    public IamStatement only(String action) {
        return new IamStatement(sid, List.of(action), resources, conditions);
    }

    /** As JSON, for people to read. */
    String json() {
        List<String> members = new ArrayList<>();
        members.add("\"Sid\": " + text(sid));
        members.add("\"Effect\": \"Allow\"");
        members.add("\"Action\": " + array(actions));
        members.add("\"Resource\": " + array(resources));
        if (!conditions.isEmpty()) {
            members.add("\"Condition\": " + object(conditions));
        }
        return "    {\n      " + String.join(",\n      ", members) + "\n    }";
    }

    private static String array(List<String> texts) {
        return texts.size() == 1
                ? text(texts.getFirst())
                : texts.stream()
                        .map(IamStatement::text)
                        .collect(Collectors.joining(",\n        ", "[\n        ", "\n      ]"));
    }

    private static String object(Map<String, Map<String, String>> conditions) {
        return conditions.entrySet().stream()
                .map(operator -> text(operator.getKey()) + ": {"
                        + operator.getValue().entrySet().stream()
                                .map(key -> text(key.getKey()) + ": " + text(key.getValue()))
                                .collect(Collectors.joining(", "))
                        + "}")
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String text(String plain) {
        return "\"" + plain + "\"";
    }
}
