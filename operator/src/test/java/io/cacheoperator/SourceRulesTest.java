package io.cacheoperator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cacheoperator.core.UnknownAsNull;
import io.cacheoperator.kinds.cachecluster.CacheCluster;
import io.cacheoperator.kinds.cachecluster.CacheClusterSpec;
import io.cacheoperator.kinds.cachecluster.CacheClusterStatus;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the operator's design that sources and the API model's records show. */
class SourceRulesTest {

    private static final int LINES = 300;
    private static final Path MODULE = module();

    @Test
    void everyModelClassIgnoresUnknownFields() {
        assertThat(model()).allSatisfy(type -> {
            JsonIgnoreProperties annotation = type.getAnnotation(JsonIgnoreProperties.class);
            assertThat(annotation).as(type.getName()).isNotNull();
            assertThat(annotation.ignoreUnknown()).as(type.getName()).isTrue();
        });
    }

    @Test
    void everyEnumOfTheModelReadsUnknownWordsAsNotGiven() {
        List<String> strict = new ArrayList<>();
        for (Class<?> type : model()) {
            for (RecordComponent component : components(type)) {
                if (component.getType().isEnum() && !component.getAccessor().isAnnotationPresent(UnknownAsNull.class)) {
                    strict.add(type.getSimpleName() + "." + component.getName());
                }
            }
        }
        assertThat(strict).isEmpty();
    }

    @Test
    void noModelClassHasAnOptionalComponent() {
        assertThat(model())
                .allSatisfy(type ->
                        assertThat(components(type)).noneMatch(component -> component.getType() == Optional.class));
    }

    @Test
    void classesStaySmall() throws IOException {
        assertThat(sources("src/main/java"))
                .allSatisfy(source -> assertThat(Files.readAllLines(source))
                        .as(source.toString())
                        .hasSizeLessThan(LINES));
    }

    @Test
    void everyPackageIsNullMarked() throws IOException {
        assertThat(sources("src/main/java").map(Path::getParent).distinct())
                .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                        .exists()
                        .content()
                        .contains("@NullMarked"));
    }

    @Test
    void noTestIsDisabled() throws IOException {
        // Spelt in two parts, so that this file does not find itself.
        Pattern disabled = Pattern.compile("@" + "Disabled\\b");
        assertThat(sources("src/test/java"))
                .allSatisfy(source -> assertThat(Files.readString(source))
                        .as(source.toString())
                        .doesNotContainPattern(disabled));
    }

    private static Stream<Path> sources(String folder) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(MODULE.resolve(folder))) {
            found = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(found).isNotEmpty();
        return found.stream();
    }

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("src/main/java")) ? here : here.resolve("operator");
    }

    /** The custom resource and every record that its spec and status are made of. */
    private static Set<Class<?>> model() {
        Set<Class<?>> found = new LinkedHashSet<>();
        found.add(CacheCluster.class);
        collect(CacheClusterSpec.class, found);
        collect(CacheClusterStatus.class, found);
        assertThat(found).hasSizeGreaterThan(20);
        return found;
    }

    private static void collect(Type type, Set<Class<?>> found) {
        switch (type) {
            case ParameterizedType generic ->
                Stream.of(generic.getActualTypeArguments()).forEach(t -> collect(t, found));
            case Class<?> c
            when c.isRecord() && found.add(c) ->
                components(c).forEach(component -> collect(component.getGenericType(), found));
            default -> {}
        }
    }

    private static List<RecordComponent> components(Class<?> type) {
        return type.isRecord() ? List.of(type.getRecordComponents()) : List.of();
    }
}
