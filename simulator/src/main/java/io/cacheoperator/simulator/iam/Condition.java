package io.cacheoperator.simulator.iam;

import io.cacheoperator.simulator.iam.Authorizer.Question;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One condition of a policy statement.
 *
 * @param quantifier over the values of a key that has several
 * @param ifExists   whether it holds where the key has no value
 * @param key        such as {@code aws:RequestTag/owner}
 * @param values     one of which must match
 */
record Condition(Quantifier quantifier, Operator operator, boolean ifExists, String key, List<String> values) {
    /** ForAllValues and ForAnyValue. */
    enum Quantifier {
        NONE,
        ALL,
        ANY
    }

    /** How a value is compared. */
    enum Operator {
        STRINGEQUALS(false, false, false),
        STRINGNOTEQUALS(true, false, false),
        STRINGEQUALSIGNORECASE(false, false, true),
        STRINGLIKE(false, true, false),
        STRINGNOTLIKE(true, true, false),
        ARNEQUALS(false, true, false),
        ARNLIKE(false, true, false),
        ARNNOTLIKE(true, true, false),
        BOOL(false, false, true),
        NULL(false, false, true);

        private final boolean negated;
        private final boolean wildcards;
        private final boolean caseless;

        Operator(boolean negated, boolean wildcards, boolean caseless) {
            this.negated = negated;
            this.wildcards = wildcards;
            this.caseless = caseless;
        }

        private boolean matches(String wanted, String actual) {
            if (wildcards) {
                return Wildcards.like(wanted, actual, false);
            }
            return caseless ? wanted.equalsIgnoreCase(actual) : wanted.equals(actual);
        }
    }

    /** Reads an operator such as {@code ForAllValues:StringEqualsIfExists}. */
    static Condition of(String operator, String key, List<String> values) {
        String[] parts = operator.split(":", 2);
        Quantifier quantifier = switch (parts.length == 1 ? "" : parts[0]) {
            case "" -> Quantifier.NONE;
            case "ForAllValues" -> Quantifier.ALL;
            case "ForAnyValue" -> Quantifier.ANY;
            default -> throw new IllegalArgumentException("no such condition operator: " + operator);
        };
        String name = parts[parts.length - 1];
        boolean ifExists = name.endsWith("IfExists");
        String bare = ifExists ? name.substring(0, name.length() - "IfExists".length()) : name;
        return new Condition(quantifier, Operator.valueOf(bare.toUpperCase(Locale.ROOT)), ifExists, key, values);
    }

    boolean holds(Question question) {
        List<String> actual = actual(question);
        if (operator == Operator.NULL) {
            return values.contains(String.valueOf(actual.isEmpty()));
        }
        if (actual.isEmpty()) {
            return ifExists || quantifier == Quantifier.ALL || (operator.negated && quantifier == Quantifier.NONE);
        }
        return quantifier == Quantifier.ALL
                ? actual.stream().allMatch(this::matches)
                : actual.stream().anyMatch(this::matches);
    }

    private boolean matches(String value) {
        return values.stream().anyMatch(wanted -> operator.matches(wanted, value)) != operator.negated;
    }

    private List<String> actual(Question question) {
        String[] parts = key.split("/", 2);
        String name = parts[0].toLowerCase(Locale.ROOT);
        String prefix = question.action().split(":", 2)[0];
        if (name.equals("aws:requesttag")) {
            return tag(question.requestTags(), parts);
        }
        if (name.equals("aws:resourcetag") || name.equals(prefix + ":resourcetag")) {
            return tag(question.resource().tags(), parts);
        }
        return switch (name) {
            case "aws:tagkeys" -> List.copyOf(question.requestTags().keySet());
            case "aws:requestedregion" -> List.of(question.call().region());
            case "aws:principalarn" -> List.of(question.principal().arn());
            case "aws:principalaccount" -> List.of(question.principal().account());
            case "aws:resourceaccount" -> List.of(question.call().account());
            case "ec2:createaction" -> createAction(question);
            case "iam:awsservicename" -> serviceOfRole(question);
            default -> List.of();
        };
    }

    /** The call that makes what is tagged; none where tags are written to something that is there. */
    private static List<String> createAction(Question question) {
        boolean created = question.action().equals("ec2:CreateTags")
                && !question.call().operation().equals("CreateTags");
        return created ? List.of(question.call().operation()) : List.of();
    }

    /** The service that a service-linked role is for, which stands in the role's path. */
    private static List<String> serviceOfRole(Question question) {
        String[] path = question.resource().arn().split("/", -1);
        return path.length > 2 && path[1].equals("aws-service-role") ? List.of(path[2]) : List.of();
    }

    private static List<String> tag(Map<String, String> tags, String[] parts) {
        return parts.length == 2
                ? Optional.ofNullable(tags.get(parts[1])).map(List::of).orElse(List.of())
                : List.of();
    }
}
