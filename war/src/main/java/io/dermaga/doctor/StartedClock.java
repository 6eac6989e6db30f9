package io.dermaga.doctor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;

/** How far the wall clock has gone away from the one that only counts, since the start. */
@ApplicationScoped
public class StartedClock {

    private static final Duration MOST = Duration.ofSeconds(1);

    private final Instant startedAt = Instant.now();
    private final long started = System.nanoTime();

    /** Begins with the application. */
    void open(@Observes @Initialized(ApplicationScoped.class) Object application) {
        look();
    }

    /** Whether it was set, and how far. */
    Finding look() {
        Duration wall = Duration.between(startedAt, Instant.now());
        Duration moved = wall.minusNanos(System.nanoTime() - started);
        return Finding.of(
                Check.CLOCK,
                moved.abs().compareTo(MOST) <= 0,
                Verdict.NOTICE,
                "%+d ms".formatted(moved.toMillis()));
    }
}
