package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code spec.tags} asks of a running cache and of what was made for it. Only keys of the spec are ours: other tools'
 * tags stay as they are, and so do the chart's, which decide when something is made.
 */
final class TagRows {

    /** Followed by a tag's key. */
    static final String TAG = "spec.tags.";

    private static final Set<String> RESERVED = Set.of(Owner.TAG, DesiredClusterFactory.UID_TAG);

    private TagRows() {}

    static List<Compared> compare(Sight sight) {
        List<Compared> rows = new ArrayList<>();
        TagHolder.of(sight)
                .forEach(holder -> holder.actual().ifPresent(actual -> rows.addAll(compare(sight, holder, actual))));
        return rows;
    }

    private static List<Compared> compare(Sight sight, TagHolder holder, Map<String, String> actual) {
        List<Compared> rows = new ArrayList<>();
        wanted(sight)
                .forEach((key, value) ->
                        rows.add(Compared.given(holder.field(key), value, Optional.ofNullable(actual.get(key)))));
        unset(sight).forEach((key, value) -> {
            if (actual.containsKey(key)) {
                rows.add(Compared.unset(holder.field(key), value, Optional.ofNullable(actual.get(key))));
            }
        });
        return rows;
    }

    /** What the spec gives, but for the tags by which the operator knows its own. */
    static Map<String, String> wanted(Sight sight) {
        Map<String, String> wanted = new TreeMap<>(sight.spec().tags());
        wanted.keySet().removeAll(RESERVED);
        return wanted;
    }

    /** Keys that the spec gave and gives no longer: back to the chart's value where it has one, else away. */
    private static Map<String, Optional<String>> unset(Sight sight) {
        Set<String> keys = new TreeSet<>(sight.applied().tagKeys());
        keys.removeAll(sight.spec().tags().keySet());
        keys.removeAll(RESERVED);
        Map<String, String> defaults = sight.in().settings().defaults().tags();
        Map<String, Optional<String>> values = new TreeMap<>();
        keys.forEach(key -> values.put(key, Optional.ofNullable(defaults.get(key))));
        return values;
    }

    /** Keys of the spec that stand anywhere, and such as must go yet or may stand where nobody has looked. */
    static List<String> standing(Sight sight) {
        List<TagHolder> holders = TagHolder.of(sight);
        boolean allKnown = holders.stream().allMatch(holder -> holder.actual().isPresent());
        Map<String, Optional<String>> unset = unset(sight);
        Set<String> keys = new TreeSet<>(wanted(sight).keySet());
        keys.addAll(sight.applied().tagKeys());
        keys.removeIf(key -> holders.stream().noneMatch(holder -> stands(holder, key, unset))
                && (allKnown || !sight.applied().tagKeys().contains(key)));
        return List.copyOf(keys);
    }

    /** A key that is back to the chart's value is the spec's no longer. */
    private static boolean stands(TagHolder holder, String key, Map<String, Optional<String>> unset) {
        Optional<String> value = holder.actual().flatMap(tags -> Optional.ofNullable(tags.get(key)));
        return value.isPresent() && !value.equals(unset.get(key));
    }

    /** Holders whose newer bulk answer shows other tags than the live ones known: those are to be read again. */
    static List<Fact<?>> outdated(Sight sight) {
        List<Fact<?>> outdated = new ArrayList<>();
        TagHolder.of(sight).forEach(holder -> {
            if (holder.live().answer() instanceof Observation.Present<Map<String, String>> live
                    && holder.hint().answer() instanceof Observation.Present<Map<String, String>> hint
                    && hint.asOf().isAfter(live.asOf())
                    && !compare(sight, holder, hint.state()).equals(compare(sight, holder, live.state()))) {
                outdated.add(holder.live());
            }
        });
        return outdated;
    }
}
