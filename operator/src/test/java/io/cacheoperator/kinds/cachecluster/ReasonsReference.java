package io.cacheoperator.kinds.cachecluster;

import static java.util.Map.entry;

import io.cacheoperator.probe.ProbeReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every condition and every reason of CacheCluster as a page to read. */
final class ReasonsReference {

    /** The committed file, relative to the root of the project. */
    static final String FILE = "docs/reference/reasons.md";

    private static final String INTRODUCTION = """
            # Conditions and reasons of CacheCluster

            Made from the code by `make docs-reference`. `kubectl describe ccl NAME` shows a condition's reason and its message; the message
            names the field to change, or carries AWS's own words. [Troubleshooting](../troubleshooting.md) says how to look.

            Conditions follow kstatus. A condition's time moves only when its status does, and `observedGeneration` says which spec it is about.

            | condition | True | False | not there |
            |---|---|---|---|
            """;

    private static final String REASONS = """

            ## Reasons

            A problem that only you can mend makes `Stalled` True and `Synced` False; `Ready` is False with the same reason until it is mended.
            While the resource is being deleted the same problem makes `DeletionBlocked` True. Other reasons pass by themselves.

            | reason | where | what it means | what to do |
            |---|---|---|---|
            """;

    private static final String REACHABLE = """

            ## Reasons of `DataPlaneReachable`

            They say nothing about `Ready`: the operator may live where no route leads to the cache. [unreachable.md](../unreachable.md) has a check
            for each.

            | reason | status | what it means |
            |---|---|---|
            """;

    private static final String STALLED = "`Stalled` True";
    private static final String WORK = "`Reconciling` True; `Ready`, `Synced` False";
    private static final String DELETE = "`DeletionBlocked` True, `Stalled` True";
    private static final String READ = "The message names the field: edit it.";

    /** What each status of a condition says; in the order in which they are written. */
    static final Map<String, String[]> CONDITIONS = conditions();

    private record Advice(String where, String toDo) {}

