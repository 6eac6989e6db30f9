package io.dermaga.engine.spool;

import io.dermaga.engine.payload.ByteBudget;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.SessionFailureListener;
import org.jspecify.annotations.Nullable;

/**
 * Hands the entries of one queue over, no more at a time than its bound allows: the backlog stays
 * on the broker's disk. Entries are handed over on a thread of the broker's client, which waits
 * while the bound is reached; all that changes the session is done by the reading thread.
 */
public final class SpoolReader implements AutoCloseable {

    private static final long ROOM_POLL_MILLIS = 200;
    private static final long CLOSE_SECONDS = 10;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Of an entry in memory, beside its bytes. */
    private static final int ENTRY_OVERHEAD_BYTES = 256;

    private final SpoolQueue queue;
    private final Receiver receiver;
    private final ByteBudget budget;
    private final Reading reading;
    private final ContentSource contents;
    private final ReentrantLock handing = new ReentrantLock();
    private final Semaphore room = new Semaphore(0);
    private final Map<EntryId, SpooledEntry> outstanding = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile boolean held;
    private volatile boolean failed = true;
    private volatile long openFrom = System.nanoTime();

    /** Number of the session in use; another one's messages are not handed over any more. */
    private volatile long sessionNumber;

    // confined to the reading thread
    private long sessions;
    private @Nullable ClientSession session;
    private @Nullable Marks marks;
    private final List<SpooledEntry> acknowledged = new ArrayList<>();
    private boolean marked;

    SpoolReader(
            SpoolQueue queue,
            Receiver receiver,
            long bound,
            Reading reading,
            ContentSource contents) {
        this.queue = queue;
        this.receiver = receiver;
        this.budget = new ByteBudget(bound, null);
        this.reading = reading;
        this.contents = contents;
    }

    /** Bytes handed over that were not released. */
    public long held() {
        return budget.used();
    }

    /**
     * Hands nothing over any more. What was handed over and is not done comes again when the queue
     * is read anew. Waits for at most ten seconds, so never call it in {@link Receiver#receive}.
     */
    @Override
    public void close() {
        stop();
        try {
            closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            SpoolStates.LOG.log(
                    Level.WARNING, "DMG4109 reader of '%s' did not end: %s".formatted(queue, e));
        }
    }

    /** As {@link #close}, without waiting for it. Another one may read the queue from now on. */
    public void stop() {
        closing = true;
        room.release();
        reading.wake();
    }

    /** Hands nothing over any more; entries that it has handed over can still be done. */
    public void hold() {
        held = true;
        room.release();
    }

    /** An entry is done, or left with a part of it done; from any thread. */
    void remove(SpooledEntry entry) {
        reading.remove(this, entry);
    }

    SpoolQueue queue() {
        return queue;
    }

    boolean isClosing() {
        return closing;
    }

    /** Whether it needs another session, and that of before has not failed just now. */
    boolean isToBeOpened() {
        return failed && !closing && System.nanoTime() - openFrom >= 0;
    }

    /** Its session is of no use any more; from any thread. */
    void fail() {
        openFrom = System.nanoTime() + REST_NANOS;
        failed = true;
        room.release();
        reading.wake();
    }

    /** Begins to hand over in a new session. On the reading thread. */
    void open(Link link) throws ActiveMQException {
        leave();
        ClientSession fresh = link.session();
        session = fresh;
        link.ensureQueue(fresh, queue.address());
        long number = sessionNumber;
        fresh.addFailureListener(new Failed(number));
        fresh.start();
        Marks found = Marks.read(link, fresh, queue.marksAddress());
        marks = found;
        failed = false;
        fresh.createConsumer(queue.address())
                .setMessageHandler(message -> onMessage(message, number, found));
    }

    /**
     * Takes notice of what is done; kept with the next {@link #commit()}. On the reading thread.
     */
    void conclude(SpooledEntry entry) throws ActiveMQException {
        if (entry.isLeft()) {
            mark(entry);
        } else {
            acknowledge(entry);
        }
    }

    private void acknowledge(SpooledEntry entry) throws ActiveMQException {
        if (!failed && entry.claim(sessionNumber)) {
            entry.copy().message().individualAcknowledge();
            Marks known = marks;
            if (known != null) {
                known.acknowledge(entry.id(), entry.isMarked());
            }
            acknowledged.add(entry);
        }
    }

    /** Of what is left, whoever reads the queue next hands over the rest. */
    private void mark(SpooledEntry entry) throws ActiveMQException {
        ClientSession current = session;
        if (current != null && !failed) {
            entry.mark().send(current, queue);
            marked = true;
        }
    }

