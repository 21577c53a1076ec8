package io.cacheoperator.kinds.cachecluster;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is wanted of one cache. A component that is null was not given; blocks and collections are never null. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CacheClusterSpec(
        Engine engine,
        @Nullable String engineVersion,
        String nodeType,
        @Nullable String description,
        @Nullable String id,
        @Nullable String region,
        @Nullable ClusterMode clusterMode,
        @Nullable Integer shards,
        @Nullable Integer replicasPerShard,
        @Nullable Boolean multiAz,
        @Nullable Boolean automaticFailover,
        List<String> availabilityZones,
        @Nullable Boolean dataTiering,
        @Nullable Integer nodes,
        @Nullable Boolean crossAz,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        NetworkSpec network,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        EncryptionSpec encryption,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        AuthSpec auth,

        Map<String, IntOrString> parameters,
        @Nullable String parameterGroupName,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        MaintenanceSpec maintenance,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        SnapshotsSpec snapshots,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = EmptyBlock.class)
        ConnectionSecretSpec connectionSecret,

        @Nullable DeletionPolicy deletionPolicy,
        @Nullable Boolean deletionProtection,
        @Nullable DriftPolicy driftPolicy,
        Map<String, String> tags) {

    public CacheClusterSpec {
        availabilityZones = Given.orEmpty(availabilityZones);
        network = network == null ? NetworkSpec.NONE : network;
        encryption = encryption == null ? EncryptionSpec.NONE : encryption;
        auth = auth == null ? AuthSpec.NONE : auth;
        parameters = Given.orEmpty(parameters);
        maintenance = maintenance == null ? MaintenanceSpec.NONE : maintenance;
        snapshots = snapshots == null ? SnapshotsSpec.NONE : snapshots;
        connectionSecret = connectionSecret == null ? ConnectionSecretSpec.NONE : connectionSecret;
        tags = Given.orEmpty(tags);
    }
}
