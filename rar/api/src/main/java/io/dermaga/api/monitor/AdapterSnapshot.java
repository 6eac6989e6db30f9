package io.dermaga.api.monitor;

import java.time.Instant;
import java.util.List;

/**
 * The adapter at one moment.
 *
 * @param at when it was taken
 * @param startedAt when the adapter was started
 * @param version of the adapter
 * @param transport {@code epoll}, {@code io_uring} or {@code nio}
 * @param memory what the adapter holds
 * @param listeners in the order of their names
 */
public record AdapterSnapshot(
        Instant at,
        Instant startedAt,
        String version,
        String transport,
        MemorySnapshot memory,
        List<ListenerSnapshot> listeners) {

    public AdapterSnapshot {
        listeners = List.copyOf(listeners);
    }
}
