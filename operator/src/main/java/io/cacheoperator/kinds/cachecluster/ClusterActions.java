package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.aws.AwsRegions;
import io.cacheoperator.core.Outcome;
import io.cacheoperator.core.Sightings;
import io.cacheoperator.core.View;
import java.util.function.Supplier;

/** The only place from which a cluster is written to AWS: one action, one call, ownership proven before it. */
final class ClusterActions {

    private final AwsRegions regions;
    private final Supplier<View> view;
    private final Sightings sightings;
    private final ClusterSecrets secrets;
    private final SentCreates creates;

    ClusterActions(
            AwsRegions regions, Supplier<View> view, Sightings sightings, ClusterSecrets secrets, SentCreates creates) {
        this.regions = regions;
        this.view = view;
        this.sightings = sightings;
        this.secrets = secrets;
        this.creates = creates;
    }

    Outcome execute(CacheCluster cr, ClusterInputs inputs, ClusterAction action) {
        return switch (action) {
            case ClusterAction.CreateGroup create -> creates.sending(uid(cr), () -> send(create, inputs));
            case ClusterAction.CreateMemcached create -> creates.sending(uid(cr), () -> send(create, inputs));
            case ClusterAction.AwsAction sent -> send(sent, inputs);
            case ClusterAction.WriteTokenSecret token -> secrets.write(cr, token);
            case ClusterAction.KeepTokenHash hash -> secrets.write(cr, hash);
            case ClusterAction.DeleteConnectionSecret left -> secrets.delete(cr, left);
            case ClusterAction.DeleteTokenSecret token -> secrets.delete(cr, token);
            case ClusterAction.WriteConnectionSecret connection -> secrets.write(cr, connection);
            case ClusterAction.AdoptSecrets adopt -> secrets.adopt(cr, adopt);
            case ClusterAction.ReleaseSecrets release -> secrets.release(cr, release);
            case ClusterAction.Await await -> throw new IllegalStateException("there is nothing to send: " + await);
            case ClusterAction.Unsupported unsupported ->
                throw new IllegalStateException("a refused step was ready: " + unsupported);
        };
    }

    private static String uid(CacheCluster cr) {
        return cr.getMetadata().getUid();
    }

    private Outcome send(ClusterAction.AwsAction action, ClusterInputs inputs) {
        AwsWrites aws = new AwsWrites(regions, inputs.observed().region(), inputs.owner(), view.get(), sightings);
        CacheActions cache = new CacheActions(aws);
        GroupActions groups = new GroupActions(aws);
        SecurityGroupActions securityGroups = new SecurityGroupActions(aws);
        return switch (action) {
            case ClusterAction.CreateSecurityGroup a -> securityGroups.create(a);
            case ClusterAction.AuthorizeIngress a -> securityGroups.authorize(a);
            case ClusterAction.RevokeIngress a -> securityGroups.revoke(a);
            case ClusterAction.DescribeIngress a -> securityGroups.describe(a);
            case ClusterAction.TagSecurityGroup a -> securityGroups.tag(a);
            case ClusterAction.DeleteSecurityGroup a -> securityGroups.delete(a);
            case ClusterAction.CreateSubnetGroup a -> groups.create(a);
            case ClusterAction.DeleteSubnetGroup a -> groups.delete(a);
            case ClusterAction.CreateParameterGroup a -> groups.create(a);
            case ClusterAction.ModifyParameters a -> groups.modify(a);
            case ClusterAction.ResetParameters a -> groups.reset(a);
            case ClusterAction.DeleteParameterGroup a -> groups.delete(a);
            case ClusterAction.CreateGroup a -> cache.create(a);
            case ClusterAction.ModifyGroup a -> cache.modify(a);
            case ClusterAction.DeleteGroup a -> cache.delete(a);
            case ClusterAction.DeleteFailedGroup a -> cache.delete(a);
            case ClusterAction.CreateMemcached a -> cache.create(a);
            case ClusterAction.ModifyMemcached a -> cache.modify(a);
            case ClusterAction.DeleteMemcached a -> cache.delete(a);
            case ClusterAction.TakeSnapshot a -> cache.snapshot(a);
            case ClusterAction.AddTags a -> cache.addTags(a, inputs.owner().tagValue());
            case ClusterAction.RemoveTags a ->
                cache.removeTags(a, inputs.owner().tagValue());
            case ClusterAction.TakeOver a -> cache.takeOver(a);
        };
    }
}
