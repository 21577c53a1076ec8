package io.cacheoperator.kinds.cachecluster;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weekly maintenance window and the daily snapshot window. They must not overlap, also where snapshots are off, so the
 * one that nobody gave gives way (aws-behaviour.md, 1.1).
 */
final class Windows {

    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern WEEKLY = Pattern.compile("([a-z]{3}):(\\d\\d):(\\d\\d)-([a-z]{3}):(\\d\\d):(\\d\\d)");
    private static final Pattern DAILY = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int WEEK = 7 * DAY;

    private Windows() {}

    /** Minutes since the start of its week or day, in UTC. The end may lie beyond it. */
    private record Span(int start, int length) {}

    static boolean overlap(String maintenance, String snapshot) {
        return weekly(maintenance)
                .flatMap(week -> daily(snapshot).map(day -> overlap(week, day)))
                .orElse(false);
    }

    private static boolean overlap(Span week, Span day) {
        for (int start = day.start() - DAY; start < WEEK + DAY; start += DAY) {
            for (int turn = -WEEK; turn <= WEEK; turn += WEEK) {
                int from = week.start() + turn;
                if (start < from + week.length() && from < start + day.length()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** An hour's snapshot window right after the maintenance window. Always free: the latter is a day long at most. */
    static Optional<String> snapshotAfter(String maintenance) {
        return weekly(maintenance).map(week -> {
            int start = (week.start() + week.length()) % DAY;
            return clock(start) + "-" + clock((start + HOUR) % DAY);
        });
    }

    /** An hour's maintenance window right after the snapshot window, on the day of the one that gives way. */
    static Optional<String> maintenanceAfter(String snapshot, String instead) {
        return weekly(instead)
                .flatMap(week -> daily(snapshot).map(day -> {
                    int start = (week.start() / DAY * DAY + (day.start() + day.length())) % WEEK;
                    return weekClock(start) + "-" + weekClock((start + HOUR) % WEEK);
                }));
    }

    private static Optional<Span> weekly(String text) {
        Matcher m = WEEKLY.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches() || !DAYS.contains(m.group(1)) || !DAYS.contains(m.group(4))) {
            return Optional.empty();
        }
        int start = DAYS.indexOf(m.group(1)) * DAY + minutes(m.group(2), m.group(3));
        int end = DAYS.indexOf(m.group(4)) * DAY + minutes(m.group(5), m.group(6));
        return Optional.of(new Span(start, Math.floorMod(end - start, WEEK)));
    }

    private static Optional<Span> daily(String text) {
        Matcher m = DAILY.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        int start = minutes(m.group(1), m.group(2));
        return Optional.of(new Span(start, Math.floorMod(minutes(m.group(3), m.group(4)) - start, DAY)));
    }

    private static int minutes(String hours, String minutes) {
        return Integer.parseInt(hours) * HOUR + Integer.parseInt(minutes);
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / HOUR, minute % HOUR);
    }

    private static String weekClock(int minute) {
        return DAYS.get(minute / DAY) + ":" + clock(minute % DAY);
    }
}
