package io.cacheoperator.kinds.cachecluster;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every field that a spec can have, as the records of the model have it: {@code network.allowFrom[].cidr}. */
final class SpecFields {

    private SpecFields() {}

    static Set<String> all() {
        Set<String> paths = new TreeSet<>();
        leaves("", CacheClusterSpec.class).forEach(paths::add);
        return paths;
    }

    private static Stream<String> leaves(String prefix, Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).flatMap(component -> leaves(prefix, component));
    }

    private static Stream<String> leaves(String prefix, RecordComponent component) {
        String path = prefix + component.getName();
        if (component.getType().isRecord()) {
            return leaves(path + ".", component.getType());
        }
        Class<?> item = item(component);
        return item.isRecord() ? leaves(path + "[].", item) : Stream.of(path);
    }

    private static Class<?> item(RecordComponent component) {
        boolean list = component.getType() == List.class;
        Type type = list
                ? ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0]
                : component.getType();
        return (Class<?>) type;
    }
}
