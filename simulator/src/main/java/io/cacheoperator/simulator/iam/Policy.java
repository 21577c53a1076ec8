package io.cacheoperator.simulator.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** An IAM policy document, as far as it is evaluated here: Effect, (Not)Action, (Not)Resource and Condition. */
public record Policy(List<Statement> statements) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One statement.
     *
     * @param notAction   whether it is about all actions but those named
     * @param notResource whether it is about all resources but those named
     */
    record Statement(
            boolean allow,
            boolean notAction,
            List<String> actions,
            boolean notResource,
            List<String> resources,
            List<Condition> conditions) {
        boolean matches(Authorizer.Question question) {
            return Wildcards.any(actions, question.action(), true) != notAction
                    && (question.resource().arn().equals("*")
                            ? coversEverything()
                            : Wildcards.any(resources, question.resource().arn(), false) != notResource)
                    && conditions.stream().allMatch(condition -> condition.holds(question));
        }

        /** A call that has no resource of its own is checked against {@code *}. */
        private boolean coversEverything() {
            return resources.contains("*") != notResource;
        }
    }

    public Policy {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a document.
     *
     * @throws IllegalArgumentException if it is no policy, or uses what is not evaluated here: nothing is silently ignored
     */
    public static Policy parse(String json) {
        try {
            List<Statement> statements = new ArrayList<>();
            JsonNode all = JSON.readTree(json).path("Statement");
            if (all.isObject()) {
                statements.add(statement(all));
            } else {
                all.forEach(one -> statements.add(statement(one)));
            }
            if (statements.isEmpty()) {
                throw new IllegalArgumentException("a policy without statements");
            }
            return new Policy(statements);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("a policy is JSON", notJson);
        }
    }

    private static Statement statement(JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!List.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition")
                    .contains(name)) {
                throw new IllegalArgumentException("not evaluated in a policy statement: " + name);
            }
        });
        boolean allow = switch (json.path("Effect").asText()) {
            case "Allow" -> true;
            case "Deny" -> false;
            default -> throw new IllegalArgumentException("Effect is Allow or Deny");
        };
        boolean notAction = json.has("NotAction");
        boolean notResource = json.has("NotResource");
        List<Condition> conditions = new ArrayList<>();
        json.path("Condition")
                .properties()
                .forEach(operator -> operator.getValue()
                        .properties()
                        .forEach(key ->
                                conditions.add(Condition.of(operator.getKey(), key.getKey(), texts(key.getValue())))));
        return new Statement(
                allow,
                notAction,
                texts(json.path(notAction ? "NotAction" : "Action")),
                notResource,
                texts(json.path(notResource ? "NotResource" : "Resource")),
                conditions);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(element.asText()));
        } else if (!node.isMissingNode()) {
            texts.add(node.asText());
        }
        return texts;
    }
}
