package io.dermaga.history;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Times as the database has them: nanoseconds since 1970. */
final class Times {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Times() {}

    static long nanos(Instant at) {
        return at.getEpochSecond() * SECOND_NANOS + at.getNano();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(nanos, SECOND_NANOS), Math.floorMod(nanos, SECOND_NANOS));
    }
}
