package io.cacheoperator.crds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The shell commands in the README and the pages under {@code docs/}; docs/README.md tells how they are marked. */
final class DocsCommands {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(?:sh|bash|shell|console)\\b([^\n]*)\n(.*?)^```");

    private DocsCommands() {}

    /**
     * One fenced block.
     *
     * @param mark what stands behind the language: who runs it
     */
    record Block(String page, int number, String mark, String script) {

        @Override
        public String toString() {
            return page + " block " + number + ": " + script.lines().findFirst().orElse("");
        }
    }

    static List<Block> all() throws IOException {
        Path root = GeneratedFile.root();
        List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
        try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages) {
            var found = FENCED.matcher(Files.readString(page));
            for (int number = 1; found.find(); number++) {
                blocks.add(new Block(
                        root.relativize(page).toString(), number, found.group(1).strip(), found.group(2)));
            }
        }
        return blocks;
    }
}
