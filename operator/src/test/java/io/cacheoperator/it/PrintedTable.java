package io.cacheoperator.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A table as kubectl prints it, cells three blanks apart: changed in one column and printed again in the same manner. */
final class PrintedTable {

    private static final Pattern HEADER = Pattern.compile("\\S+(?: \\S+)*");
    private static final String GAP = "   ";

    private PrintedTable() {}

    /** The same lines with another value in every cell of a column; unchanged where the first line has no such column. */
    static List<String> with(List<String> lines, String column, String value) {
        if (lines.isEmpty()) {
            return lines;
        }
        List<MatchResult> header = HEADER.matcher(lines.getFirst()).results().toList();
        List<String> names = header.stream().map(MatchResult::group).toList();
        if (!names.contains(column)) {
            return lines;
        }
        List<List<String>> rows = new ArrayList<>(List.of(names));
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = new ArrayList<>(cells(line, header));
            cells.set(names.indexOf(column), value);
            rows.add(cells);
        }
        return print(rows);
    }

    private static List<String> cells(String line, List<MatchResult> header) {
        return IntStream.range(0, header.size())
                .mapToObj(i -> {
                    int from = Math.min(header.get(i).start(), line.length());
                    int to = i + 1 < header.size() ? Math.min(header.get(i + 1).start(), line.length()) : line.length();
                    return line.substring(from, to).strip();
                })
                .toList();
    }

    private static List<String> print(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
