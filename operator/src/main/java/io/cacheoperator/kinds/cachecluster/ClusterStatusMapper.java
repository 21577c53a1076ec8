package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Condition;
import io.cacheoperator.core.Kind.StepFailure;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import io.cacheoperator.core.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says how a cluster is. A pure function of its arguments: what is not known now keeps what the previous status said, and
 * nothing volatile gets in, so that an unchanged cluster has an unchanged status.
 */
final class ClusterStatusMapper {

    private final CacheCluster cr;
    private final ClusterInputs in;
    private final ClusterVerdict verdict;
    private final CacheClusterStatusBuilder status;

    private ClusterStatusMapper(CacheCluster cr, ClusterInputs in, ClusterVerdict verdict) {
        this.cr = cr;
        this.in = in;
        this.verdict = verdict;
        this.status = previous(cr).toBuilder();
    }

    static CacheClusterStatus status(
            CacheCluster cr, ClusterInputs in, Plan<ClusterAction> plan, Optional<StepFailure> last, Instant now) {
        ClusterVerdict verdict = ClusterVerdict.of(cr, in, plan, last);
        ClusterStatusMapper mapper = new ClusterStatusMapper(cr, in, verdict);
        if (!verdict.blind()) {
            mapper.observed();
        }
        return mapper.concluded(now);
    }

    private static CacheClusterStatus previous(CacheCluster cr) {
        CacheClusterStatus status = cr.getStatus();
        return status == null ? CacheClusterStatus.builder().build() : status;
    }

    private CacheClusterStatus concluded(Instant now) {
        long generation = cr.getMetadata().getGeneration();
        List<DriftEntry> drift = drift();
        return status.observedGeneration(generation)
                .drift(drift)
                .attempts(attempts().shown())
                .phase(phase())
                .summary(emptyToNull(verdict.summary()))
                .driftCount(drift.size())
                .plan(plan())
                .conditions(conditions(drift, generation, now))
                .build();
    }

    /** Where nobody can see the cache, it is what it was. */
    private Phase phase() {
        Phase before = previous(cr).phase();
        boolean unseen = verdict.blind() && verdict.cache().isEmpty() && !verdict.deleting();
        return unseen && before != null ? before : verdict.phase();
    }

    /** Those of fields that AWS still has not; none is left of a cache that goes. */
    private Attempts attempts() {
        if (verdict.deleting() || (verdict.cache().isEmpty() && !verdict.blind())) {
            return Attempts.NONE;
        }
        Attempts open = verdict.blind()
                ? in.attempts()
                : verdict.cache().map(this::open).orElse(in.attempts());
        for (Problem problem : verdict.plan().problems()) {
            if (problem.reason() == ClusterReason.ChangeReverted) {
                open = open.saying(problem.field().orElse(""), problem.message());
            }
        }
        return open;
    }

    /** Whether a change of the cache itself was taken shows once the cache is settled. */
    private Attempts open(ExistingCache cache) {
        Set<String> differing =
                ClusterDiff.of(cr, in, cache).stream().map(Change::field).collect(Collectors.toSet());
        boolean all = cache.settled();
        return in.attempts()
                .without(field -> !differing.contains(field)
                        && (all || !ImmediateBundle.fields().contains(field)));
    }

    private List<DriftEntry> drift() {
        return verdict.blind()
                ? previous(cr).drift()
                : verdict.cache().map(cache -> ClusterDiff.drift(cr, in, cache)).orElse(List.of());
    }

    private List<Condition> conditions(List<DriftEntry> drift, long generation, Instant now) {
        List<Condition> before = previous(cr).conditions();
        return Stream.concat(
                        ClusterConditions.of(verdict, drift, before, generation, now).stream(),
                        ReachableCondition.of(in.reachability(), verdict, before, generation, now).stream())
                .toList();
    }

    /** The server keeps no empty text: one in a status would be written for ever. */
    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private @Nullable PlanStatus plan() {
        List<PlanStatus.Step> steps =
                verdict.plan().steps().stream().map(ClusterStatusMapper::step).toList();
        return steps.isEmpty() ? null : new PlanStatus(null, steps);
    }

    private static PlanStatus.Step step(Step<ClusterAction> step) {
        return new PlanStatus.Step(
                step.name(),
                step.target(),
                step.impact().name(),
                step.state().name(),
                step.waitingFor().orElse(null),
                step.message());
    }

