package io.dermaga.health;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Looks once a second, however often somebody asks who need not log in. It keeps what was found and
 * nothing of the adapter, whose class loader would stay. Thread-safe.
 */
final class RecentChecks {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Found(List<Check> checks, long nanos) {}

    private final Map<String, Found> found = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    /**
     * @param clock nanoseconds
     */
    RecentChecks(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * @param question one of a few
     * @param look at what is asked for
     */
    List<Check> of(String question, Supplier<List<Check>> look) {
        return found.compute(
                        question,
                        (same, known) -> {
                            long now = clock.getAsLong();
                            return known != null && now - known.nanos() < MOST_NANOS
                                    ? known
                                    : new Found(look.get(), now);
                        })
                .checks();
    }
}
