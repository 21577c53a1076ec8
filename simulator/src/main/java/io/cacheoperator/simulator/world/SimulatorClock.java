package io.cacheoperator.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time of the simulated world. It runs at a multiple of real time (0: it stands still), and can always be put forward by hand.
 * It never goes back.
 */
public final class SimulatorClock implements InstantSource {
    private final InstantSource real;
    private final double scale;
    private final Instant realStart;
    private final Instant start;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Duration advanced = Duration.ZERO;

    private SimulatorClock(InstantSource real, Instant start, double scale) {
        this.real = real;
        this.realStart = real.instant();
        this.start = start;
        this.scale = scale;
    }

    /** Stands still until advanced. */
    public static SimulatorClock manual(Instant start) {
        return new SimulatorClock(InstantSource.fixed(start), start, 0);
    }

    /** Starts at the real time and runs at {@code scale} times its speed. 1 is real time. */
    public static SimulatorClock scaled(double scale) {
        return scaled(scale, InstantSource.system());
    }

    /** As {@link #scaled(double)}, against a given notion of real time. */
    public static SimulatorClock scaled(double scale, InstantSource real) {
        if (!(scale >= 0)) {
            throw new IllegalArgumentException("time scale must not be negative: " + scale);
        }
        return new SimulatorClock(real, real.instant(), scale);
    }

    @Override
    public synchronized Instant instant() {
        Duration elapsed = Duration.between(realStart, real.instant());
        return start.plusNanos(Math.max(0, (long) (elapsed.toNanos() * scale))).plus(advanced);
    }

    /** Puts the clock forward, and tells those who wait for it. */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("the clock does not go back: " + duration);
        }
        synchronized (this) {
            advanced = advanced.plus(duration);
        }
        listeners.forEach(Runnable::run);
    }

    /** How many simulated seconds pass in a real one; 0 for a clock that is only advanced by hand. */
    public double scale() {
        return scale;
    }

    /** Called after each {@link #advance}. */
    public void onAdvance(Runnable listener) {
        listeners.add(listener);
    }
}
