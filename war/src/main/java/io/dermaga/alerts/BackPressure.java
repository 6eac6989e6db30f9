package io.dermaga.alerts;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Payloads wait for the container or for the spool.
 *
 * @param listener null: each one for itself
 */
record BackPressure(@Nullable String listener, Duration patience) implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        return seen.listeners(listener).stream()
                .map(
                        one -> {
                            String why = one.backPressure();
                            return Finding.of(
                                    one.name(),
                                    why != null,
                                    why == null ? "none" : "payloads wait",
                                    "back-pressure: " + why);
                        })
                .toList();
    }
}
