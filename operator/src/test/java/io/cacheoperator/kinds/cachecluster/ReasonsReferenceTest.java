package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.crds.GeneratedFile;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonsReferenceTest {

    @Test
    void everyReasonSaysWhatToDo() {
        assertThat(ReasonsReference.withoutAdvice()).isEmpty();
    }

    @Test
    void everyConditionThatIsWrittenIsExplained() throws IllegalAccessException {
        List<String> written = new ArrayList<>();
        for (var field : ClusterConditions.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                written.add((String) field.get(null));
            }
        }
        assertThat(written).isNotEmpty().containsExactlyInAnyOrderElementsOf(ReasonsReference.CONDITIONS.keySet());
    }

    @Test
    void committedPageIsWhatTheCodeMakes() throws IOException {
        GeneratedFile.writeOrCompare(
                ReasonsReference.FILE, ReasonsReference.page(), "docs.write", "make docs-reference");
    }
}
