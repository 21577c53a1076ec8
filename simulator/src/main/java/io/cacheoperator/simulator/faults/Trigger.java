package io.cacheoperator.simulator.faults;

/** Which of the calls in its scope a fault hits. */
public sealed interface Trigger {
    /** Every call. */
    record Always() implements Trigger {}

    /** Calls at random, from a seeded source: the same calls in every run that makes the same calls. */
    record Rate(double probability) implements Trigger {
        public Rate {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("a rate is between 0 and 1: " + probability);
            }
        }
    }

    /** The n-th, the 2n-th and so on. */
    record EveryNth(int n) implements Trigger {
        public EveryNth {
            if (n < 1) {
                throw new IllegalArgumentException("every n-th call: n is at least 1: " + n);
            }
        }
    }

    /** The next so many calls, then none any more. */
    record Next(int count) implements Trigger {}

    static Trigger always() {
        return new Always();
    }

    static Trigger rate(double probability) {
        return new Rate(probability);
    }

    static Trigger everyNth(int n) {
        return new EveryNth(n);
    }

    static Trigger next(int count) {
        return new Next(count);
    }
}