    private void observed() {
        status.region(in.observed().region());
        Triggers.handled(cr).ifPresent(status::lastHandled);
        resources();
        finalSnapshot();
        verdict.cache().ifPresent(this::cache);
        boolean gone = verdict.cache().isEmpty()
                && (in.observed().group().isAbsent()
                        || in.observed().memcached().isAbsent());
        if (gone) {
            status.endpoint(null).endpoints(null).effective(null).network(null).arn(null);
        }
        boolean bound = verdict.secretWritten();
        status.binding(
                bound ? new CacheClusterStatus.Binding(in.observed().names().connectionSecret()) : null);
    }

    /** While AWS is making a cache it shows a part of it and then another: a status for each would be a write for each. */
    private void cache(ExistingCache cache) {
        status.id(cache.id()).arn(cache.arn());
        if (verdict.creating()) {
            return;
        }
        cache.engineVersion().ifPresent(status::engineVersion);
        shape(cache);
        status.endpoint(cache.endpoint().map(Endpoint::toString).orElse(null));
        status.endpoints(ObservedEndpoints.of(cache).orElse(null));
        network(cache);
        EffectiveValues.of(cr, in, cache).ifPresent(status::effective);
        status.applied(AppliedValues.of(cr, in, cache));
        cache.group().ifPresent(this::auth);
    }

    private void shape(ExistingCache cache) {
        if (cache.shards() == 0) {
            // AWS lists no shards of a group that it is making.
            status.shards(null).replicas(null).nodes(null).shape(null);
        } else if (cache.group().isPresent()) {
            status.shards(cache.shards())
                    .replicas(cache.replicasPerShard())
                    .nodes(null)
                    .shape(cache.shards() + "x" + cache.replicasPerShard());
        } else {
            int nodes = cache.members().getFirst().numCacheNodes();
            status.nodes(nodes).shards(null).replicas(null).shape(Integer.toString(nodes));
        }
    }

    private void network(ExistingCache cache) {
        cache.speaker()
                .ifPresent(speaker -> status.network(new NetworkStatus(
                        in.observed()
                                .subnetGroup()
                                .found()
                                .map(SubnetGroupState::vpcId)
                                .orElseGet(this::vpcBefore),
                        speaker.securityGroups().stream()
                                .map(group -> new NetworkStatus.SecurityGroup(group.id(), group.status()))
                                .toList(),
                        speaker.subnetGroupName().orElse(null))));
    }

    private @Nullable String vpcBefore() {
        NetworkStatus before = previous(cr).network();
        return before == null ? null : before.vpcId();
    }

    private void auth(ReplicationGroupState group) {
        status.auth(new AuthStatus(
                group.authTokenEnabled() ? AuthType.TOKEN : AuthType.NONE,
                null,
                group.authTokenEnabled()
                        ? group.authTokenLastModified()
                                .map(at -> at.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(null)
                        : null));
    }

    /** The ones that the operator made for this cluster, and the shared subnet group. */
    private void resources() {
        ObservedCluster observed = in.observed();
        ResourcesStatus before =
                Optional.ofNullable(previous(cr).resources()).orElse(new ResourcesStatus(null, null, null));
        ResourcesStatus now = new ResourcesStatus(
                known(observed.securityGroup(), SecurityGroupState::id, before.securityGroupId()),
                known(
                        observed.subnetGroup(),
                        group -> ClusterNames.isSharedSubnetGroup(group.name()) ? group.name() : null,
                        before.subnetGroupName()),
                known(
                        observed.parameterGroup(),
                        group -> ours(group) ? group.name() : null,
                        before.parameterGroupName()));
        status.resources(now.equals(new ResourcesStatus(null, null, null)) ? null : now);
    }

    private boolean ours(ParameterGroupState group) {
        return in.observed().names().isOwnParameterGroup(group.name());
    }

    private static <T> @Nullable String known(
            Fact<T> fact, Function<T, @Nullable String> name, @Nullable String before) {
        if (fact.isUnknown()) {
            return before;
        }
        T found = fact.found().orElse(null);
        return found == null ? null : name.apply(found);
    }

    private void finalSnapshot() {
        in.observed()
                .finalSnapshot()
                .found()
                .ifPresent(snapshot -> status.lastSnapshot(new CacheClusterStatus.LastSnapshot(
                        snapshot.name(),
                        snapshot.createTime()
                                .map(at -> at.truncatedTo(ChronoUnit.SECONDS))
                                .orElse(null))));
    }
}
