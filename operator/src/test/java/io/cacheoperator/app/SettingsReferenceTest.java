package io.cacheoperator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.crds.GeneratedFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {

    @Test
    void everyKeyIsDocumented() {
        Set<String> keys = new TreeSet<>(SettingsReference.keys(OperatorConfig.class, ""));
        // Set by programs that run the operator inside them, never by the file.
        keys.remove("http.loopbackOnly");
        assertThat(SettingsReference.documentedKeys()).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void everyVariableThatIsReadIsDocumented() {
        Set<String> asked = new TreeSet<>();
        HashMap<String, String> environment = new HashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public @Nullable String get(@Nullable Object name) {
                asked.add(String.valueOf(name));
                return super.get(name);
            }
        };
        OperatorConfig read = new ConfigReader(environment).read();
        assertThat(read.http()).isEqualTo(OperatorConfig.DEFAULT.http());
        Set<String> documented = new TreeSet<>(SettingsReference.documentedVariables());
        documented.addAll(Set.of("CACHE_OPERATOR_CONFIG", "AWS_REGION", "AWS_DEFAULT_REGION"));
        assertThat(asked).containsExactlyElementsOf(documented);
    }

    @Test
    void committedPageIsWhatTheCodeMakes() throws IOException {
        GeneratedFile.writeOrCompare(
                SettingsReference.FILE, SettingsReference.page(), "docs.write", "make docs-reference");
    }
}
