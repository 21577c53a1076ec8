package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SecurityGroupState.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operator wrote to AWS and still stands there: what makes it possible to take out in AWS what was taken out of
 * the spec. An entry stays until AWS has it no longer; where AWS could not be asked, all of them stay.
 */
final class AppliedValues {

    private final CacheCluster cr;
    private final ClusterInputs in;
    private final AppliedStatus before;

    private AppliedValues(CacheCluster cr, ClusterInputs in, AppliedStatus before) {
        this.cr = cr;
        this.in = in;
        this.before = before;
    }

    static AppliedStatus of(CacheCluster cr, ClusterInputs in, ExistingCache cache) {
        AppliedStatus before = Optional.ofNullable(cr.getStatus())
                .flatMap(status -> Optional.ofNullable(status.applied()))
                .orElse(new AppliedStatus(List.of(), List.of(), List.of(), List.of(), List.of()));
        return new AppliedValues(cr, in, before).of(cache);
    }

    private AppliedStatus of(ExistingCache cache) {
        return new AppliedStatus(
                standing(
                        before.tagKeys(),
                        wantedTags(),
                        in.observed().tags().found().map(tags -> tags.keySet())),
                ruleIds(),
                standing(
                        before.securityGroupIds(),
                        cr.getSpec().network().securityGroupIds(),
                        cache.speaker().map(speaker -> securityGroups(speaker))),
                standing(
                        before.parameters(),
                        cr.getSpec().parameters().keySet(),
                        in.observed().userParameters().found().map(values -> values.keySet())),
                fields());
    }

    /** What was or should be written, as far as it is there. */
    private static List<String> standing(
            Collection<String> before, Collection<String> wanted, Optional<? extends Collection<String>> actual) {
        return actual.map(there -> {
                    Set<String> all = new TreeSet<>(before);
                    all.addAll(wanted);
                    all.retainAll(new HashSet<>(there));
                    return List.copyOf(all);
                })
                .orElseGet(() -> List.copyOf(before));
    }

    /** Not the chart's: its edits change no running cache. */
    private Set<String> wantedTags() {
        return cr.getSpec().tags().keySet();
    }

    /** Rules in the group of ours that let in who should be let in. */
    private List<String> ruleIds() {
        List<SecurityGroupState.IngressRule> wanted =
                IngressRules.of(cr.getSpec().network().allowFrom(), DesiredClusterFactory.port(cr.getSpec()));
        return in.observed()
                .securityGroup()
                .found()
                .map(SecurityGroupState::ingress)
                .map(rules -> rules.stream()
                        .filter(rule -> before.ruleIds().contains(rule.id())
                                || wanted.stream()
                                        .anyMatch(w ->
                                                w.source().equals(rule.rule().source())))
                        .map(Rule::id)
                        .sorted()
                        .toList())
                .orElse(before.ruleIds());
    }

    private static List<String> securityGroups(CacheClusterState speaker) {
        return speaker.securityGroups().stream()
                .map(CacheClusterState.SecurityGroupMembership::id)
                .toList();
    }

    /** Scalars whose removal from the spec means something to AWS. */
    private List<String> fields() {
        Set<String> fields = new TreeSet<>(before.fields());
        if (cr.getSpec().maintenance().notificationTopicArn() != null) {
            fields.add("maintenance.notificationTopicArn");
        }
        return new ArrayList<>(fields);
    }
}
