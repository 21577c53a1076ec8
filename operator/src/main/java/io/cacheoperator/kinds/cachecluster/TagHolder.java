package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.core.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A thing in AWS that carries the tags of one cluster: the cache, and the groups that the operator made for it alone. The
 * subnet group is shared and carries none of them.
 *
 * @param label what tells its tags from the cache's; empty for the cache
 * @param live its tags, where a call or our own write showed them
 * @param hint its tags by the bulk answer, which lags
 */
record TagHolder(String label, Fact<Map<String, String>> live, Fact<Map<String, String>> hint) {

    /** All that exist as far as anyone knows. */
    static List<TagHolder> of(Sight sight) {
        ObservedCluster observed = sight.observed();
        List<TagHolder> holders = new ArrayList<>();
        holders.add(new TagHolder("", observed.tags(), observed.tagHint()));
        ownSecurityGroup(sight)
                .ifPresent(group -> holders.add(new TagHolder(
                        securityGroup(group.id()), tagsOf(observed.securityGroup()), Fact.unasked("shown with it"))));
        if (ParameterRows.usesOwnGroup(sight)) {
            observed.parameterGroup()
                    .found()
                    .ifPresent(group -> holders.add(new TagHolder(
                            parameterGroup(group.name()),
                            observed.parameterGroupTags(),
                            observed.parameterGroupTagHint())));
        }
        return holders;
    }

    static Optional<SecurityGroupState> ownSecurityGroup(Sight sight) {
        return sight.observed()
                .securityGroup()
                .found()
                .filter(group -> Owners.areOurs(
                        group.tags(), sight.observed().names().owner().tagValue()));
    }

    static String securityGroup(String id) {
        return " of security group " + id;
    }

    static String parameterGroup(String name) {
        return " of parameter group " + name;
    }

    /** The label of what has this ARN in ElastiCache. */
    static String labelOf(String arn) {
        return isParameterGroup(arn) ? parameterGroup(arn.substring(arn.lastIndexOf(':') + 1)) : "";
    }

    /** The field of the spec, whatever carries the tag. */
    static String base(String field) {
        int end = Math.max(field.lastIndexOf(" of security group "), field.lastIndexOf(" of parameter group "));
        return end < 0 || !field.startsWith(TagRows.TAG) ? field : field.substring(0, end);
    }

    static boolean isParameterGroup(String arn) {
        return arn.contains(":parametergroup:");
    }

    private static Fact<Map<String, String>> tagsOf(Fact<SecurityGroupState> group) {
        return new Fact<>(
                Optional.empty(),
                switch (group.answer()) {
                    case Observation.Unknown<SecurityGroupState> unknown -> Observation.unknown(unknown.why());
                    case Observation.Absent<SecurityGroupState> absent ->
                        new Observation.Absent<>(absent.asOf(), absent.source());
                    case Observation.Present<SecurityGroupState> present ->
                        new Observation.Present<>(present.state().tags(), present.asOf(), present.source());
                });
    }

    /** Live tags where they are known, else what the bulk answer hints at. */
    Optional<Map<String, String>> actual() {
        return live.found().or(hint::found);
    }

    /** The spec field that a tag of it belongs to. */
    String field(String key) {
        return TagRows.TAG + key + label;
    }
}
