package io.cacheoperator.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started so far, to be stopped in the reverse order even where stopping one of them fails. */
final class Started implements AutoCloseable {
    private final Deque<Runnable> stops = new ArrayDeque<>();

    /** Remembers how the thing that was started last is stopped. */
    void onClose(Runnable stop) {
        stops.push(stop);
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!stops.isEmpty()) {
            try {
                stops.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
