package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MonitorEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The latest events, numbered. Their words are put together when somebody reads them. */
final class EventRing {

    /** An event that nobody has read yet. */
    private record Untold(
            long millis,
            MonitorEvent.Kind kind,
            @Nullable String listener,
            @Nullable String connectionId,
            Supplier<String> text) {

        MonitorEvent told(long sequence) {
            return new MonitorEvent(
                    sequence,
                    Instant.ofEpochMilli(millis),
                    kind,
                    listener,
                    connectionId,
                    text.get());
        }
    }

    private final @Nullable Untold[] events;
    private long last;

    EventRing(int capacity) {
        this.events = new Untold[capacity];
    }

    /**
     * @param text gives the same words whenever it is asked, and keeps nothing large
     */
    synchronized void add(
            MonitorEvent.Kind kind,
            @Nullable String listener,
            @Nullable String connectionId,
            Supplier<String> text) {
        long sequence = ++last;
        events[(int) (sequence % events.length)] =
                new Untold(System.currentTimeMillis(), kind, listener, connectionId, text);
    }

    synchronized long last() {
        return last;
    }

    List<MonitorEvent> after(long after, int max) {
        List<Untold> found = new ArrayList<>();
        long first;
        synchronized (this) {
            first = Math.max(after + 1, Math.max(1, last - events.length + 1));
            for (long i = first; i <= last && found.size() < max; i++) {
                Untold event = events[(int) (i % events.length)];
                if (event != null) {
                    found.add(event);
                }
            }
        }
        List<MonitorEvent> told = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            told.add(found.get(i).told(first + i));
        }
        return told;
    }
}
