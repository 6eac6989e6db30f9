package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;

/** What waits for the delivery by one listener. Thread-safe. */
public final class SpoolQueue {

    private static final String PREFIX = "dermaga.";

    private final Spool spool;
    private final String listener;
    private volatile long backlog = -1;

    SpoolQueue(Spool spool, String listener) {
        this.spool = spool;
        this.listener = listener;
    }

    /** Name of the queue at the broker. */
    String address() {
        return PREFIX + listener;
    }

    /** Name of the queue of marks at the broker. */
    String marksAddress() {
        return address() + ".done";
    }

    /**
     * Entries at the broker that are not done, as it said within about a second while the queue is
     * read; -1 before it has.
     */
    public long backlog() {
        return backlog;
    }

    void tellBacklog(long entries) {
        backlog = entries;
    }

    /**
     * Stores payloads of a connection, after what was appended for that connection before. Returns
     * at once, so an event loop may call it.
     *
     * @param firstNumber of its first payload on the connection, from 1
     * @param content owned from now on; released when it is stored or abandoned
     * @param receipt told how it ended, on a writing thread
     */
    public void append(
            SpooledConnection connection, long firstNumber, Content content, Receipt receipt) {
        spool.append(this, connection, firstNumber, content, receipt);
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
        return listener;
    }
}
