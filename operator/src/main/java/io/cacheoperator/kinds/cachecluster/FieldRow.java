package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.kinds.cachecluster.Change.How;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one field is compared. Values are compared and shown as text.
 *
 * @param field such as {@code spec.maintenance.window}
 * @param desired empty where the spec says nothing: then AWS's value holds; empty text where something we wrote must go
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

    static final BiPredicate<String, String> EXACTLY = String::equals;
    static final BiPredicate<String, String> IGNORING_CASE = String::equalsIgnoreCase;

    /** What a difference takes, as far as it depends on the values. */
    @FunctionalInterface
    interface Verdict {
        Takes of(Sight sight, String desired, String actual);
    }

    /** @param impact how much the change can hurt */
    record Takes(How how, Impact impact) {

        /** The operator makes it, and no client notices. */
        static final Takes MADE = new Takes(How.MADE, Impact.IN_PLACE);

        /** AWS cannot do it on an existing cache. */
        static final Takes FORBIDDEN = new Takes(How.FORBIDDEN, Impact.FORBIDDEN);

        /** Shown only. */
        static Takes unsupported(Impact impact) {
            return new Takes(How.UNSUPPORTED, impact);
        }
    }

    /** A field whose wanted value stands in the spec alone. */
    static FieldRow row(
            String field,
            Function<CacheClusterSpec, Optional<String>> desired,
            Function<Sight, Optional<String>> actual,
            BiPredicate<String, String> same,
            Verdict verdict) {
        return new FieldRow(field, sight -> desired.apply(sight.spec()), actual, same, verdict);
    }

    /** What only a replication group has. */
    static Function<Sight, Optional<String>> group(Function<ReplicationGroupState, Optional<String>> value) {
        return sight -> sight.group().flatMap(value);
    }

    /** What only cache clusters show: memcached's own, or a group's members. */
    static Function<Sight, Optional<String>> member(Function<CacheClusterState, Optional<String>> value) {
        return sight -> sight.speaker().flatMap(value);
    }

    static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString);
    }

    static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    static Verdict made() {
        return (sight, desired, actual) -> Takes.MADE;
    }

    static Verdict unsupported(Impact impact) {
        return (sight, desired, actual) -> Takes.unsupported(impact);
    }

    static Verdict forbidden() {
        return (sight, desired, actual) -> Takes.FORBIDDEN;
    }

    /** Empty where the spec says nothing, or AWS does not tell. */
    Optional<Compared> compare(Sight sight) {
        return desired.apply(sight).flatMap(wanted -> actual.apply(sight).map(has -> compared(sight, wanted, has)));
    }

    private Compared compared(Sight sight, String wanted, String has) {
        boolean alike = wanted.equals(has) || (!wanted.isEmpty() && same.test(wanted, has));
        return new Compared(field, wanted, has, alike, verdict.of(sight, wanted, has), !wanted.isEmpty(), wanted);
    }
}
