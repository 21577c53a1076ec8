package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SecurityGroupState;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Failure.Retry;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Ownership;
import io.cacheoperator.core.Problem;
import io.cacheoperator.kinds.cachecluster.ObservedCluster.OwnParameterGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The steps after a cache is gone: its parameter groups, its security group, and the subnet group that it shared, if it was
 * the last in it. AWS lets go of them only minutes after the cache; the steps are tried again until it does.
 */
final class CleanupSteps {

    private static final Duration NEXT_LOOK = Duration.ofSeconds(15);

    private final PlanDraft draft;
    private final CacheCluster cr;
    private final ObservedCluster observed;
    private final boolean securityGroupMade;

    /** @param in what tells whether a security group may have been made, where EC2 may not be asked */
    CleanupSteps(PlanDraft draft, CacheCluster cr, ClusterInputs in) {
        this.draft = draft;
        this.cr = cr;
        this.observed = in.observed();
        this.securityGroupMade = SecurityGroupTrace.of(cr, in.settings().defaults());
    }

    /** @return whether nothing of ours is left */
    boolean plan(Instant now) {
        boolean inTheDark =
                observed.group().found().isPresent() && observed.members().isUnknown();
        if (inTheDark) {
            draft.read(observed.members());
            return false;
        }
        boolean parameterGroups = true;
        for (OwnParameterGroup group : observed.ownParameterGroups()) {
            parameterGroups &= parameterGroup(group);
        }
        boolean securityGroups = securityGroups();
        boolean subnetGroup = subnetGroup(now);
        return parameterGroups && securityGroups && subnetGroup;
    }

    private boolean parameterGroup(OwnParameterGroup own) {
        switch (own.group().answer()) {
            case Observation.Unknown<ParameterGroupState> unknown -> draft.read(own.group());
            case Observation.Absent<ParameterGroupState> absent -> {
                if (own.group().isConfirmedAbsent() || !likely(own.name())) {
                    return true;
                }
                draft.read(own.group());
            }
            case Observation.Present<ParameterGroupState> present -> {
                if (inUse(cache -> cache.parameterGroup().stream(), own.name())) {
                    leaveInUse("parameter group " + own.name());
                    return true;
                }
                return ours(
                        own.tags(),
                        observed.names().owner().tagValue(),
                        "parameter group " + own.name(),
                        () -> draft.ready(
                                new ClusterAction.DeleteParameterGroup(own.name()),
                                "DeleteCacheParameterGroup",
                                own.name(),
                                Impact.NONE,
                                "deletes the cache's parameter group"));
            }
        }
        return false;
    }

    /** Bulk absence is believed of families that the cluster has hardly used; of the likely one it is confirmed. */
    private boolean likely(String name) {
        return !cr.getSpec().parameters().isEmpty()
                && observed.parameterGroup()
                        .query()
                        .equals(Optional.of(new Queries.ParameterGroup(observed.region(), name)));
    }

    private boolean securityGroups() {
        switch (observed.ownedSecurityGroups().answer()) {
            case Observation.Unknown<List<SecurityGroupState>> unknown -> {
                if (unknown.refusal().isPresent() && !securityGroupMade) {
                    return true;
                }
                draft.read(observed.ownedSecurityGroups());
            }
            case Observation.Absent<List<SecurityGroupState>> absent -> {
                return true;
            }
            case Observation.Present<List<SecurityGroupState>> present -> {
                boolean none = true;
                for (SecurityGroupState group : present.state()) {
                    none &= securityGroup(group);
                }
                return none;
            }
        }
        return false;
    }

    private boolean securityGroup(SecurityGroupState group) {
        Ownership ownership = Owners.of(group.tags(), observed.names().owner().tagValue());
        boolean made = group.name().equals(observed.names().securityGroup());
        if (!(ownership instanceof Ownership.Ours) || !made) {
            leave("security group " + group.name() + " (" + group.id() + ") was not made by the operator");
            return true;
        }
        if (inUse(cache -> cache.securityGroups().stream(), group.id())) {
            leaveInUse("security group " + group.name() + " (" + group.id() + ")");
            return true;
        }
        draft.ready(
                new ClusterAction.DeleteSecurityGroup(group.vpcId(), group.name(), group.id()),
                "DeleteSecurityGroup",
                group.id(),
                Impact.NONE,
                "deletes the cache's security group");
        return false;
    }

