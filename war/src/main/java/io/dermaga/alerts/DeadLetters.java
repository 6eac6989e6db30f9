package io.dermaga.alerts;

import io.dermaga.api.monitor.AdapterSnapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * More dead letters than allowed have come within a time, or are kept now.
 *
 * @param listener null: each one for itself
 * @param length null: those that are kept now are meant, of all listeners
 */
record DeadLetters(@Nullable String listener, long above, @Nullable Duration length)
        implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        AdapterSnapshot adapter = seen.adapter();
        if (adapter == null) {
            return List.of();
        }
        long kept = adapter.deadLetters();
        Duration within = length;
        if (within == null) {
            String figure = kept + " dead letters are kept";
            return List.of(
                    Finding.of("", kept > above, figure, figure + ", allowed: at most " + above));
        }
        return seen.listeners(listener).stream()
                .map(
                        one -> {
                            Growth growth = memory.growth(one.name(), within);
                            growth.add(seen.at(), one.counters().deadLetters());
                            String figure =
                                    "%d dead letters in %s"
                                            .formatted(growth.amount(), Words.duration(within));
                            return Finding.of(
                                    one.name(),
                                    growth.amount() > above,
                                    figure,
                                    "%s, allowed: at most %d; %d of all listeners are kept"
                                            .formatted(figure, above, kept));
                        })
                .toList();
    }
}
