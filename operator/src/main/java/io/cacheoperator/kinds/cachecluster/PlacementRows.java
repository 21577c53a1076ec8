package io.cacheoperator.kinds.cachecluster;

import static io.cacheoperator.kinds.cachecluster.FieldRow.EXACTLY;
import static io.cacheoperator.kinds.cachecluster.FieldRow.IGNORING_CASE;
import static io.cacheoperator.kinds.cachecluster.FieldRow.forbidden;
import static io.cacheoperator.kinds.cachecluster.FieldRow.group;
import static io.cacheoperator.kinds.cachecluster.FieldRow.member;
import static io.cacheoperator.kinds.cachecluster.FieldRow.row;
import static io.cacheoperator.kinds.cachecluster.FieldRow.text;
import static io.cacheoperator.kinds.cachecluster.FieldRow.unsupported;

import io.cacheoperator.aws.CacheClusterState;
import io.cacheoperator.aws.Endpoint;
import io.cacheoperator.aws.ReplicationGroupState;
import io.cacheoperator.core.Impact;
import io.cacheoperator.kinds.cachecluster.FieldRow.Takes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Where the cache is, how it is encrypted and who may log in: for the most part decided once and for all. */
final class PlacementRows {

    private static final String TOKEN = "Token";
    private static final String NO_AUTH = "None";

    static final List<FieldRow> ALL = List.of(
            row(
                    "spec.network.subnetGroupName",
                    s -> text(s.network().subnetGroupName()),
                    sight -> sight.cache().subnetGroup(),
                    IGNORING_CASE,
                    forbidden()),
            row(
                    "spec.network.subnetIds",
                    s -> ids(s.network().subnetIds()),
                    PlacementRows::subnets,
                    EXACTLY,
                    unsupported(Impact.IN_PLACE)),
            row(
                    "spec.network.port",
                    s -> text(s.network().port()),
                    sight -> sight.cache().endpoint().map(Endpoint::port).map(String::valueOf),
                    EXACTLY,
                    forbidden()),
            row(
                    "spec.network.networkType",
                    s -> text(s.network().networkType()).map(FieldRow::lower),
                    member(CacheClusterState::networkType),
                    IGNORING_CASE,
                    forbidden()),
            // More encrypted than asked is no difference.
            row(
                    "spec.encryption.atRest",
                    s -> text(s.encryption().atRest()),
                    group(g -> Optional.of(String.valueOf(g.atRestEncryption()))),
                    (wanted, has) -> has.equals("true"),
                    forbidden()),
            row(
                    "spec.encryption.kmsKeyId",
                    s -> text(s.encryption().kmsKeyId()),
                    group(ReplicationGroupState::kmsKeyId),
                    PlacementRows::sameKey,
                    forbidden()),
            row(
                    "spec.encryption.inTransit",
                    s -> text(s.encryption().inTransit()).map(FieldRow::lower),
                    PlacementRows::transit,
                    EXACTLY,
                    (sight, wanted, has) -> wanted.equals("disabled")
                                    || has.equals("required")
                                    || sight.group().isEmpty()
                            ? Takes.FORBIDDEN
                            : Takes.unsupported(Impact.BRIEF)),
            row(
                    "spec.auth.type",
                    s -> Optional.ofNullable(s.auth().type()).map(type -> type == AuthType.NONE ? NO_AUTH : TOKEN),
                    group(g -> Optional.of(g.authTokenEnabled() ? TOKEN : NO_AUTH)),
                    EXACTLY,
                    (sight, wanted, has) ->
                            wanted.equals(NO_AUTH) ? Takes.FORBIDDEN : Takes.unsupported(Impact.BRIEF)));

    private PlacementRows() {}

    private static Optional<String> ids(Collection<String> ids) {
        return Optional.of(String.join(", ", new TreeSet<>(ids))).filter(text -> !text.isEmpty());
    }

    /** Of the group that the operator made from them, which several caches may share. */
    private static Optional<String> subnets(Sight sight) {
        return sight.observed()
                .subnetGroup()
                .found()
                .filter(group -> ClusterNames.isSharedSubnetGroup(group.name()))
                .flatMap(group -> ids(DesiredClusterFactory.ids(group)));
    }

    /** AWS answers with the key's ARN; an id and an alias cannot be compared with it, and the key is immutable anyway. */
    private static boolean sameKey(String wanted, String has) {
        return !wanted.startsWith("arn:") || wanted.contains(":alias/") || wanted.equals(has);
    }

    private static Optional<String> transit(Sight sight) {
        return sight.group()
                .map(g -> g.transitEncryption() ? g.transitEncryptionMode().orElse("required") : "disabled")
                .or(() -> sight.speaker().map(c -> c.transitEncryption() ? "required" : "disabled"));
    }
}
