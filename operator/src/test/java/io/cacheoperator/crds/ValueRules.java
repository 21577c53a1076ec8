package io.cacheoperator.crds;

import static io.cacheoperator.crds.Rule.Reason.FieldValueForbidden;
import static io.cacheoperator.crds.Rule.Reason.FieldValueInvalid;

import java.util.List;

/** The form of windows, ARNs, tags and labels. */
final class ValueRules {

    private static final String DAY = "(mon|tue|wed|thu|fri|sat|sun)";
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private static final String WEEKLY = "self.matches('^" + DAY + ":" + TIME + "-" + DAY + ":" + TIME + "$')";
    private static final String DAILY = "self.matches('^" + TIME + "-" + TIME + "$')";

    private ValueRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.field(
                        ".spec.maintenance.window",
                        WEEKLY,
                        "`maintenance.window` is ddd:hh:mm-ddd:hh:mm in UTC and lower case: write one like"
                                + " sun:05:00-sun:06:00"),
                Rule.field(
                        ".spec.maintenance.window",
                        "!%1$s || (%2$s >= 60 && %2$s <= 1440)".formatted(WEEKLY, weeklyMinutes()),
                        "`maintenance.window` is 1 to 24 hours long: write one like sun:05:00-sun:06:00"),
                Rule.field(
                        ".spec.maintenance.notificationTopicArn",
                        "self.matches('^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:.+$')",
                        "`notificationTopicArn` is not the ARN of an SNS topic: write one like"
                                + " arn:aws:sns:eu-west-1:123456789012:caches"),
                Rule.field(
                        ".spec.snapshots.window",
                        DAILY,
                        "`snapshots.window` is hh:mm-hh:mm in UTC: write one like 03:00-04:00"),
                Rule.field(
                        ".spec.snapshots.window",
                        "!%s || %s >= 60".formatted(DAILY, dailyMinutes()),
                        "`snapshots.window` is at least 1 hour long: write one like 03:00-04:00"),
                overlap(),
                Rule.field(
                        ".spec.tags",
                        "self.all(k, size(k) > 0 && size(k) <= 128)",
                        "a key of `tags` is 1 to 128 characters long: shorten it"),
                Rule.of(
                        ".spec.tags",
                        "",
                        FieldValueForbidden,
                        "self.all(k, !k.startsWith('aws:') && !k.startsWith('cacheoperator.io/'))",
                        "keys of `tags` that start with aws: or cacheoperator.io/ are reserved: choose others"),
                Rule.of(
                        ".spec.connectionSecret.labels",
                        "",
                        FieldValueForbidden,
                        "self.all(k, !k.startsWith('cacheoperator.io/'))",
                        "keys of `connectionSecret.labels` that start with cacheoperator.io/ are reserved: choose others"),
                Rule.field(".spec.connectionSecret.labels", """
                        self.all(k, k.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))
                        """, """
                        a key of `connectionSecret.labels` is not a label key: write one like app.kubernetes.io/part-of
                        """),
                Rule.of(
                        ".spec.connectionSecret.annotations",
                        "",
                        FieldValueForbidden,
                        "self.all(k, !k.startsWith('cacheoperator.io/'))",
                        "keys of `connectionSecret.annotations` that start with cacheoperator.io/ are reserved: choose others"),
                Rule.field(".spec.connectionSecret.annotations", """
                        self.all(k, k.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))
                        """, """
                        a key of `connectionSecret.annotations` is not an annotation key: write one like example.org/note
                        """),
                Rule.field(
                        ".spec.connectionSecret.labels{}",
                        """
                        self.matches('^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$')
                        """,
                        "not a label's value: write letters, digits, `-`, `_` and `.`, a letter or digit first and last"));
    }

    /** Both windows on the clock of one day: the snapshot's comes every day, and the maintenance's is no longer than one. */
    private static Rule overlap() {
        String weekly = WEEKLY.replace("self", "self.maintenance.window");
        String daily = DAILY.replace("self", "self.snapshots.window");
        String time = "(int(%1$s.substring(%2$d, %3$d)) * 60 + int(%1$s.substring(%4$d, %5$d)))";
        String maintenance = time.formatted("self.maintenance.window", 4, 6, 7, 9);
        String snapshot = time.formatted("self.snapshots.window", 0, 2, 3, 5);
        return Rule.spec(
                ".snapshots.window",
                FieldValueInvalid,
                """
                !has(self.maintenance) || !has(self.maintenance.window) || !has(self.snapshots) || !has(self.snapshots.window)
                || !%1$s || !%2$s
                || ((%5$s - %6$s + 1440) %% 1440 >= %3$s && (%6$s - %5$s + 1440) %% 1440 >= %4$s)
                """.formatted(
                                weekly,
                                daily,
                                weeklyMinutes().replace("self", "self.maintenance.window"),
                                dailyMinutes().replace("self", "self.snapshots.window"),
                                snapshot,
                                maintenance),
                "`snapshots.window` overlaps `maintenance.window`: set one of them to another time");
    }

    /** Length of {@code sun:05:00-sun:06:00}, over the end of the week where it must be. */
    private static String weeklyMinutes() {
        String minutes = "('montuewedthufrisatsun'.indexOf(self.substring(%d, %d)) * 480"
                + " + int(self.substring(%d, %d)) * 60 + int(self.substring(%d, %d)))";
        return "((%s - %s + 10080) %% 10080)"
                .formatted(minutes.formatted(10, 13, 14, 16, 17, 19), minutes.formatted(0, 3, 4, 6, 7, 9));
    }

    /** Length of {@code 03:00-04:00}, over midnight where it must be. */
    private static String dailyMinutes() {
        String minutes = "(int(self.substring(%d, %d)) * 60 + int(self.substring(%d, %d)))";
        return "((%s - %s + 1440) %% 1440)".formatted(minutes.formatted(6, 8, 9, 11), minutes.formatted(0, 2, 3, 5));
    }
}
