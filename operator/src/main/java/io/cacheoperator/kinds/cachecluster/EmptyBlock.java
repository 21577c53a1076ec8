package io.cacheoperator.kinds.cachecluster;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jackson's filter that leaves out blocks which were not given: equal to null and to every block's NONE. */
final class EmptyBlock {

    private static final Set<Object> NONE = Set.of(
            NetworkSpec.NONE,
            EncryptionSpec.NONE,
            AuthSpec.NONE,
            MaintenanceSpec.NONE,
            SnapshotsSpec.NONE,
            ConnectionSecretSpec.NONE);

    @Override
    public boolean equals(@Nullable Object value) {
        return value == null || NONE.contains(value);
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
