package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/**
 * Payloads of one connection that were read together, stored, and wait to be delivered. The content
 * is the receiver's to release; {@link #done()} and {@link #close()} say what becomes of the stored
 * copy. Thread-safe.
 */
public final class SpooledEntry implements AutoCloseable {

    private enum State {
        HANDED_OVER,
        DONE,
        LEFT
    }

    /**
     * The stored copy, as the broker has handed it out last.
     *
     * @param session number of the session that it can be acknowledged in
     */
    record Copy(ClientMessage message, long session) {}

    private final SpoolReader reader;
    private final EntryHead head;
    private final Content content;
    private final int from;
    private final boolean fromEarlierRun;
    private final boolean handedOutBefore;
    private final AtomicReference<State> state = new AtomicReference<>(State.HANDED_OVER);
    private volatile Copy copy;
    private volatile boolean marked;

    /** Payloads of the content that are done although it is left. */
    private volatile int doneBeforeLeft;

    /** Session that it was acknowledged in; confined to the reading thread. */
    private long acknowledged = -1;

    SpooledEntry(
            SpoolReader reader,
            EntryHead head,
            Content content,
            int from,
            boolean fromEarlierRun,
            boolean handedOutBefore,
            Copy copy) {
        this.reader = reader;
        this.head = head;
        this.content = content;
        this.from = from;
        this.fromEarlierRun = fromEarlierRun;
        this.handedOutBefore = handedOutBefore;
        this.copy = copy;
    }

    /** Where it came from. */
    public SpooledConnection connection() {
        return head.connection();
    }

    /** Number of the first payload of {@link #content()} on the connection, from 1. */
    public long firstNumber() {
        return head.firstNumber() + from;
    }

    /** As {@link #firstNumber()}, of the first payload that it was stored with. */
    public long storedNumber() {
        return head.firstNumber();
    }

    /**
     * Its payloads; without those that were done already if a server ended between two. Released
     * once, by the receiver.
     */
    public Content content() {
        return content;
    }

    /** How many of its payloads were done before. */
    int from() {
        return from;
    }

    /** Whether it was stored by a server that has ended since, or by another one. */
    public boolean fromEarlierRun() {
        return fromEarlierRun;
    }

    /**
     * Whether it was stored before this entry of this run, or by another server.
     *
     * @param number {@link Spool#next()} at that time
     */
    public boolean isBefore(long number) {
        return fromEarlierRun || head.id().number() < number;
    }

    /**
     * Whether it may have been delivered before: by a server that has ended since, by another one,
     * or before its queue was read anew.
     */
    public boolean mayBeRepeated() {
        return fromEarlierRun || handedOutBefore;
    }

    /**
     * All payloads are delivered, or kept elsewhere: it is removed, soon. From any thread, once.
     */
    public void done() {
        if (state.compareAndSet(State.HANDED_OVER, State.DONE)) {
            reader.remove(this);
        }
    }

    /** A mark of this run tells how far it is done. */
    void marked() {
        marked = true;
    }

    boolean isMarked() {
        return marked;
    }

    SpoolQueue queue() {
        return reader.queue();
    }

    /** It is left where it is, and comes again whole when its queue is read anew. */
    @Override
    public void close() {
        leave(0);
    }

    /**
     * It is left where it is, and comes again when its queue is read anew: without what is done, if
     * its reader does not end first, and the broker is there. From any thread, once.
     *
     * @param done payloads of {@link #content()} that are delivered, or kept elsewhere
     */
    public void leave(int done) {
        doneBeforeLeft = done;
        if (state.compareAndSet(State.HANDED_OVER, State.LEFT) && done > 0) {
            reader.remove(this);
        }
    }

    /** Whether some of it stays. */
    boolean isLeft() {
        return state.get() == State.LEFT;
    }

    /** How far it is done when it is left. */
    Mark mark() {
        return mark(doneBeforeLeft);
    }

    /** That so many payloads of its content are done. */
    Mark mark(int done) {
        return new Mark(id(), from + done);
    }

    /** Unique among all servers; the same when it comes again. */
    public EntryId id() {
        return head.id();
    }

    Copy copy() {
        return copy;
    }

    /** The broker has handed it out again, in another session. */
    void renew(Copy fresh) {
        copy = fresh;
        if (state.get() == State.DONE) {
            reader.remove(this);
        }
    }

    /** Whether it may be acknowledged now; true once for a session. */
    boolean claim(long session) {
        if (copy.session() != session || acknowledged == session) {
            return false;
        }
        acknowledged = session;
        return true;
    }
}
