package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AuthToken;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.core.Observation;
import io.cacheoperator.core.Plan;
import io.cacheoperator.core.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans the way to a cache that does not exist yet: what it needs in the order in which it needs it, then the cache. What
 * is there already is taken as it is where it is right, so that a way broken off half-way is gone on with.
 */
final class CreatePlanner {

    private final CacheCluster cr;
    private final ClusterInputs in;
    private final ObservedCluster observed;
    private final PlanDraft draft = new PlanDraft();

    private CreatePlanner(CacheCluster cr, ClusterInputs in) {
        this.cr = cr;
        this.in = in;
        this.observed = in.observed();
    }

    static Plan<ClusterAction> plan(CacheCluster cr, ClusterInputs in) {
        return new CreatePlanner(cr, in).plan();
    }

    private Plan<ClusterAction> plan() {
        CacheClusterSpec spec = cr.getSpec();
        Optional<Subnets.Found> subnets = subnets(spec);
        askForOffers(spec);
        Tokens.Search token = token(spec);
        if (draft.asks()) {
            return draft.build();
        }
        ClusterChecks.beforeCreate(spec, in, subnets).forEach(draft::problem);
        if (draft.hasProblems() || subnets.isEmpty()) {
            return draft.build();
        }
        steps(DesiredClusterFactory.of(cr, in, subnets.get()), token);
        return draft.build();
    }

    private Optional<Subnets.Found> subnets(CacheClusterSpec spec) {
        return switch (Subnets.find(spec, in.settings(), observed)) {
            case Subnets.Found found -> Optional.of(found);
            case Subnets.Search.Ask(var query) -> {
                draft.read(query);
                yield Optional.empty();
            }
            case Subnets.Search.Wrong(Problem problem) -> {
                draft.problem(problem);
                yield Optional.empty();
            }
        };
    }

    /** What is offered is asked only where the spec says something that could not be. */
    private void askForOffers(CacheClusterSpec spec) {
        boolean versioned = spec.engineVersion() != null || !spec.parameters().isEmpty();
        if (versioned && observed.engineVersions().isUnknown()) {
            draft.read(observed.engineVersions());
        }
        if (!spec.parameters().isEmpty() && observed.familyParameters().isUnknown()) {
            draft.read(observed.familyParameters());
        }
    }

    private Tokens.Search token(CacheClusterSpec spec) {
        boolean wanted =
                DesiredClusterFactory.security(spec, in.settings().defaults()).auth() == AuthType.TOKEN;
        Tokens.Search search = wanted ? Tokens.find(spec, in, false) : new Tokens.Search.NotNeeded();
        if (search instanceof Tokens.Search.Wrong(Problem problem)) {
            draft.problem(problem);
        }
        return search;
    }

    private void steps(DesiredCluster wanted, Tokens.Search token) {
        ConnectionSteps.adopt(draft, in);
        boolean adopted = !draft.hasSteps();
        Optional<List<String>> groups = securityGroups(wanted);
        boolean subnetGroup = subnetGroup(wanted);
        boolean parameters = parameters(wanted);
        boolean tokenKept = keepToken(token);
        if (draft.hasProblems()) {
            return;
        }
        String operation = CreateRequests.operation(wanted.engine());
        String message = "makes a " + wanted.engine().wireName() + " cache on " + wanted.nodeType();
        if (adopted && groups.isPresent() && subnetGroup && parameters && tokenKept) {
            draft.ready(
                    CreateRequests.create(wanted, groups.get(), known(token)),
                    operation,
                    wanted.id(),
                    Impact.NONE,
                    message);
        } else {
            draft.later(operation, wanted.id(), Impact.NONE, "the steps before it", message);
        }
        draft.later(
                ConnectionSteps.NAME,
                observed.names().connectionSecret(),
                Impact.NONE,
                "the cache to be available",
                "writes what clients need to connect");
    }

