package io.dermaga.engine.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Wall-clock time of a moment that was noted as {@link System#nanoTime()}. Moments keep their order
 * and a moment its time, unless somebody sets the clock of the machine.
 */
public final class WallClock {

    private static final Duration MOST_DIFFERENCE = Duration.ofMillis(20);

    /** Between two looks at the clock that count as one. */
    private static final long MOST_APART_NANOS = 1_000_000;

    private static final int TRIES = 10;

    /** One moment on both clocks. */
    record Anchor(Instant instant, long nanos) {

        /**
         * Looks at both clocks.
         *
         * @return null if the thread was held up in between each time, and so knows nothing
         */
        static @Nullable Anchor of(Supplier<Instant> wall, LongSupplier nanos) {
            for (int i = 0; i < TRIES; i++) {
                long before = nanos.getAsLong();
                Instant instant = wall.get();
                long apart = nanos.getAsLong() - before;
                if (apart <= MOST_APART_NANOS) {
                    return new Anchor(instant, before + apart / 2);
                }
            }
            return null;
        }

        static @Nullable Anchor now() {
            return of(Instant::now, System::nanoTime);
        }

        static Anchor first() {
            Anchor now = now();
            return now != null ? now : new Anchor(Instant.now(), System.nanoTime());
        }

        Instant at(long nanoTime) {
            return instant.plusNanos(nanoTime - nanos);
        }
    }

    private static volatile Anchor anchor = Anchor.first();

    private WallClock() {}

    public static Instant at(long nanoTime) {
        return anchor().at(nanoTime);
    }

    /** The kept one, or another if somebody has set the clock. */
    private static Anchor anchor() {
        Anchor kept = anchor;
        Anchor now = Anchor.now();
        if (now == null || !differ(kept, now)) {
            return kept;
        }
        anchor = now;
        return now;
    }

    private static boolean differ(Anchor kept, Anchor now) {
        Duration difference = Duration.between(kept.at(now.nanos()), now.instant());
        return difference.abs().compareTo(MOST_DIFFERENCE) > 0;
    }

    /** The other way: {@link System#nanoTime()} of a moment, also of one before this process. */
    public static long nanosOf(Instant instant) {
        Anchor now = anchor();
        return now.nanos() + Duration.between(now.instant(), instant).toNanos();
    }
}
