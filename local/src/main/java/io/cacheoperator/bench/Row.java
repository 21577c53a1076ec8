package io.cacheoperator.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One measure.
 *
 * @param unit such as {@code ms}; empty for counts
 * @param goal the most that it may be
 * @param ack the same of ACK's controller, where it was measured
 * @param note what the number is made of
 */
record Row(String measure, double ours, String unit, double goal, OptionalDouble ack, String note) {

    static final String HEAD = "| measure | ACK | ours | goal | met | ACK / ours | |\n|---|---|---|---|---|---|---|";

    boolean met() {
        return ours <= goal;
    }

    @Override
    public String toString() {
        return "| %s | %s | %s | <= %s | %s | %s | %s |"
                .formatted(
                        measure,
                        ack.isPresent() ? text(ack.getAsDouble()) : "-",
                        text(ours),
                        text(goal),
                        met() ? "yes" : "NO",
                        ack.isPresent() && ours > 0
                                ? String.format(Locale.ROOT, "%.1f", ack.getAsDouble() / ours)
                                : "-",
                        note);
    }

    private String text(double value) {
        String number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
        return unit.isEmpty() ? number : number + " " + unit;
    }
}
