package io.cacheoperator.crds;

import static io.cacheoperator.crds.RuleCase.Base.memcached;
import static io.cacheoperator.crds.RuleCase.Base.valkey;

import java.util.List;

/** Cases of {@link ValueRules}. */
final class ValueCases {

    private ValueCases() {}

    static List<RuleCase> all() {
        return List.of(
                new RuleCase(
                        valkey,
                        "maintenance: {window: \"sun:05:00-sun:06:00\"}",
                        "maintenance: {window: \"Sun:05:00-Sun:06:00\"}",
                        "spec.maintenance.window",
                        "`maintenance.window` is ddd:hh:mm-ddd:hh:mm in UTC and lower case: write one like sun:05:00-sun:06:00"),
                new RuleCase(
                        valkey,
                        "maintenance: {window: \"mon:00:00-mon:23:59\"}",
                        "maintenance: {window: \"05:00-06:00\"}",
                        "spec.maintenance.window",
                        "`maintenance.window` is ddd:hh:mm-ddd:hh:mm in UTC and lower case: write one like sun:05:00-sun:06:00"),
                new RuleCase(
                        valkey,
                        "maintenance: {window: \"sun:23:30-mon:00:30\"}",
                        "maintenance: {window: \"sun:23:30-mon:24:30\"}",
                        "spec.maintenance.window",
                        "`maintenance.window` is ddd:hh:mm-ddd:hh:mm in UTC and lower case: write one like sun:05:00-sun:06:00"),
                new RuleCase(
                        valkey,
                        "maintenance: {window: \"tue:05:00-wed:05:00\"}",
                        "maintenance: {window: \"tue:05:00-wed:05:01\"}",
                        "spec.maintenance.window",
                        "`maintenance.window` is 1 to 24 hours long: write one like sun:05:00-sun:06:00"),
                new RuleCase(
                        valkey,
                        "maintenance: {window: \"sun:23:30-mon:00:30\"}",
                        "maintenance: {window: \"sun:23:30-mon:00:29\"}",
                        "spec.maintenance.window",
                        "`maintenance.window` is 1 to 24 hours long: write one like sun:05:00-sun:06:00"),
                new RuleCase(
                        valkey,
                        "maintenance: {notificationTopicArn: \"arn:aws:sns:eu-west-1:123456789012:caches\"}",
                        "maintenance: {notificationTopicArn: caches}",
                        "spec.maintenance.notificationTopicArn",
                        "`notificationTopicArn` is not the ARN of an SNS topic: write one like arn:aws:sns:eu-west-1:123456789012:caches"),
                new RuleCase(
                        valkey,
                        "snapshots: {window: \"03:00-04:00\"}",
                        "snapshots: {window: \"3:00-4:00\"}",
                        "spec.snapshots.window",
                        "`snapshots.window` is hh:mm-hh:mm in UTC: write one like 03:00-04:00"),
                new RuleCase(
                        valkey,
                        "snapshots: {window: \"23:30-00:30\"}",
                        "snapshots: {window: \"23:30-00:29\"}",
                        "spec.snapshots.window",
                        "`snapshots.window` is at least 1 hour long: write one like 03:00-04:00"),
                new RuleCase(
                        valkey,
                        "{maintenance: {window: \"sun:05:00-sun:06:00\"}, snapshots: {window: \"04:00-05:00\"}}",
                        "{maintenance: {window: \"sun:05:00-sun:06:00\"}, snapshots: {window: \"04:00-05:01\"}}",
                        "spec.snapshots.window",
                        "`snapshots.window` overlaps `maintenance.window`: set one of them to another time"),
                new RuleCase(
                        valkey,
                        "{maintenance: {window: \"sun:05:00-sun:06:00\"}, snapshots: {window: \"06:00-07:00\"}}",
                        "{maintenance: {window: \"sun:05:00-sun:06:00\"}, snapshots: {window: \"05:59-07:00\"}}",
                        "spec.snapshots.window",
                        "`snapshots.window` overlaps `maintenance.window`: set one of them to another time"),
                new RuleCase(
                        valkey,
                        "{maintenance: {window: \"sat:23:30-sun:00:30\"}, snapshots: {window: \"00:30-01:30\"}}",
                        "{maintenance: {window: \"sat:23:30-sun:00:30\"}, snapshots: {window: \"00:00-01:00\"}}",
                        "spec.snapshots.window",
                        "`snapshots.window` overlaps `maintenance.window`: set one of them to another time"),
                new RuleCase(
                        valkey,
                        "{maintenance: {window: \"sun:03:00-mon:02:00\"}, snapshots: {window: \"02:00-03:00\"}}",
                        "{maintenance: {window: \"sun:03:00-mon:03:00\"}, snapshots: {window: \"02:00-03:00\"}}",
                        "spec.snapshots.window",
                        "`snapshots.window` overlaps `maintenance.window`: set one of them to another time"),
                new RuleCase(
                        valkey,
                        "tags: {team: shop}",
                        "tags: {\"\": shop}",
                        "spec.tags",
                        "a key of `tags` is 1 to 128 characters long: shorten it"),
                new RuleCase(
                        memcached,
                        "tags: {kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: v}",
                        "tags: {kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: v}",
                        "spec.tags",
                        "a key of `tags` is 1 to 128 characters long: shorten it"),
                new RuleCase(
                        valkey,
                        "tags: {team: aws}",
                        "tags: {\"aws:team\": shop}",
                        "spec.tags",
                        "keys of `tags` that start with aws: or cacheoperator.io/ are reserved: choose others"),
                new RuleCase(
                        valkey,
                        "tags: {owner: me}",
                        "tags: {cacheoperator.io/owner: me}",
                        "spec.tags",
                        "keys of `tags` that start with aws: or cacheoperator.io/ are reserved: choose others"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {labels: {example.org/secret: mine}}",
                        "connectionSecret: {labels: {cacheoperator.io/secret: mine}}",
                        "spec.connectionSecret.labels",
                        "keys of `connectionSecret.labels` that start with cacheoperator.io/ are reserved: choose others"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {labels: {app.kubernetes.io/part-of: shop}}",
                        "connectionSecret: {labels: {part of: shop}}",
                        "spec.connectionSecret.labels",
                        "a key of `connectionSecret.labels` is not a label key: write one like app.kubernetes.io/part-of"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {annotations: {example.org/given: mine}}",
                        "connectionSecret: {annotations: {cacheoperator.io/given: mine}}",
                        "spec.connectionSecret.annotations",
                        "keys of `connectionSecret.annotations` that start with cacheoperator.io/ are reserved: choose others"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {annotations: {example.org/note: \"the shop's\"}}",
                        "connectionSecret: {annotations: {my note: here}}",
                        "spec.connectionSecret.annotations",
                        "a key of `connectionSecret.annotations` is not an annotation key: write one like example.org/note"),
                new RuleCase(
                        valkey,
                        "connectionSecret: {labels: {app: \"\"}}",
                        "connectionSecret: {labels: {app: the shop}}",
                        "spec.connectionSecret.labels[app]",
                        "not a label's value: write letters, digits, `-`, `_` and `.`, a letter or digit first and last"));
    }
}
