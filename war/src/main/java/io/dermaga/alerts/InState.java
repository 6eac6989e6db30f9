package io.dermaga.alerts;

import io.dermaga.api.monitor.ListenerState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listener is in a state in which it should not stay.
 *
 * @param listener null: each one for itself
 */
record InState(@Nullable String listener, ListenerState state, Duration patience)
        implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        return seen.listeners(listener).stream()
                .map(
                        one ->
                                Finding.of(
                                        one.name(),
                                        one.state() == state,
                                        one.state().name(),
                                        "the listener is "
                                                + one.state()
                                                + (one.error() == null ? "" : ": " + one.error())))
                .toList();
    }
}
