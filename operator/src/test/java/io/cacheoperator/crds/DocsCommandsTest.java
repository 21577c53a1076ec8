package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every command in the docs is run by a test, or says why not; every link leads somewhere. */
class DocsCommandsTest {

    private static final Set<String> MARKS =
            Set.of("test", "needs-aws", "needs-operator", "needs-local", "needs-tools");
    private static final String TESTED_BY = "tested-by=";
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(?:#[^)]*)?\\)");

    @Test
    void everyBlockSaysWhoRunsIt() throws IOException {
        List<DocsCommands.Block> blocks = DocsCommands.all();
        assertThat(blocks).isNotEmpty();
        assertThat(blocks)
                .filteredOn(
                        block -> !MARKS.contains(block.mark()) && !block.mark().startsWith(TESTED_BY))
                .isEmpty();
    }

    @Test
    void theTestsThatBlocksNameExist() throws IOException {
        Set<String> named = new TreeSet<>();
        DocsCommands.all().stream()
                .filter(block -> block.mark().startsWith(TESTED_BY))
                .forEach(block -> named.add(block.mark().substring(TESTED_BY.length()) + ".java"));
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(GeneratedFile.root())) {
            files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(named::contains)
                    .forEach(found::add);
        }
        assertThat(found).isEqualTo(named);
    }

    @Test
    void whatOnlyNeedsAnApiServerIsTested() throws IOException {
        assertThat(DocsCommands.all())
                .filteredOn(block -> block.mark().equals("test"))
                .hasSizeGreaterThan(15)
                .allSatisfy(block -> assertThat(block.script()).contains("kubectl "));
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        Set<String> broken = new TreeSet<>();
        Path root = GeneratedFile.root();
        try (Stream<Path> files =
                Stream.concat(Stream.of(root.resolve("README.md")), Files.walk(root.resolve("docs")))) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                LINK.matcher(Files.readString(page))
                        .results()
                        .map((MatchResult link) -> link.group(1))
                        .filter(target -> !Files.exists(page.resolveSibling(target)))
                        .forEach(target -> broken.add(root.relativize(page) + " -> " + target));
            }
        }
        assertThat(broken).isEmpty();
    }
}
