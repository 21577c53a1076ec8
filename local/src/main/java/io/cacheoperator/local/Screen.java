package io.cacheoperator.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the one who started us reads. */
sealed interface Screen {
    /** Prints a text that stays. */
    void say(String text);

    /** Shows how far the caches are. */
    void show(Duration elapsed, List<CacheRow> rows);

    /** The line above the table. */
    static String heading(Duration elapsed, List<CacheRow> rows) {
        long ready = rows.stream().filter(CacheRow::ready).count();
        return "%d of %d Ready after %d s".formatted(ready, rows.size(), elapsed.toSeconds());
    }

    /** A terminal: the table is drawn over the one before. */
    final class Terminal implements Screen {
        private static final String ESCAPE = "\u001b[";
        private static final String CLEAR_BELOW = ESCAPE + "J";
        private static final String WRAP_OFF = ESCAPE + "?7l";
        private static final String WRAP_ON = ESCAPE + "?7h";

        private final PrintStream out;
        private int drawn;

        Terminal(PrintStream out) {
            this.out = out;
        }

        @Override
        public void say(String text) {
            drawn = 0;
            out.println(text);
        }

        @Override
        public void show(Duration elapsed, List<CacheRow> rows) {
            StringBuilder text = new StringBuilder(drawn == 0 ? "" : ESCAPE + drawn + "A\r" + CLEAR_BELOW);
            text.append(WRAP_OFF).append(heading(elapsed, rows)).append('\n');
            List<String> table = CacheTable.render(rows);
            table.forEach(line -> text.append(line).append('\n'));
            out.print(text.append(WRAP_ON));
            out.flush();
            drawn = table.size() + 1;
        }
    }

    /** A file or a pipe: a line for each change, and the table once all are Ready. */
    final class Plain implements Screen {
        private final PrintStream out;
        private final Map<String, String> shown = new HashMap<>();

        Plain(PrintStream out) {
            this.out = out;
        }

        @Override
        public void say(String text) {
            out.println(text);
        }

        @Override
        public void show(Duration elapsed, List<CacheRow> rows) {
            boolean changed = false;
            for (CacheRow row : rows) {
                String line = "%-24s %-12s %s".formatted(row.name(), row.phase(), row.detail());
                if (!line.equals(shown.put(row.name(), line))) {
                    changed = true;
                    out.printf("%4d s  %s%n", elapsed.toSeconds(), line);
                }
            }
            if (changed && !rows.isEmpty() && rows.stream().allMatch(CacheRow::ready)) {
                out.println(heading(elapsed, rows));
                CacheTable.render(rows).forEach(out::println);
            }
        }
    }
}
