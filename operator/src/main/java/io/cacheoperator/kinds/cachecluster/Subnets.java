package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.aws.SubnetState;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Where a new cache will live: from a subnet group that the user brings, from subnet ids, or from a selector. */
final class Subnets {

    /** AWS takes 20 subnets in a group. */
    private static final int MOST = 20;

    private Subnets() {}

    /** What came of looking. */
    sealed interface Search permits Search.Ask, Search.Wrong, Found {

        /** It cannot be said before this is answered. */
        record Ask(Query<?> query) implements Search {}

        record Wrong(Problem problem) implements Search {}
    }

    /**
     * Where it is.
     *
     * @param madeFrom the subnets that the group is made from; empty where the user brings the group
     */
    record Found(String vpcId, String groupName, Set<String> madeFrom, Set<String> zones) implements Search {}

    static Search find(CacheClusterSpec spec, ClusterSettings settings, ObservedCluster observed) {
        String given = spec.network().subnetGroupName();
        if (given != null) {
            return inGroup(given, observed);
        }
        Optional<SubnetSource> source = SubnetSource.of(spec, settings.defaults());
        if (source.isEmpty()) {
            return wrong(
                    ClusterReason.SubnetsNotGiven,
                    "spec.network.subnetIds",
                    "nothing says which subnets to use: set spec.network.subnetIds, subnetSelector or subnetGroupName");
        }
        return switch (observed.subnets().answer()) {
            case Observation.Unknown<List<SubnetState>> unknown -> ask(observed.subnets());
            case Observation.Absent<List<SubnetState>> absent -> notFound(source.get());
            case Observation.Present<List<SubnetState>> present -> among(present.state(), source.get(), observed);
        };
    }

    private static Search inGroup(String name, ObservedCluster observed) {
        return switch (observed.subnetGroup().answer()) {
            case Observation.Unknown<SubnetGroupState> unknown -> ask(observed.subnetGroup());
            case Observation.Absent<SubnetGroupState> absent
            when !observed.subnetGroup().isConfirmedAbsent() -> ask(observed.subnetGroup());
            case Observation.Absent<SubnetGroupState> absent ->
                wrong(
                        ClusterReason.SubnetNotFound,
                        "spec.network.subnetGroupName",
                        "there is no subnet group " + name + " in " + observed.region());
            case Observation.Present<SubnetGroupState> present ->
                new Found(present.state().vpcId(), present.state().name(), Set.of(), zones(present.state()));
        };
    }

    private static Search among(List<SubnetState> subnets, SubnetSource source, ObservedCluster observed) {
        Set<String> vpcs = subnets.stream().map(SubnetState::vpcId).collect(Collectors.toCollection(TreeSet::new));
        if (subnets.isEmpty()) {
            return notFound(source);
        }
        if (vpcs.size() > 1) {
            return wrong(
                    ClusterReason.SubnetsInvalid,
                    field(source),
                    "the subnets lie in several VPCs (" + String.join(", ", vpcs) + "): name subnets of one VPC");
        }
        if (subnets.size() > MOST) {
            return wrong(
                    ClusterReason.SubnetsInvalid,
                    field(source),
                    "these are " + subnets.size() + " subnets and AWS takes " + MOST + ": select fewer");
        }
        Set<String> ids = DesiredClusterFactory.ids(subnets);
        Set<String> zones =
                subnets.stream().map(SubnetState::availabilityZone).collect(Collectors.toCollection(TreeSet::new));
        return new Found(vpcs.iterator().next(), observed.names().subnetGroup(ids), ids, zones);
    }

    private static Search notFound(SubnetSource source) {
        String message = switch (source) {
            case SubnetSource.Ids(Set<String> ids) ->
                "not all of these subnets exist in this region: " + String.join(", ", new TreeSet<>(ids));
            case SubnetSource.Selector(NetworkSpec.SubnetSelector selector) -> "no subnet has " + described(selector);
        };
        return wrong(ClusterReason.SubnetNotFound, field(source), message);
    }

    private static String described(NetworkSpec.SubnetSelector selector) {
        List<String> parts = new ArrayList<>();
        Optional.ofNullable(selector.vpcId()).ifPresent(vpc -> parts.add("VPC " + vpc));
        selector.tags().forEach((key, value) -> parts.add("tag " + key + "=" + value));
        return String.join(" and ", parts);
    }

    private static String field(SubnetSource source) {
        return switch (source) {
            case SubnetSource.Ids ids -> "spec.network.subnetIds";
            case SubnetSource.Selector selector -> "spec.network.subnetSelector";
        };
    }

    private static Set<String> zones(SubnetGroupState group) {
        return group.subnets().stream()
                .map(SubnetGroupState.Subnet::availabilityZone)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Search ask(Fact<?> fact) {
        return fact.query().<Search>map(Search.Ask::new).orElseThrow();
    }

    private static Search wrong(ClusterReason reason, String field, String message) {
        return new Search.Wrong(Problem.userMustAct(reason, field, message));
    }
}