    /** Empty until the operator's own group is complete: no cache is ever made that lets in less, or more, than asked. */
    private Optional<List<String>> securityGroups(DesiredCluster wanted) {
        List<String> ids = new ArrayList<>();
        if (!wanted.network().rules().isEmpty()) {
            Map<String, String> tags = DesiredClusterFactory.subResourceTags(cr, in);
            Optional<String> own = SecurityGroupSteps.make(
                    draft, observed, wanted.network().vpcId(), wanted.network().rules(), tags);
            if (own.isEmpty()) {
                return Optional.empty();
            }
            ids.add(own.get());
        }
        wanted.network().securityGroupIds().stream()
                .filter(id -> !ids.contains(id))
                .forEach(ids::add);
        return Optional.of(List.copyOf(ids));
    }

    /** A group of that name with those subnets serves, whoever made it: using it changes nothing in it. */
    private boolean subnetGroup(DesiredCluster wanted) {
        String name = wanted.network().subnetGroup();
        if (wanted.network().subnetIds().isEmpty()) {
            return true;
        }
        switch (observed.subnetGroup().answer()) {
            case Observation.Unknown<SubnetGroupState> unknown -> draft.read(observed.subnetGroup());
            case Observation.Absent<SubnetGroupState> absent ->
                draft.ready(
                        new ClusterAction.CreateSubnetGroup(
                                name,
                                "Shared by the caches of Kubernetes cluster "
                                        + in.owner().clusterName() + " in the same subnets",
                                wanted.network().subnetIds(),
                                DesiredClusterFactory.sharedTags(observed)),
                        "CreateCacheSubnetGroup",
                        name,
                        Impact.NONE,
                        "makes the subnet group of "
                                + wanted.network().subnetIds().size() + " subnets");
            case Observation.Present<SubnetGroupState> present -> {
                if (DesiredClusterFactory.ids(present.state())
                        .equals(wanted.network().subnetIds())) {
                    return true;
                }
                draft.problem(
                        ClusterReason.SubnetsInvalid,
                        "spec.network.subnetGroupName",
                        "subnet group " + name + " was changed in AWS and has other subnets now: give it back its "
                                + "subnets, or bring a group of your own in spec.network.subnetGroupName");
            }
        }
        return false;
    }

    private boolean parameters(DesiredCluster wanted) {
        Optional<String> family = wanted.parameters().family();
        Optional<String> group = wanted.parameters().group();
        if (family.isEmpty() || group.isEmpty()) {
            return true;
        }
        return ParameterGroupSteps.make(
                draft,
                observed,
                group.get(),
                family.get(),
                wanted.parameters().values(),
                DesiredClusterFactory.subResourceTags(cr, in));
    }

    /** A token is kept in Kubernetes before it is sent to AWS, which never gives one back. */
    private boolean keepToken(Tokens.Search token) {
        switch (token) {
            case Tokens.Search.Generate(String secretName) -> {
                draft.ready(
                        new ClusterAction.WriteTokenSecret(secretName, in.freshToken()),
                        "WriteTokenSecret",
                        secretName,
                        Impact.NONE,
                        "keeps a new AUTH token");
                return false;
            }
            case Tokens.Search.Unheard(String secretName) -> {
                draft.later(
                        "WriteTokenSecret", secretName, Impact.NONE, "the Secret to be read", "needs the AUTH token");
                return false;
            }
            case Tokens.Search.Found(AuthToken found) -> {
                return recorded(found);
            }
            case Tokens.Search.Changed changed -> {
                return false;
            }
            case Tokens.Search.NotNeeded notNeeded -> {
                return true;
            }
            case Tokens.Search.Wrong wrong -> {
                return false;
            }
        }
    }

    /** Once the cache has it, only this tells a change of the Secret from the token that AWS was given. */
    private boolean recorded(AuthToken token) {
        Optional<TokenHash> applied = Tokens.applied(in);
        boolean brought = cr.getSpec().auth().tokenSecret().isPresent();
        boolean right = applied.map(hash -> hash.matches(token)).orElse(!brought);
        if (right || !Tokens.canKeep(in)) {
            return true;
        }
        Tokens.keepHash(draft, cr, in, token);
        return false;
    }

    private static Optional<AuthToken> known(Tokens.Search token) {
        return token instanceof Tokens.Search.Found(AuthToken found) ? Optional.of(found) : Optional.empty();
    }
}
