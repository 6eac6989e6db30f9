package io.dermaga.engine.monitor;

import java.time.Duration;
import java.time.Instant;

/**
 * Wall-clock time of a moment that was noted as {@link System#nanoTime()}. Moments keep their order
 * and a moment its time, unless somebody sets the clock of the machine.
 */
public final class WallClock {

    private static final Duration MOST_DIFFERENCE = Duration.ofMillis(20);

    /** One moment on both clocks. */
    private record Anchor(Instant instant, long nanos) {

        static Anchor now() {
            return new Anchor(Instant.now(), System.nanoTime());
        }

        Instant at(long nanoTime) {
            return instant.plusNanos(nanoTime - nanos);
        }
    }

    private static volatile Anchor anchor = Anchor.now();

    private WallClock() {}

    public static Instant at(long nanoTime) {
        Anchor now = Anchor.now();
        Anchor kept = anchor;
        Duration difference = Duration.between(kept.at(now.nanos()), now.instant());
        if (difference.abs().compareTo(MOST_DIFFERENCE) > 0) {
            kept = now;
            anchor = now;
        }
        return kept.at(nanoTime);
    }

    /** The other way: {@link System#nanoTime()} of a moment, also of one before this process. */
    public static long nanosOf(Instant instant) {
        Anchor now = Anchor.now();
        return now.nanos() + Duration.between(now.instant(), instant).toNanos();
    }
}
