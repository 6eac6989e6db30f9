package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MonitorEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest events, numbered. */
final class EventRing {

    private final @Nullable MonitorEvent[] events;
    private long last;

    EventRing(int capacity) {
        this.events = new MonitorEvent[capacity];
    }

    synchronized void add(
            MonitorEvent.Kind kind,
            @Nullable String listener,
            @Nullable String connectionId,
            String text) {
        long sequence = ++last;
        events[(int) (sequence % events.length)] =
                new MonitorEvent(sequence, Instant.now(), kind, listener, connectionId, text);
    }

    synchronized long last() {
        return last;
    }

    synchronized List<MonitorEvent> after(long after, int max) {
        List<MonitorEvent> found = new ArrayList<>();
        long first = Math.max(after + 1, Math.max(1, last - events.length + 1));
        for (long i = first; i <= last && found.size() < max; i++) {
            MonitorEvent event = events[(int) (i % events.length)];
            if (event != null) {
                found.add(event);
            }
        }
        return found;
    }
}
