package io.cacheoperator.crds;

import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRuleBuilder;
import java.util.Optional;

/**
 * One CEL rule of a CRD.
 *
 * @param at the schema that it stands on, such as {@code .spec.network}; {@code []} for the items of a list, {@code {}} for the
 *     values of a map, empty for the root
 * @param field the field that it blames, relative to {@code at}; empty for {@code at} itself
 * @param reason why the API server says that it refuses
 * @param cel what must hold
 * @param message what the user reads; also the fallback where {@code expression} cannot be evaluated
 * @param expression CEL that makes a better message from the values at hand
 */
record Rule(String at, String field, Reason reason, String cel, String message, Optional<String> expression) {

    /** The reasons that the API server knows for CEL rules, but for FieldValueDuplicate, which loses the message. */
    enum Reason {
        FieldValueInvalid,
        FieldValueForbidden,
        FieldValueRequired
    }

    static Rule of(String at, String field, Reason reason, String cel, String message) {
        return new Rule(at, field, reason, oneLine(cel), oneLine(message), Optional.empty());
    }

    /** A rule over several fields of the whole object, with transitions; {@code field} starts with {@code .spec}. */
    static Rule root(String field, Reason reason, String cel, String message) {
        return of("", field, reason, cel, message);
    }

    /** A rule over several fields of the spec. */
    static Rule spec(String field, Reason reason, String cel, String message) {
        return of(".spec", field, reason, cel, message);
    }

    /** A rule over one value. */
    static Rule field(String at, String cel, String message) {
        return of(at, "", Reason.FieldValueInvalid, cel, message);
    }

    Rule saying(String expression) {
        return new Rule(at, field, reason, cel, message, Optional.of(oneLine(expression)));
    }

    /** The path of the blamed field from the root, as the API server writes it but for indexes and keys. */
    String blames() {
        String path = at + field;
        return path.startsWith(".") ? path.substring(1) : path;
    }

    ValidationRule toSchema() {
        ValidationRuleBuilder rule = new ValidationRuleBuilder()
                .withRule(cel)
                .withMessage(message)
                .withReason(reason.name())
                .withFieldPath(field.isEmpty() ? null : field);
        expression.ifPresent(rule::withMessageExpression);
        return rule.build();
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\n\\s*", " ");
    }
}
