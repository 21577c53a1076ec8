package io.cacheoperator.simulator.elasticache;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads the data files of this package: one row a line, cells between {@code |}, comments behind {@code #}. */
final class PipedTable {
    private PipedTable() {}

    /**
     * The rows of a file beside this class.
     *
     * @throws IllegalStateException if the file is missing or a row has another number of cells
     */
    static List<List<String>> read(String name, int columns) {
        try (InputStream stream = PipedTable.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("missing data file " + name);
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> row(name, line, columns))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String name, String line, int columns) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != columns) {
            throw new IllegalStateException(name + ": " + cells.size() + " cells in: " + line);
        }
        return cells;
    }
}