    private static final Map<ClusterReason, Advice> ADVICE = new EnumMap<>(Map.ofEntries(
            entry(
                    ClusterReason.InSync,
                    new Advice("`Ready`, `Synced`, `SecretWritten` True; `Drifted` False", "Nothing.")),
            entry(ClusterReason.Creating, new Advice(WORK, "Wait: AWS takes 5 to 15 minutes.")),
            entry(
                    ClusterReason.Modifying,
                    new Advice(
                            "`Reconciling` or `PlanPending` True; `Synced` False", "Wait; the message has the step.")),
            entry(ClusterReason.Deleting, new Advice("`Reconciling` True; `Ready`, `Synced` False", "Wait.")),
            entry(
                    ClusterReason.Observing,
                    new Advice(
                            "`Synced` False; `Ready` stays as it was",
                            "Nothing for a minute. If it lasts: can the operator reach AWS?")),
            entry(ClusterReason.OwnerUnknown, new Advice(WORK, "Wait until the resource is available in AWS.")),
            entry(
                    ClusterReason.Paused,
                    new Advice(
                            "`Synced` False; deleting: `DeletionBlocked` True",
                            "Remove the annotation when the operator shall go on.")),
            entry(
                    ClusterReason.UnsupportedChange,
                    new Advice("`Synced` False", "Undo the edit, or make the same change in AWS.")),
            entry(ClusterReason.ForbiddenChange, new Advice(STALLED, "Undo the edit, or make a new cache.")),
            entry(
                    ClusterReason.ChangeReverted,
                    new Advice(
                            STALLED,
                            "Read the events that the message quotes. Edit the spec, or set annotation "
                                    + "`cacheoperator.io/reconcile-at` anew to have it sent again.")),
            entry(
                    ClusterReason.DriftDetected,
                    new Advice(
                            "`Drifted` True",
                            "Read `status.drift`. Edit the spec to what AWS has, or set `driftPolicy: Correct`.")),
            entry(ClusterReason.SubnetsNotGiven, new Advice(STALLED, READ)),
            entry(ClusterReason.SubnetNotFound, new Advice(STALLED, READ)),
            entry(ClusterReason.SubnetsInvalid, new Advice(STALLED, READ)),
            entry(ClusterReason.AccessNotGiven, new Advice(STALLED, READ)),
            entry(ClusterReason.ZonesInvalid, new Advice(STALLED, READ)),
            entry(
                    ClusterReason.EngineVersionNotOffered,
                    new Advice(STALLED, "Take one of the versions that the message names.")),
            entry(ClusterReason.EngineFeatureMissing, new Advice(STALLED, "A newer version, or without the feature.")),
            entry(
                    ClusterReason.WindowsOverlap,
                    new Advice(STALLED, "Move `maintenance.window` or `snapshots.window`.")),
            entry(
                    ClusterReason.ParameterInvalid,
                    new Advice(STALLED, "The message has the nearest name, or the bounds.")),
            entry(
                    ClusterReason.TokenSecretMissing,
                    new Advice(
                            STALLED, "Create the Secret or the key, or take `secretRef` out before the cache exists.")),
            entry(ClusterReason.TokenInvalid, new Advice(STALLED, "Put another token into your Secret.")),
            entry(
                    ClusterReason.TokenLost,
                    new Advice(
                            STALLED,
                            "Restore Secret `<name>-cache-auth`, or give the token in `auth.token.secretRef`.")),
            entry(
                    ClusterReason.SecretNotOurs,
                    new Advice(
                            STALLED + "; `SecretWritten` False",
                            "Remove that Secret if nobody needs it, or set `connectionSecret.name`.")),
            entry(
                    ClusterReason.SecretTypeConflict,
                    new Advice(
                            STALLED + "; `SecretWritten` False",
                            "Delete the Secret: it is written again. Or set `connectionSecret.name`.")),
            entry(
                    ClusterReason.ForeignOwner,
                    new Advice(
                            STALLED,
                            "Another `spec.id`; or the annotation that the message names, if it may be yours.")),
            entry(ClusterReason.NotOwned, new Advice(STALLED, "Another `spec.id`. This version does not adopt.")),
            entry(
                    ClusterReason.NotAllowed,
                    new Advice(STALLED, "Ask who installed the operator for an `allow` entry.")),
            entry(ClusterReason.DuplicateId, new Advice(STALLED, "Another `spec.id` in one of the two.")),
            entry(
                    ClusterReason.CacheLost,
                    new Advice(
                            STALLED + "; phase `Failed`",
                            "Delete the CacheCluster and apply it again for an empty cache, or restore a snapshot in "
                                    + "AWS under the same id.")),
            entry(
                    ClusterReason.CreateFailed,
                    new Advice(
                            STALLED + "; phase `Failed`",
                            "Delete the CacheCluster (no snapshot is tried), apply it with another node type, zone or "
                                    + "subnet.")),
            entry(
                    ClusterReason.CacheFailed,
                    new Advice(
                            STALLED + "; phase `Failed`", "Look at the cache's events in AWS; ask AWS for support.")),
            entry(
                    ClusterReason.GlobalDatastoreMember,
                    new Advice(DELETE, "Take the cache out of the global datastore in AWS.")),
            entry(
                    ClusterReason.DeletionProtected,
                    new Advice(DELETE, "Set `spec.deletionProtection: false` if it shall go.")),
            entry(
                    ClusterReason.SnapshotFailed,
                    new Advice(
                            DELETE,
                            "Delete that snapshot in AWS for another one, mend what AWS refuses it for (quota, "
                                    + "permission), or set `spec.deletionPolicy` to `Delete` or `Retain`.")),
            entry(
                    ClusterReason.LeftBehind,
                    new Advice(
                            "`DeletionBlocked` True for as long as the deletion lasts; an Event when it ends",
                            "Remove in AWS what nobody needs any more; the operator will not.")),
            entry(
                    ClusterReason.SecretRefused,
                    new Advice(
                            "`Ready` False, `SecretWritten` False; `Stalled` True where no rights or quota are the cause",
                            "Read the words of Kubernetes. Raise the quota or change the policy, the operator tries again by "
                                    + "itself; or edit `spec.connectionSecret`.")),
            entry(
                    ClusterReason.AwsError,
                    new Advice(
                            "`Stalled` True where AWS calls the request wrong; else `Reconciling` True or `Ready` False; "
                                    + "`Drifted` Unknown where a read is not permitted",
                            "Read AWS's words. Missing permission (see [iam](iam.md)), quota and capacity: mend them in "
                                    + "AWS, the operator tries again by itself."))));

