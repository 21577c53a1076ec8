package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Impact;
import io.cacheoperator.kinds.cachecluster.Change.How;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * How one field is compared. Values are compared and shown as text.
 *
 * @param field such as {@code spec.maintenance.window}
 * @param desired empty where the spec says nothing: then AWS's value holds
 * @param actual empty where AWS does not tell: then nothing is known to differ
 * @param same whether two different texts mean the same
 * @param verdict what a difference takes
 */
record FieldRow(
        String field,
        Function<Sight, Optional<String>> desired,
        Function<Sight, Optional<String>> actual,
        BiPredicate<String, String> same,
        Verdict verdict) {

    /** What a difference takes, as far as it depends on the values. */
    @FunctionalInterface
    interface Verdict {
        Takes of(Sight sight, String desired, String actual);
    }

    /** @param impact how much the change can hurt */
    record Takes(How how, Impact impact) {}

    static Verdict made() {
        return (sight, desired, actual) -> new Takes(How.MADE, Impact.IN_PLACE);
    }

    static Verdict unsupported(Impact impact) {
        return (sight, desired, actual) -> new Takes(How.UNSUPPORTED, impact);
    }

    static Verdict forbidden() {
        return (sight, desired, actual) -> new Takes(How.FORBIDDEN, Impact.FORBIDDEN);
    }

    Optional<Change> compare(Sight sight) {
        Optional<String> wanted = desired.apply(sight);
        Optional<String> has = actual.apply(sight);
        if (wanted.isEmpty() || has.isEmpty() || wanted.equals(has) || same.test(wanted.get(), has.get())) {
            return Optional.empty();
        }
        Takes takes = verdict.of(sight, wanted.get(), has.get());
        return Optional.of(new Change(
                field, wanted.get(), has.get(), takes.impact(), takes.how(), sight.origin(field, wanted.get())));
    }
}
