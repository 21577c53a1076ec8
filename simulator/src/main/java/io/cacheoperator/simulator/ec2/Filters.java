package io.cacheoperator.simulator.ec2;

import io.cacheoperator.simulator.service.AwsError;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The filters that one kind of resource takes, as data. A resource matches if it matches all filters; a filter if one of its values
 * matches one of the resource's, with {@code *} and {@code ?} as wildcards. A filter that is not there is refused.
 */
final class Filters<T> {
    private final Map<String, Function<T, Collection<String>>> byName = new LinkedHashMap<>();
    private final Function<T, List<Tag>> tags;

    private Filters(Function<T, List<Tag>> tags) {
        this.tags = tags;
    }

    /** Filters by tag ({@code tag:<key>}, {@code tag-key}) and by what is added. */
    static <T> Filters<T> withTags(Function<T, List<Tag>> tags) {
        return new Filters<>(tags);
    }

    Filters<T> one(String name, Function<T, @Nullable Object> value) {
        return many(name, resource -> {
            Object found = value.apply(resource);
            return found == null ? List.of() : List.of(String.valueOf(found));
        });
    }

    /** Filters that EC2 has for something that no resource here has. */
    Filters<T> none(String... names) {
        for (String name : names) {
            many(name, resource -> List.of());
        }
        return this;
    }

    Filters<T> many(String name, Function<T, Collection<String>> values) {
        byName.put(name, values);
        return this;
    }

    List<T> apply(List<Filter> filters, List<T> resources) {
        filters.forEach(this::check);
        return resources.stream()
                .filter(resource -> filters.stream().allMatch(filter -> matches(filter, resource)))
                .toList();
    }

    private void check(Filter filter) {
        String name = String.valueOf(filter.name());
        if (!name.startsWith("tag:") && !name.equals("tag-key") && !byName.containsKey(name)) {
            throw AwsError.invalidParameterValue("The filter '" + name + "' is invalid");
        }
    }

    private boolean matches(Filter filter, T resource) {
        Collection<String> actual = values(filter.name(), resource);
        return filter.values().stream().anyMatch(wanted -> actual.stream().anyMatch(value -> like(wanted, value)));
    }

    private Collection<String> values(String name, T resource) {
        if (name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return tags.apply(resource).stream()
                    .filter(tag -> tag.key().equals(key))
                    .map(Tag::value)
                    .toList();
        }
        if (name.equals("tag-key")) {
            return tags.apply(resource).stream().map(Tag::key).toList();
        }
        Function<T, Collection<String>> function = byName.get(name);
        return function == null ? List.of() : function.apply(resource);
    }

    private static boolean like(String wanted, String value) {
        if (wanted.indexOf('*') < 0 && wanted.indexOf('?') < 0) {
            return wanted.equals(value);
        }
        StringBuilder regex = new StringBuilder();
        for (char c : wanted.toCharArray()) {
            regex.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(value).matches();
    }
}
