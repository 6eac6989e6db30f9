package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What waits for the delivery by one listener, or by one group of its beans. Thread-safe. */
public final class SpoolQueue {

    private static final String PREFIX = "dermaga.";
    private static final String COPY = ".copy.";
    private static final String MARKS = ".done";

    /** No name has a dot. */
    private static final Pattern ENTRIES = Pattern.compile("dermaga\\.([^.]+(?:\\.copy\\.[^.]+)?)");

    private final Spool spool;
    private final String name;
    private volatile long backlog = -1;

    SpoolQueue(Spool spool, String name) {
        this.spool = spool;
        this.name = name;
    }

    /**
     * @param copy group of beans; empty: all beans of the listener
     */
    static String name(String listener, String copy) {
        return copy.isEmpty() ? listener : listener + COPY + copy;
    }

    /** The name of a queue at the broker without what is ours; empty if it has no entries. */
    static Optional<String> name(String address) {
        Matcher matcher = ENTRIES.matcher(address);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    boolean isOf(String listener) {
        return name.equals(listener) || name.startsWith(listener + COPY);
    }

    /** Group of beans that it is for; empty: all beans of its listener. */
    public String copy() {
        int at = name.indexOf(COPY);
        return at < 0 ? "" : name.substring(at + COPY.length());
    }

    /** Name of the queue at the broker. */
    String address() {
        return PREFIX + name;
    }

    /** Name of the queue of marks at the broker. */
    String marksAddress() {
        return address() + MARKS;
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
