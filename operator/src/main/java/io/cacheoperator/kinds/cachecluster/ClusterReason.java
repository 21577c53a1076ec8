package io.cacheoperator.kinds.cachecluster;

import io.cacheoperator.core.Reason;

/** Why a CacheCluster is as it is: the reason of its conditions and Events. A closed set. */
public enum ClusterReason implements Reason {
    /** Everything is as the spec says. */
    InSync("Everything in AWS and Kubernetes is as the spec says."),
    Creating("AWS is making the cache."),
    Modifying("A change is on its way, or AWS is changing the cache."),
    Deleting("The cache and what belongs to it are being removed."),
    Observing("AWS has not been asked yet, or did not answer. Nothing is written meanwhile."),
    OwnerUnknown("Whose the AWS resource is cannot be read while it is busy. The operator waits and writes nothing."),
    Paused("The annotation `cacheoperator.io/paused` is set: nothing is written to AWS, and a deletion waits."),
    UnsupportedChange(
            "The change is shown but not made by this version of the operator. Undo the edit, or make it in AWS."),
    ForbiddenChange("AWS cannot make this change on an existing cache. Undo the edit, or make a new cache."),
    ChangeReverted(
            "AWS took the change twice and the value is still the old one. It is not sent again until the spec is edited."),
    DriftDetected(
            "Something was changed in AWS. `driftPolicy: Correct` undoes it where it can be; `Report` leaves it."),
    SubnetsNotGiven(
            "Neither the spec nor the operator's defaults name subnets. Set one of `spec.network.subnetGroupName`, "
                    + "`subnetIds` or `subnetSelector`."),
    SubnetNotFound("A subnet, or the subnet group, that the spec names does not exist in this region."),
    SubnetsInvalid("The subnets lie in several VPCs, or too few of them."),
    AccessNotGiven("Neither the spec nor the operator's defaults say who may connect. Set `spec.network.allowFrom` or "
            + "`spec.network.securityGroupIds`; AWS would otherwise use the VPC's default security group."),
    ZonesInvalid("The zones that the spec asks for do not fit the shape or the subnets."),
    EngineVersionNotOffered("AWS does not offer this version of the engine in this region."),
    EngineFeatureMissing("This version of the engine cannot do what the spec asks for."),
    WindowsOverlap("The maintenance window and the snapshot window overlap, which AWS refuses."),
    ParameterInvalid("A parameter is unknown, cannot be set, or has a value outside its bounds."),
    TokenSecretMissing("The Secret with the AUTH token does not exist, or has not the key that the spec names."),
    TokenInvalid("The AUTH token is not one that AWS accepts: 16 to 128 characters of letters, digits and !&#$^<>-."),
    TokenLost("The cache has an AUTH token and the Secret that kept it is gone. AWS never gives a token back."),
    SecretNotOurs("A Secret of the name that the operator would write exists and belongs to somebody else."),
    SecretTypeConflict("The connection Secret exists with another type, which cannot be changed. Delete it."),
    SecretRefused("Kubernetes refuses to store a Secret of the operator: a quota, an admission policy, or its rights. "
            + "The message has its words."),
    ForeignOwner("The AWS resource belongs to another owner. Choose another `spec.id`, or take it over by annotation."),
    NotOwned("An AWS resource of this name exists and no operator made it. Choose another `spec.id`."),
    NotAllowed("The chart's `allow` list does not permit this namespace to do that."),
    DuplicateId("Another CacheCluster of this Kubernetes cluster has the same AWS id. Choose another `spec.id`."),
    CacheLost("The cache existed and is gone. It is not made again by itself, for it would be empty."),
    CreateFailed("AWS could not make the cache."),
    CacheFailed("AWS reports the cache as failed."),
    GlobalDatastoreMember("The cache is a member of a global datastore, which owns this field."),
    DeletionProtected("`spec.deletionProtection` is true: deletion is refused."),
    SnapshotFailed(
            "The snapshot that must precede the deletion failed, or is hours old by now, or AWS refuses to take it. The cache stays."),
    LeftBehind(
            "Something stays in AWS after the deletion: it is not ours, or the policy is `Retain`, or the CRD was deleted. "
                    + "An Event says what."),
    AwsError("AWS refused a call; the message has its words.");

    private final String meaning;

    ClusterReason(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
