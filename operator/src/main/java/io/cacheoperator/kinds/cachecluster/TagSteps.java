package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The steps that give the tags of the spec to a cache and to what was made for it. */
final class TagSteps {

    private static final String ADD = "AddTagsToResource";
    private static final String REMOVE = "RemoveTagsFromResource";

    private final PlanDraft draft;
    private final Sight sight;
    private final List<Change> made;

    /** @param made the changes to be made; others than of tags are passed over */
    TagSteps(PlanDraft draft, Sight sight, List<Change> made) {
        this.draft = draft;
        this.sight = sight;
        this.made = made;
    }

    /** What is to be set on one thing, and what is to be taken off. */
    private record Edits(Map<String, String> set, List<String> removed) {
        boolean isEmpty() {
            return set.isEmpty() && removed.isEmpty();
        }
    }

    private Edits edits(String label) {
        Map<String, String> set = new TreeMap<>();
        Set<String> removed = new TreeSet<>();
        for (Change change : made) {
            boolean here = change.field().startsWith(TagRows.TAG)
                    && change.field().equals(TagHolder.base(change.field()) + label);
            if (here) {
                String key = TagHolder.base(change.field()).substring(TagRows.TAG.length());
                if (change.takesAway()) {
                    removed.add(key);
                } else {
                    set.put(key, change.desired());
                }
            }
        }
        return new Edits(set, new ArrayList<>(removed));
    }

    /** EC2 takes tags at any time, and no client notices. */
    void ofSecurityGroup() {
        TagHolder.ownSecurityGroup(sight).ifPresent(group -> {
            Edits edits = edits(TagHolder.securityGroup(group.id()));
            if (!edits.set().isEmpty()) {
                ready(group, "CreateTags", edits.set(), Set.of(), sets(edits));
            }
            if (!edits.removed().isEmpty()) {
                ready(group, "DeleteTags", Map.of(), Set.copyOf(edits.removed()), removes(edits));
            }
        });
    }

    private void ready(
            SecurityGroupState group, String name, Map<String, String> set, Set<String> removed, String message) {
        draft.ready(
                new ClusterAction.TagSecurityGroup(group.vpcId(), group.name(), group.id(), set, removed),
                name,
                group.id(),
                Impact.NONE,
                message);
    }

    /** Only where live tags prove that the group is ours. */
    void ofParameterGroup() {
        if (!ParameterRows.usesOwnGroup(sight)) {
            return;
        }
        sight.observed().parameterGroup().found().ifPresent(group -> {
            Edits edits = edits(TagHolder.parameterGroup(group.name()));
            if (!edits.isEmpty() && ParameterGroupSteps.isOurs(draft, sight.observed(), group.name())) {
                add(group, edits);
            }
        });
    }

    private void add(ParameterGroupState group, Edits edits) {
        if (!edits.set().isEmpty()) {
            draft.ready(
                    new ClusterAction.AddTags(group.arn(), edits.set()), ADD, group.name(), Impact.NONE, sets(edits));
        }
        if (!edits.removed().isEmpty()) {
            draft.ready(
                    new ClusterAction.RemoveTags(group.arn(), edits.removed()),
                    REMOVE,
                    group.name(),
                    Impact.NONE,
                    removes(edits));
        }
    }

    /** Last of all, for they keep the cache busy for minutes. */
    void ofCache() {
        Edits edits = edits("");
        if (!edits.set().isEmpty()) {
            whenOurs(ADD, sets(edits), new ClusterAction.AddTags(sight.cache().arn(), edits.set()));
        }
        if (!edits.removed().isEmpty()) {
            whenOurs(
                    REMOVE,
                    removes(edits),
                    new ClusterAction.RemoveTags(sight.cache().arn(), edits.removed()));
        }
    }

    private void whenOurs(String name, String message, ClusterAction action) {
        String target = sight.cache().id();
        if (!sight.cache().settled()) {
            draft.later(name, target, Impact.IN_PLACE, "the cache to be available", message);
        } else if (sight.observed().ownership() instanceof Ownership.Ours) {
            draft.ready(action, name, target, Impact.IN_PLACE, message);
        } else {
            draft.read(sight.observed().tags());
        }
    }

    private static String sets(Edits edits) {
        return "sets tags " + String.join(", ", edits.set().keySet());
    }

    private static String removes(Edits edits) {
        return "removes tags " + String.join(", ", edits.removed());
    }
}
