package io.dermaga.traces;

import io.dermaga.api.monitor.MessageRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Messages whose spans are not exported yet. The oldest ones make room for newer ones. Thread-safe.
 */
final class TraceQueue {

    private final int capacity;
    private final Deque<MessageRecord> waiting = new ArrayDeque<>();

    /** Handed out, and neither taken nor given up. */
    private List<MessageRecord> sending = List.of();

    private long overflown;

    TraceQueue(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(MessageRecord message) {
        if (waiting.size() >= capacity) {
            waiting.removeFirst();
            overflown++;
        }
        waiting.addLast(message);
    }

    /**
     * The next ones: the same as before until they have {@link #ended}.
     *
     * @param most so many
     */
    synchronized List<MessageRecord> next(int most) {
        if (sending.isEmpty()) {
            List<MessageRecord> next = new ArrayList<>(Math.min(most, waiting.size()));
            while (next.size() < most && !waiting.isEmpty()) {
                next.add(waiting.removeFirst());
            }
            sending = List.copyOf(next);
        }
        return sending;
    }

    /** Those that were handed out are done. */
    synchronized void ended() {
        sending = List.of();
    }

    synchronized long size() {
        return waiting.size() + (long) sending.size();
    }

    synchronized long overflown() {
        return overflown;
    }
}
