package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import java.util.List;

/** What waits for the delivery by one listener, or by one group of its beans. Thread-safe. */
public final class SpoolQueue {

    private static final String PREFIX = "dermaga.";

    private final Spool spool;
    private final String name;
    private volatile long backlog = -1;

    SpoolQueue(Spool spool, String name) {
        this.spool = spool;
        this.name = name;
    }

    /** Name of the queue at the broker. */
    String address() {
        return PREFIX + name;
    }

    /** Name of the queue of marks at the broker. */
    String marksAddress() {
        return address() + ".done";
    }

    /**
     * Entries at the broker that are not done, as it said within about a second; -1 before it has.
     */
    public long backlog() {
        return backlog;
    }

    void tellBacklog(long entries) {
        backlog = entries;
    }

    /** As {@link Spool#append}, to this one. */
    public void append(
            SpooledConnection connection, long firstNumber, Content content, Receipt receipt) {
        spool.append(List.of(this), connection, firstNumber, content, receipt);
    }

    /**
     * Hands over all that is stored, beginning with the oldest. One reader at a time for a queue.
     *
     * @param bound bytes that are handed over and not released; exceeded by one entry at most.
     *     Never shared with what is appended: each would wait for the other.
     */
    public SpoolReader read(long bound, Receiver receiver) {
        return spool.read(this, bound, receiver);
    }

    @Override
    public String toString() {
        return name;
    }
}
