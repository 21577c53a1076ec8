package io.cacheoperator.kinds.cachecluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheoperator.crds.GeneratedFile;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
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
        written.add(ReachableCondition.TYPE);
        assertThat(written)
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(ReasonsReference.CONDITIONS.keySet());
    }

    /** At night people look there first. */
    @Test
    void troubleshootingNamesEveryReasonThatOnlyAPersonCanMend() throws IOException {
        String page = Files.readString(GeneratedFile.root().resolve("docs/troubleshooting.md"));
        assertThat(ReasonsReference.forPeople())
                .hasSizeGreaterThan(20)
                .allSatisfy(reason -> assertThat(page).contains("`" + reason + "`"));
    }

    @Test
    void committedPageIsWhatTheCodeMakes() throws IOException {
        GeneratedFile.writeOrCompare(
                ReasonsReference.FILE, ReasonsReference.page(), "docs.write", "make docs-reference");
    }
}