    /** On the reading thread. */
    void commit() throws ActiveMQException {
        ClientSession current = session;
        if (current == null || (acknowledged.isEmpty() && !marked)) {
            return;
        }
        current.commit();
        marked = false;
        for (SpooledEntry entry : acknowledged) {
            outstanding.remove(entry.id());
            reading.handedOut().remove(entry.id());
        }
        acknowledged.clear();
    }

    /** Entries in the broker. On the reading thread. */
    void count() throws ActiveMQException {
        ClientSession current = session;
        if (current != null && !failed) {
            long entries = current.queueQuery(SimpleString.of(queue.address())).getMessageCount();
            queue.tellBacklog(entries);
            Marks known = marks;
            if (entries == 0 && known != null && known.acknowledgeAll()) {
                current.commit();
            }
        }
    }

    /** Ends the session in use, and waits until nothing of it is handed over. */
    void leave() {
        sessionNumber = ++sessions;
        room.release();
        ClientSession old = session;
        handing.lock(); // whoever hands over sees the new number, or has ended
        try {
            session = null;
            marks = null;
            acknowledged.clear();
            marked = false;
        } finally {
            handing.unlock();
        }
        if (old != null) {
            try {
                old.close();
            } catch (ActiveMQException e) {
                SpoolStates.LOG.log(Level.DEBUG, "session of a broker that is away", e);
            }
        }
    }

    /** On the reading thread. */
    void end() {
        leave();
        closed.complete(null);
    }

    private void onMessage(ClientMessage message, long number, Marks found) {
        handing.lock();
        try {
            if (number == sessionNumber && !closing && !held) {
                handOver(message, number, found);
            }
        } catch (IllegalArgumentException e) {
            SpoolStates.LOG.log(
                    Level.WARNING,
                    "DMG4110 entry in queue '%s' is not readable and stays there: %s"
                            .formatted(queue.address(), e.getMessage()));
        } catch (Exception e) {
            reading.tell("DMG4105 spool waits: " + Words.of(e));
            fail();
        } finally {
            handing.unlock();
        }
    }

    private void handOver(ClientMessage message, long number, Marks found) throws Exception {
        byte[] bytes = message.getBytesProperty(Batch.HEAD);
        if (bytes == null) {
            throw new IllegalArgumentException("it has no head");
        }
        EntryHead head = EntryHead.decode(bytes);
        SpooledEntry.Copy copy = new SpooledEntry.Copy(message, number);
        SpooledEntry known = outstanding.get(head.id());
        if (known != null) {
            known.renew(copy);
            return;
        }
        int done = found.done(head.id());
        boolean whole = done >= head.count() && done > 0;
        if (!whole && !awaitRoom(number)) {
            return;
        }
        SpooledEntry entry =
                new SpooledEntry(
                        this,
                        head,
                        whole
                                ? ContentSource.none(budget)
                                : contents.of(message, head, done, budget, ENTRY_OVERHEAD_BYTES),
                        done,
                        head.id().run() != reading.runId(),
                        !reading.handedOut().add(head.id()) || message.getDeliveryCount() > 1,
                        copy);
        outstanding.put(head.id(), entry);
        if (whole) {
            entry.done(); // delivered by a run that ended before it was removed
        } else {
            receiver.receive(entry);
        }
    }

    /** False if the session ended meanwhile. */
    private boolean awaitRoom(long number) throws InterruptedException {
        boolean asked = false;
        while (budget.exhausted()) {
            if (number != sessionNumber || closing || held || failed) {
                return false;
            }
            if (!asked) {
                asked = true;
                budget.whenAvailable(room::release);
            }
            asked = !room.tryAcquire(ROOM_POLL_MILLIS, TimeUnit.MILLISECONDS) && asked;
        }
        return number == sessionNumber && !closing && !held;
    }

    /** Tells of the end of a session that nobody asked for. */
    private final class Failed implements SessionFailureListener {

        private final long number;

        Failed(long number) {
            this.number = number;
        }

        @Override
        public void connectionFailed(ActiveMQException cause, boolean failedOver) {
            if (number == sessionNumber) {
                reading.tell("DMG4105 spool waits: " + Words.of(cause));
                fail();
            }
        }

        @Override
        public void connectionFailed(
                ActiveMQException cause, boolean failedOver, String scaleDownTargetNodeId) {
            connectionFailed(cause, failedOver);
        }

        @Override
        public void beforeReconnect(ActiveMQException cause) {}
    }
}
