package io.cacheoperator.simulator.elasticache;

import io.cacheoperator.simulator.service.AwsError;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A weekly or daily window in UTC.
 *
 * @param text   as it is stored, in lower case
 * @param daily  whether it opens every day
 * @param start  minutes from Monday 00:00, or from 00:00 if daily
 * @param length minutes
 */
record TimeWindow(String text, boolean daily, int start, int length) {
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int WEEK = 7 * DAY;
    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):([0-5][0-9])");
    private static final Pattern WEEKLY =
            Pattern.compile("(mon|tue|wed|thu|fri|sat|sun):(%1$s)-(mon|tue|wed|thu|fri|sat|sun):(%1$s)"
                    .formatted("[0-9]{1,2}:[0-9]{2}"));

    /**
     * A maintenance window, such as {@code sun:05:00-sun:06:00}.
     *
     * @throws AwsError if it has another form or is not 1 to 24 hours long
     */
    static TimeWindow maintenance(String value) {
        String text = value.toLowerCase(Locale.ROOT);
        Matcher matcher = WEEKLY.matcher(text);
        if (!matcher.matches()) {
            throw AwsError.invalidParameterValue("Invalid maintenance window format: " + value
                    + ". Should be specified as a range ddd:hh24:mi-ddd:hh24:mi (24H Clock UTC).");
        }
        int start = DAYS.indexOf(matcher.group(1)) * DAY + minutes(value, matcher.group(2));
        int end = DAYS.indexOf(matcher.group(3)) * DAY + minutes(value, matcher.group(4));
        int length = Math.floorMod(end - start, WEEK);
        if (length < HOUR || length > DAY) {
            throw AwsError.invalidParameterValue(
                    "Maintenance window must be at least 60 minutes and not longer than 24 hours.");
        }
        return new TimeWindow(text, false, start, length);
    }

    /**
     * A snapshot window, such as {@code 03:00-04:00}.
     *
     * @throws AwsError if it has another form or is shorter than an hour
     */
    static TimeWindow snapshot(String value) {
        String[] ends = value.split("-", -1);
        if (ends.length != 2) {
            throw invalidTime(value);
        }
        int start = minutes(value, ends[0]);
        int length = Math.floorMod(minutes(value, ends[1]) - start, DAY);
        if (length < HOUR) {
            throw AwsError.invalidParameterValue("Snapshot window must be at least 60 minutes.");
        }
        return new TimeWindow(value, true, start, length);
    }

    /** The window that AWS would choose: an hour, by a number. */
    static TimeWindow chosenMaintenance(int number) {
        int day = Math.floorMod(number, DAYS.size());
        int hour = 3 + Math.floorMod(number / DAYS.size(), 5);
        String name = DAYS.get(day);
        return maintenance("%s:%02d:00-%s:%02d:00".formatted(name, hour, name, hour + 1));
    }

    /** The hour that AWS would choose: the first after 09:00 that does not overlap. */
    static TimeWindow chosenSnapshot(TimeWindow maintenance, int number) {
        for (int hour = 9 + Math.floorMod(number, 8); ; hour++) {
            TimeWindow window = snapshot("%02d:00-%02d:00".formatted(hour % 24, (hour + 1) % 24));
            if (!window.overlaps(maintenance)) {
                return window;
            }
        }
    }

    /** Whether this daily window and a weekly one are ever open together. */
    boolean overlaps(TimeWindow weekly) {
        for (int day = 0; day < DAYS.size(); day++) {
            int from = day * DAY + start;
            if (Math.floorMod(from - weekly.start(), WEEK) < weekly.length()
                    || Math.floorMod(weekly.start() - from, WEEK) < length) {
                return true;
            }
        }
        return false;
    }

    /** When it opens next, not before {@code now}. */
    Instant next(Instant now) {
        ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
        ZonedDateTime midnight = utc.truncatedTo(ChronoUnit.DAYS);
        ZonedDateTime base =
                daily ? midnight : midnight.minusDays(utc.getDayOfWeek().getValue() - DayOfWeek.MONDAY.getValue());
        Instant opens = base.toInstant().plus(Duration.ofMinutes(start));
        return opens.isBefore(now) ? opens.plus(Duration.ofMinutes(daily ? DAY : WEEK)) : opens;
    }

    private static int minutes(String window, String time) {
        Matcher matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            throw invalidTime(window);
        }
        return Integer.parseInt(matcher.group(1)) * HOUR + Integer.parseInt(matcher.group(2));
    }

    private static AwsError invalidTime(String window) {
        return AwsError.invalidParameterValue("Invalid window format: " + window
                + ". Should be specified as a range hh24:mi-hh24:mi (24H Clock UTC).");
    }
}