    private boolean subnetGroup(Instant now) {
        if (cr.getSpec().network().subnetGroupName() != null) {
            return true;
        }
        if (observed.subnetGroup().query().isEmpty()) {
            boolean nameable =
                    observed.subnets().query().isPresent() && observed.subnets().isUnknown();
            if (nameable) {
                draft.read(observed.subnets());
            }
            return !nameable;
        }
        switch (observed.subnetGroup().answer()) {
            case Observation.Unknown<SubnetGroupState> unknown -> draft.read(observed.subnetGroup());
            case Observation.Absent<SubnetGroupState> absent -> {
                return true;
            }
            case Observation.Present<SubnetGroupState> present -> {
                return !ClusterNames.isSharedSubnetGroup(present.state().name()) || lastUser(present.state(), now);
            }
        }
        return false;
    }

    /**
     * Leaves the group to others only by an answer in which the cache itself is no longer: of two caches that go together, one
     * answer at least was had after both were gone, and its reader deletes the group. A bulk read may still list what is gone.
     */
    private boolean lastUser(SubnetGroupState group, Instant now) {
        Fact<List<String>> users = observed.subnetGroupUsers();
        if (!(users.answer() instanceof Observation.Present<List<String>> present)) {
            draft.read(users);
            return users.isAbsent() && deleteSubnetGroup(group);
        }
        if (present.state().isEmpty()) {
            return deleteSubnetGroup(group);
        }
        if (present.source() == Observation.Source.BULK) {
            draft.read(users);
            return false;
        }
        if (present.state().stream().noneMatch(this::isOurMember)) {
            return true;
        }
        if (present.asOf().isBefore(goneSince(now))
                || !present.asOf().plus(NEXT_LOOK).isAfter(now)) {
            draft.read(users);
            return false;
        }
        draft.wakeAt(now.plus(NEXT_LOOK));
        draft.running(
                "DeleteCacheSubnetGroup",
                group.name(),
                "the cache's nodes to be gone",
                "AWS still shows nodes of the cache in the subnet group");
        return false;
    }

    /** When it was last seen that the cache is gone. */
    private Instant goneSince(Instant now) {
        return observed.existence().answer() instanceof Observation.Absent<?>(Instant asOf, Observation.Source source)
                ? asOf
                : now;
    }

    /** A cache that exists still is somebody else's, or nothing would be cleaned up yet. */
    private boolean isOurMember(String cacheClusterId) {
        if (observed.cache().isPresent()) {
            return false;
        }
        String id = observed.names().cacheId();
        return cacheClusterId.equals(id) || cacheClusterId.matches(Pattern.quote(id) + "(-[0-9]{4})?-[0-9]{3}");
    }

    private boolean deleteSubnetGroup(SubnetGroupState group) {
        return ours(
                observed.subnetGroupTags(),
                observed.names().sharedOwner(),
                "subnet group " + group.name(),
                () -> draft.ready(
                        new ClusterAction.DeleteSubnetGroup(group.name()),
                        "DeleteCacheSubnetGroup",
                        group.name(),
                        Impact.NONE,
                        "deletes the subnet group, for this cache was the last in it"));
    }

    /** Plans the delete of what is proven ours, asks where nothing is proven, and leaves what is not ours. */
    private boolean ours(Fact<Map<String, String>> tags, String owner, String what, Runnable delete) {
        switch (Owners.proven(tags, owner)) {
            case Ownership.Ours ours -> delete.run();
            case Ownership.OwnerUnknown unknown -> draft.read(tags);
            case Ownership.Foreign(String other) -> {
                leave(what + " belongs to " + other);
                return true;
            }
            case Ownership.Nobody nobody -> {
                leave(what + " carries no owner tag");
                return true;
            }
        }
        return false;
    }

    /** By the cache that bears our id and is not ours any more: AWS would refuse for as long as it lives. */
    private boolean inUse(Function<ExistingCache, Stream<String>> parts, String name) {
        return observed.cache().stream().flatMap(parts).anyMatch(name::equals);
    }

    private void leaveInUse(String what) {
        leave(what + " is in use by " + observed.names().cacheId() + ", which is not this CacheCluster's,");
    }

    private void leave(String why) {
        draft.problem(new Problem(
                ClusterReason.LeftBehind, Retry.SLOWLY, Optional.empty(), why + " and is left as it is in AWS"));
    }
}
