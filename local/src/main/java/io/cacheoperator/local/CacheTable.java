package io.cacheoperator.local;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Renders rows as an aligned table of text lines. */
final class CacheTable {
    private static final List<String> TITLES = List.of("NAME", "ENGINE", "VERSION", "SHAPE", "PHASE", "READY", "");
    private static final String GAP = "  ";

    private CacheTable() {}

    /** A title line, then a line for each row in the order given. No line ends with a space or holds a line break. */
    static List<String> render(List<CacheRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(TITLES);
        rows.forEach(row -> cells.add(cells(row)));
        List<Integer> widths = IntStream.range(0, TITLES.size())
                .mapToObj(column -> cells.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    private static List<String> cells(CacheRow row) {
        return Stream.of(
                        row.name(),
                        row.engine(),
                        row.version(),
                        row.shape(),
                        row.phase(),
                        switch (row.state()) {
                            case READY -> "yes";
                            case WORKING -> "no";
                            case STALLED -> "STALLED";
                        },
                        row.detail())
                .map(cell -> cell.replaceAll("\\s+", " ").strip())
                .toList();
    }

    private static String line(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> cells.get(column)
                        + " ".repeat(widths.get(column) - cells.get(column).length()))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }
}
