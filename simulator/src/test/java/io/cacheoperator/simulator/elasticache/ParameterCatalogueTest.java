package io.cacheoperator.simulator.elasticache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.simulator.elasticache.ParameterCatalogue.ParameterDefinition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterCatalogueTest {
    @ParameterizedTest
    @EnumSource(Family.class)
    void everyDefaultIsAllowed(Family family) {
        assertThat(ParameterCatalogue.of(family))
                .isNotEmpty()
                .allSatisfy(parameter -> assertThat(
                                parameter.defaultValue().isEmpty() || parameter.allows(parameter.defaultValue()))
                        .as(parameter.name())
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "redis7, timeout, 0, true",
        "redis7, timeout, 19, false",
        "redis7, timeout, 20, true",
        "redis7, timeout, x, false",
        "redis7, slowlog-log-slower-than, -1, true",
        "redis7, maxmemory-policy, allkeys-lfu, true",
        "redis3.2, maxmemory-policy, allkeys-lfu, false",
        "redis6.x, databases, 10001, false",
        "redis5.0, databases, 1200000, true",
        "valkey8, list-max-listpack-size, -2, true",
        "valkey8, list-max-listpack-size, 0, false",
        "memcached1.6, chunk_size_growth_factor, 1.25, true",
        "memcached1.6, max_item_size, 1023, false"
    })
    void knowsTheAllowedValues(String family, String name, String value, boolean allowed) {
        ParameterDefinition parameter =
                ParameterCatalogue.find(Family.of(family), name).orElseThrow();
        assertThat(parameter.allows(value)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "redis6.x, hash-max-ziplist-entries, true",
        "redis7, hash-max-ziplist-entries, false",
        "redis7, hash-max-listpack-entries, true",
        "redis4.0, min-replicas-to-write, false",
        "valkey8, activerehashing, false",
        "memcached1.6, maxmemory-policy, false"
    })
    void renamedParametersBelongToTheirFamilies(String family, String name, boolean there) {
        assertThat(ParameterCatalogue.find(Family.of(family), name).isPresent()).isEqualTo(there);
    }
}
