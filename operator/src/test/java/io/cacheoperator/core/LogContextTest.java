package io.cacheoperator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LogContextTest {

    private static final Map<String, String> OURS = Map.of("resource.name", "sessions");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    /** As JOSDK does when it is told to wake another resource. */
    private static boolean anothers() {
        MDC.put("resource.name", "another");
        MDC.remove("resource.name");
        return true;
    }

    @Test
    void isAsItWasAfterAnotherResourceWasWoken() {
        MDC.setContextMap(OURS);

        assertThat(LogContext.kept(LogContextTest::anothers)).isTrue();

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(OURS);
    }

    @Test
    void isAsItWasAfterAFailure() {
        MDC.setContextMap(OURS);

        assertThatThrownBy(() -> LogContext.kept((Runnable) () -> {
                    MDC.clear();
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");

        assertThat(MDC.getCopyOfContextMap()).isEqualTo(OURS);
    }

    @Test
    void staysEmptyWhereThereWasNone() {
        LogContext.kept(() -> MDC.put("resource.name", "another"));

        assertThat(MDC.get("resource.name")).isNull();
    }
}
