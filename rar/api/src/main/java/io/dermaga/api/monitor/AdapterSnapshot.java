package io.dermaga.api.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The adapter at one moment.
 *
 * @param at when it was taken
 * @param startedAt when the adapter was started
 * @param version of the adapter
 * @param transport {@code epoll}, {@code io_uring} or {@code nio}
 * @param memory what the adapter holds
 * @param spool where payloads wait durably
 * @param deadLetters that are kept now
 * @param warnings how often each was told since the adapter was started, by its number ({@code
 *     DMG2107}); those without a number of their own as {@code other}
 * @param listeners in the order of their names
 */
public record AdapterSnapshot(
        Instant at,
        Instant startedAt,
        String version,
        String transport,
        MemorySnapshot memory,
        SpoolSnapshot spool,
        long deadLetters,
        Map<String, Long> warnings,
        List<ListenerSnapshot> listeners) {

    public AdapterSnapshot {
        warnings = Map.copyOf(warnings);
        listeners = List.copyOf(listeners);
    }
}
