package io.cacheoperator.core;

import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Keeps what a line of the log says of whose it is. Where JOSDK is handed an event, it puts the event's resource into the thread's
 * context for as long as it takes and then clears it, whosever it was before: a pass that wakes another resource would go on
 * without a name.
 */
public final class LogContext {

    private LogContext() {}

    /** Runs what may hand JOSDK an event, or have it handle one, on this thread. */
    public static <T> T kept(Supplier<T> work) {
        Map<String, String> context = MDC.getCopyOfContextMap();
        try {
            return work.get();
        } finally {
            MDC.setContextMap(context == null ? Map.of() : context);
        }
    }

    /** As {@link #kept(Supplier)}. */
    public static void kept(Runnable work) {
        kept(() -> {
            work.run();
            return true;
        });
    }
}
