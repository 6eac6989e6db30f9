package io.dermaga.engine.monitor;

import java.time.Instant;

/** Wall-clock time of a moment that was noted as {@link System#nanoTime()}. */
public final class WallClock {

    private WallClock() {}

    public static Instant at(long nanoTime) {
        return Instant.now().minusNanos(System.nanoTime() - nanoTime);
    }
}
