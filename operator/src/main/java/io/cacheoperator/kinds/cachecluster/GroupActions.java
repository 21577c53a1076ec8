package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.ParameterGroupState;
import io.cacheoperator.aws.Queries;
import io.cacheoperator.aws.SubnetGroupState;
import io.cacheoperator.core.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Writes to subnet groups, which clusters share, and to parameter groups, which they do not. */
final class GroupActions {

    private final AwsWrites aws;

    GroupActions(AwsWrites aws) {
        this.aws = aws;
    }

    Outcome create(ClusterAction.CreateSubnetGroup action) {
        Queries.SubnetGroup query = subnetGroup(action.name());
        return aws.settle(
                aws.elastiCache()
                        .createSubnetGroup(action.name(), action.description(), action.subnetIds(), action.tags()),
                group -> {
                    aws.sightings().present(query, group);
                    aws.sightings().present(new Queries.Tags(aws.region(), group.arn()), action.tags());
                },
                query);
    }

    /** Shared by the clusters of one Kubernetes cluster: its tag names no single one of them. */
    Outcome delete(ClusterAction.DeleteSubnetGroup action) {
        Queries.SubnetGroup query = subnetGroup(action.name());
        Optional<String> arn = aws.view().get(query).found().map(SubnetGroupState::arn);
        return aws.ifOwned(
                arn,
                action.name(),
                aws.owner().clusterName(),
                () -> aws.settleDelete(
                        aws.elastiCache().deleteSubnetGroup(action.name()),
                        gone -> aws.sightings().absent(query),
                        query,
                        new Queries.SubnetGroupUsers(aws.region(), action.name())));
    }

    Outcome create(ClusterAction.CreateParameterGroup action) {
        Queries.ParameterGroup query = parameterGroup(action.name());
        return aws.settle(
                aws.elastiCache()
                        .createParameterGroup(action.name(), action.family(), action.description(), action.tags()),
                group -> {
                    aws.sightings().present(query, group);
                    aws.sightings().present(new Queries.Tags(aws.region(), group.arn()), action.tags());
                    aws.sightings().present(values(action.name()), Map.of());
                },
                query,
                values(action.name()));
    }

    Outcome modify(ClusterAction.ModifyParameters action) {
        return ifOurParameterGroup(
                action.groupName(),
                () -> aws.settle(
                        aws.elastiCache().modifyParameters(action.groupName(), action.values()),
                        done -> edited(action.groupName(), values -> {
                            values.putAll(action.values());
                            return values;
                        }),
                        values(action.groupName())));
    }

    Outcome reset(ClusterAction.ResetParameters action) {
        return ifOurParameterGroup(
                action.groupName(),
                () -> aws.settle(
                        aws.elastiCache().resetParameters(action.groupName(), action.names()),
                        done -> edited(action.groupName(), values -> {
                            values.keySet().removeAll(action.names());
                            return values;
                        }),
                        values(action.groupName())));
    }

    Outcome delete(ClusterAction.DeleteParameterGroup action) {
        return ifOurParameterGroup(
                action.name(),
                () -> aws.settleDelete(
                        aws.elastiCache().deleteParameterGroup(action.name()),
                        gone -> aws.sightings().absent(parameterGroup(action.name())),
                        parameterGroup(action.name())));
    }

    private void edited(String group, UnaryOperator<Map<String, String>> edit) {
        aws.view()
                .get(values(group))
                .found()
                .ifPresentOrElse(
                        known -> aws.sightings().present(values(group), edit.apply(new HashMap<>(known))),
                        () -> aws.sightings().stale(values(group)));
    }

    private Outcome ifOurParameterGroup(String name, Supplier<Outcome> call) {
        Optional<String> arn = aws.view().get(parameterGroup(name)).found().map(ParameterGroupState::arn);
        return aws.ifOwned(arn, name, aws.owner().tagValue(), call);
    }

    private Queries.SubnetGroup subnetGroup(String name) {
        return new Queries.SubnetGroup(aws.region(), name);
    }

    private Queries.ParameterGroup parameterGroup(String name) {
        return new Queries.ParameterGroup(aws.region(), name);
    }

    private Queries.UserParameters values(String name) {
        return new Queries.UserParameters(aws.region(), name);
    }
}
