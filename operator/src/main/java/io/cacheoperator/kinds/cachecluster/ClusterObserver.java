package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.EngineVersionState;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.SnapshotState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.aws.SubnetState;
import io.cacheoperator.core.Owner;
import io.cacheoperator.core.Query;
import io.cacheoperator.core.View;
import io.cacheoperator.kinds.cachecluster.NetworkSpec.SubnetSelector;
import io.cacheoperator.kinds.cachecluster.ObservedCluster.OwnParameterGroup;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Freezes what the view knows of one cluster. Reads nothing: what is missing becomes reads of the plan. */
public final class ClusterObserver {

    private final CacheCluster cr;
    private final ClusterSettings settings;
    private final ClusterNames names;
    private final String region;
    private final View view;

    private ClusterObserver(CacheCluster cr, ClusterSettings settings, View view) {
        this.cr = cr;
        this.settings = settings;
        this.names = ClusterNames.of(owner(cr, settings), cr.getSpec());
        this.region = settings.regionOf(cr.getSpec());
        this.view = view;
    }

    /** The owner that the tags of this cluster's resources name. */
    public static Owner owner(CacheCluster cr, ClusterSettings settings) {
        return new Owner(
                settings.clusterName(),
                cr.getMetadata().getNamespace(),
                cr.getMetadata().getName());
    }

    public static ObservedCluster observe(CacheCluster cr, ClusterSettings settings, View view) {
        return new ClusterObserver(cr, settings, view).observe();
    }

    /** The questions whose changed answers must wake this cluster: all that {@link #observe} puts. */
    public static Set<Query<?>> interests(CacheCluster cr, ClusterSettings settings, View view) {
        ObservedCluster o = observe(cr, settings, view);
        Stream<Fact<?>> facts = Stream.of(
                o.group(),
                o.members(),
                o.memcached(),
                o.tags(),
                o.tagHint(),
                o.subnetGroup(),
                o.subnetGroupTags(),
                o.subnetGroupUsers(),
                o.subnets(),
                o.securityGroup(),
                o.ownedSecurityGroups(),
                o.parameterGroup(),
                o.parameterGroupTags(),
                o.parameterGroupTagHint(),
                o.userParameters(),
                o.familyParameters(),
                o.engineVersions(),
                o.finalSnapshot());
        Set<Query<?>> queries = new LinkedHashSet<>();
        facts.forEach(fact -> fact.query().ifPresent(queries::add));
        o.ownParameterGroups().forEach(own -> own.group().query().ifPresent(queries::add));
        return queries;
    }

    private ObservedCluster observe() {
        boolean replicated = cr.getSpec().engine().replicated();
        boolean deleting = cr.getMetadata().getDeletionTimestamp() != null;
        Fact<ReplicationGroupState> group = replicated
                ? Fact.of(new Queries.ReplicationGroup(region, names.cacheId()), view)
                : Fact.unasked("memcached has no replication group");
        Fact<List<CacheClusterState>> members = replicated
                ? Fact.of(new Queries.Members(region, names.cacheId()), view)
                : Fact.unasked("memcached has no replication group");
        Fact<CacheClusterState> memcached = replicated
                ? Fact.unasked("only memcached is a plain cache cluster")
                : Fact.of(new Queries.CacheCluster(region, names.cacheId()), view);
        Optional<ExistingCache> cache = ObservedCluster.cacheOf(group, members, memcached);
        Optional<String> arn = cache.map(ExistingCache::arn);
        Fact<List<SubnetState>> subnets = subnets(cache);
        Fact<SubnetGroupState> subnetGroup = subnetGroup(cache, subnets);
        Fact<List<EngineVersionState>> versions =
                Fact.of(new Queries.EngineVersions(region, cr.getSpec().engine().wireName()), view);
        Optional<String> family = EngineFamilies.family(cr.getSpec(), cache, versions.found());
        Optional<String> ownGroup = cache.flatMap(ExistingCache::parameterGroup)
                .filter(names::isOwnParameterGroup)
                .or(() -> family.map(names::parameterGroup));
        Fact<ParameterGroupState> parameterGroup = asked(ownGroup.map(n -> new Queries.ParameterGroup(region, n)));
        return new ObservedCluster(
                region,
                names,
                group,
                members,
                memcached,
                asked(arn.map(a -> new Queries.Tags(region, a))),
                asked(arn.map(a -> new Queries.TagHint(region, a))),
                subnetGroup,
                asked(subnetGroup.found().map(g -> new Queries.Tags(region, g.arn()))),
                asked(subnetGroup.found().map(g -> new Queries.SubnetGroupUsers(region, g.name()))),
                subnets,
                SecurityGroupTrace.of(cr, settings.defaults())
                        ? asked(vpc(subnetGroup, subnets)
                                .map(vpc -> new Queries.SecurityGroupByName(region, vpc, names.securityGroup())))
                        : Fact.unasked("no rule was ever asked for"),
                deleting
                        ? Fact.of(
                                new Queries.OwnedSecurityGroups(
                                        region, names.owner().tagValue()),
                                view)
                        : Fact.unasked("asked for a deletion only"),
                parameterGroup,
                asked(parameterGroup.found().map(g -> new Queries.Tags(region, g.arn()))),
                asked(parameterGroup.found().map(g -> new Queries.TagHint(region, g.arn()))),
                asked(parameterGroup.found().map(g -> new Queries.UserParameters(region, g.name()))),
                asked(family.map(f -> new Queries.FamilyParameters(region, f))),
                versions,
                deleting ? ownParameterGroups(versions, ownGroup) : List.of(),
                deleting ? finalSnapshot() : Fact.unasked("asked for a deletion only"),
                asked(cache.map(
                        c -> new Queries.Events(region, replicated ? "replication-group" : "cache-cluster", c.id()))));
    }