    private ReasonsReference() {}

    private static Map<String, String[]> conditions() {
        Map<String, String[]> all = new LinkedHashMap<>();
        all.put(ClusterConditions.READY, new String[] {
            "Endpoint and Secret are usable, and nothing of the current spec is failing for good.",
            "Not usable yet or no more, or something of the current spec only you can mend.",
            "The operator has not looked yet."
        });
        all.put(ClusterConditions.SYNCED, new String[] {
            "Everything in the spec is so in AWS.",
            "Something is still to be done; the reason says what it waits for.",
            "The operator has not looked yet."
        });
        all.put(
                ClusterConditions.RECONCILING,
                new String[] {"A step of ours is running or about to.", "", "No step runs."});
        all.put(
                ClusterConditions.STALLED,
                new String[] {"Only you can help; the message says with what.", "", "All right."});
        all.put(
                ClusterConditions.PLAN_PENDING,
                new String[] {"A step waits, and nothing else goes on.", "", "Nothing waits."});
        all.put(ClusterConditions.DRIFTED, new String[] {
            "Somebody changed something in AWS; `status.drift` lists it.",
            "Nothing was changed by others.",
            "The cache does not serve yet. `Unknown`: the operator may not read all that it compares; the message names "
                    + "the missing IAM action."
        });
        all.put(ClusterConditions.SECRET_WRITTEN, new String[] {
            "The connection Secret is there and current.",
            "It is not written yet, or a Secret of another owner or type is in its place.",
            "The resource is being deleted."
        });
        all.put(ClusterConditions.DELETION_BLOCKED, new String[] {
            "The deletion waits for something that you must decide.", "", "Not being deleted, or nothing is in the way."
        });
        all.put(ReachableCondition.TYPE, new String[] {
            "Every node answers the operator, with the connection Secret.",
            "A node does not; the reason says where it ends. `Unknown`: probing is off.",
            "There is nothing to connect to yet, or nobody has tried."
        });
        return all;
    }

    /** The reasons that nobody has said what to do about. */
    static String[] withoutAdvice() {
        return Arrays.stream(ClusterReason.values())
                .filter(reason -> !ADVICE.containsKey(reason))
                .map(Enum::name)
                .toArray(String[]::new);
    }

    /** The reasons that make Stalled or DeletionBlocked True. */
    static List<ClusterReason> forPeople() {
        return ADVICE.entrySet().stream()
                .filter(reason -> reason.getValue().where().contains(STALLED)
                        || reason.getValue().where().contains("`DeletionBlocked` True"))
                .map(Map.Entry::getKey)
                .toList();
    }

    static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        CONDITIONS.forEach((type, says) -> page.append("| `%s` | %s | %s | %s |\n"
                .formatted(type, says[0], says[1].isEmpty() ? "never written" : says[1], says[2])));
        page.append(REASONS);
        for (ClusterReason reason : ClusterReason.values()) {
            Advice advice = ADVICE.getOrDefault(reason, new Advice("", ""));
            page.append("| `%s` | %s | %s | %s |\n"
                    .formatted(reason, advice.where(), reason.meaning().replace("<", "&lt;"), advice.toDo()));
        }
        page.append(REACHABLE);
        for (ProbeReason reason : ProbeReason.values()) {
            page.append("| `%s` | %s | %s |\n".formatted(reason, status(reason), reason.meaning()));
        }
        return page.toString();
    }

    private static String status(ProbeReason reason) {
        return switch (reason) {
            case Reachable -> "True";
            case ProbeOff -> "Unknown";
            case DnsFailed, NoRoute, ConnectTimedOut, ConnectRefused, TlsFailed, AuthFailed, NoAnswer, Protocol ->
                "False";
        };
    }
}
