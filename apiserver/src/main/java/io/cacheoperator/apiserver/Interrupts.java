package io.cacheoperator.apiserver;

/** Waiting that must be finished although this thread is asked to stop, as in {@code close()}. */
final class Interrupts {
    /** A step that waits. */
    @FunctionalInterface
    interface Wait {
        void run() throws InterruptedException;
    }

    private Interrupts() {}

    /** Runs the step until it is not interrupted, then restores the interrupt for the caller to see. */
    static void defer(Wait step) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    step.run();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