    private <T> Fact<T> asked(Optional<? extends Query<T>> query) {
        return query.map(q -> Fact.of((Query<T>) q, view))
                .orElseGet(() -> Fact.unasked("what it depends on is not known yet"));
    }

    private Fact<List<SubnetState>> subnets(Optional<ExistingCache> cache) {
        NetworkSpec network = cr.getSpec().network();
        if (network.subnetGroupName() != null
                || cache.flatMap(ExistingCache::subnetGroup).isPresent()) {
            return Fact.unasked("the subnet group is known");
        }
        return asked(SubnetSource.of(cr.getSpec(), settings.defaults()).map(source -> switch (source) {
            case SubnetSource.Ids(Set<String> ids) -> new Queries.SubnetsById(region, ids);
            case SubnetSource.Selector(SubnetSelector selector) ->
                new Queries.SubnetsBySelector(region, Optional.ofNullable(selector.vpcId()), selector.tags());
        }));
    }

    private Fact<SubnetGroupState> subnetGroup(Optional<ExistingCache> cache, Fact<List<SubnetState>> subnets) {
        boolean deleting = cr.getMetadata().getDeletionTimestamp() != null;
        Optional<String> name = cache.flatMap(ExistingCache::subnetGroup)
                .or(() -> Optional.ofNullable(cr.getSpec().network().subnetGroupName()))
                .or(() -> deleting ? recordedSubnetGroup() : Optional.empty())
                .or(() -> subnetIds(subnets).map(names::subnetGroup));
        return asked(name.map(n -> new Queries.SubnetGroup(region, n)));
    }

    private Optional<Set<String>> subnetIds(Fact<List<SubnetState>> subnets) {
        Optional<Set<String>> given = SubnetSource.of(cr.getSpec(), settings.defaults())
                .flatMap(source ->
                        source instanceof SubnetSource.Ids(Set<String> ids) ? Optional.of(ids) : Optional.empty());
        return given.or(() -> subnets.found()
                .map(found -> found.stream().map(SubnetState::id).collect(Collectors.toCollection(TreeSet::new)))
                .filter(found -> !found.isEmpty())
                .map(found -> (Set<String>) found));
    }

    /** A selector may find other subnets by now; status tells which group was used. */
    private Optional<String> recordedSubnetGroup() {
        return Optional.ofNullable(cr.getStatus())
                .flatMap(status -> Optional.ofNullable(status.resources()))
                .flatMap(resources -> Optional.ofNullable(resources.subnetGroupName()));
    }

    private static Optional<String> vpc(Fact<SubnetGroupState> group, Fact<List<SubnetState>> subnets) {
        return group.found()
                .map(SubnetGroupState::vpcId)
                .or(() -> subnets.found()
                        .flatMap(found -> found.stream().findFirst())
                        .map(SubnetState::vpcId));
    }

    private List<OwnParameterGroup> ownParameterGroups(
            Fact<List<EngineVersionState>> versions, Optional<String> ownGroup) {
        Set<String> candidates = new TreeSet<>();
        ownGroup.ifPresent(candidates::add);
        EngineFamilies.known(cr.getSpec().engine(), versions.found())
                .forEach(family -> candidates.add(names.parameterGroup(family)));
        return candidates.stream().map(this::ownParameterGroup).toList();
    }

    private OwnParameterGroup ownParameterGroup(String name) {
        Fact<ParameterGroupState> group = Fact.of(new Queries.ParameterGroup(region, name), view);
        return new OwnParameterGroup(name, group, asked(group.found().map(g -> new Queries.Tags(region, g.arn()))));
    }

    private Fact<SnapshotState> finalSnapshot() {
        String deletion = cr.getMetadata().getUid() + "/" + cr.getMetadata().getDeletionTimestamp();
        return Fact.of(new Queries.Snapshot(region, names.finalSnapshot(deletion)), view);
    }
}
