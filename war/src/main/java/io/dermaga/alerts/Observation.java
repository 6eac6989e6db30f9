package io.dermaga.alerts;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that conditions look at, at one moment.
 *
 * @param at when
 * @param adapter null if it is away
 * @param historyProblem numbered, why the history is not written; null if it is, or is not kept
 * @param diskFree usable bytes of the disk with the data directory; -1 if that is not known
 */
record Observation(
        Instant at,
        @Nullable AdapterSnapshot adapter,
        @Nullable String historyProblem,
        long diskFree) {

    /** The listeners, or the one of this name. */
    List<ListenerSnapshot> listeners(@Nullable String name) {
        return adapter == null
                ? List.of()
                : adapter.listeners().stream()
                        .filter(one -> name == null || name.equals(one.name()))
                        .toList();
    }
}
