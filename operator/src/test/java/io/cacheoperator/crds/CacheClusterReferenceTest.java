package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CacheClusterReferenceTest {

    @Test
    void committedPageIsWhatTheCrdMakes() throws IOException {
        GeneratedFile.writeOrCompare(
                CacheClusterReference.FILE,
                CacheClusterReference.page(CacheClusterCrd.generate().schema()),
                "docs.write",
                "make docs-reference");
    }

    @Test
    void takesADescriptionApart() {
        assertThat(FieldText.of(
                        "TCP port. Default: 6379; memcached 11211. Immutable once the cache exists. Example: 6379"))
                .isEqualTo(new FieldText("TCP port.", "6379; memcached 11211", "no", "6379"));
        assertThat(FieldText.of("Version. Never goes down. Default: the newest. Example: \"8.1\""))
                .isEqualTo(new FieldText("Version. Never goes down.", "the newest", "yes", "\"8.1\""));
        assertThat(FieldText.of("Just text.")).isEqualTo(new FieldText("Just text.", "", "yes", ""));
    }
}
