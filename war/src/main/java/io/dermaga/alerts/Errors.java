package io.dermaga.alerts;

import io.dermaga.api.monitor.AdapterSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * More failed deliveries than allowed within a time, or more warnings of a number.
 *
 * @param listener null: each one for itself
 * @param number of the warnings, {@code DMG2107}; null: failed deliveries are meant
 */
record Errors(@Nullable String listener, @Nullable String number, long above, Duration length)
        implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        AdapterSnapshot adapter = seen.adapter();
        if (number != null && adapter != null) {
            long warnings = adapter.warnings().getOrDefault(number, 0L);
            return List.of(find("", "warnings " + number, warnings, seen, memory));
        }
        return seen.listeners(listener).stream()
                .map(
                        one ->
                                find(
                                        one.name(),
                                        "failed deliveries",
                                        one.counters().failures(),
                                        seen,
                                        memory))
                .toList();
    }

    private Finding find(String name, String what, long value, Observation seen, Memory memory) {
        Growth growth = memory.growth(name, length);
        growth.add(seen.at(), value);
        String figure = "%d %s in %s".formatted(growth.amount(), what, Words.duration(length));
        return Finding.of(
                name, growth.amount() > above, figure, figure + ", allowed: at most " + above);
    }
}
