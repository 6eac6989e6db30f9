package io.dermaga.engine.spool;

import io.dermaga.engine.settings.SpoolSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sessions of all readers and removes what is done, many entries with one force. One
 * thread, because a session bears no other.
 */
final class Reading implements Runnable {

    private static final int MOST_REMOVED = 5_000;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private record Removal(SpoolReader reader, SpooledEntry entry) {}

    private final long run;
    private final Broker broker;
    private final SpoolSettings settings;
    private final SpoolStates states;
    private final Supplier<Collection<SpoolQueue>> queues;
    private final Runnable begins;
    private final Queue<Removal> removals = new ConcurrentLinkedQueue<>();
    private final List<SpoolReader> readers = new CopyOnWriteArrayList<>();
    private final Set<EntryId> handedOut = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Thread thread;
    private volatile boolean closing;

    /** Transactions of earlier runs; null before the first look. */
    private volatile @Nullable Set<Xid> inDoubt;

    // confined to the reading thread
    private @Nullable Link link;

    private long pause = FIRST_PAUSE_MILLIS;
    private long nextAttempt = System.nanoTime();
    private long nextCount = System.nanoTime();

    /**
     * @param run of the spool
     * @param queues all that there are, also those that nobody reads
     * @param begins called before the first entry is handed over, once
     */
    Reading(
            long run,
            Broker broker,
            SpoolSettings settings,
            SpoolStates states,
            Supplier<Collection<SpoolQueue>> queues,
            Runnable begins) {
        this.run = run;
        this.broker = broker;
        this.settings = settings;
        this.states = states;
        this.queues = queues;
        this.begins = begins;
    }

    long runId() {
        return run;
    }

    /** What any reader has handed over and has not been removed. */
    Set<EntryId> handedOut() {
        return handedOut;
    }

    /** Transactions of earlier runs that were not ended when it looked last. */
    Set<Xid> inDoubt() {
        Set<Xid> now = inDoubt;
        return now == null ? Set.of() : now;
    }

    void add(SpoolReader reader) {
        readers.add(reader);
        wake();
    }

    /** From any thread; never waits. */
    void remove(SpoolReader reader, SpooledEntry entry) {
        removals.add(new Removal(reader, entry));
        wake();
    }

    void wake() {
        LockSupport.unpark(thread);
    }

    /** What keeps a reader from reading. */
    void tell(String problem) {
        states.tell(SpoolStates.Part.READER, problem);
    }

    /** Ends after what is done already is removed. */
    void close() {
        closing = true;
        wake();
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!closing) {
            openFailed();
            boolean removed = removeDone();
            count();
            // after some, others follow, and go with one force
            LockSupport.parkNanos(this, removed ? GATHER_NANOS : TICK_NANOS);
            endClosed();
        }
        removeDone();
        for (SpoolReader reader : readers) {
            reader.end();
        }
        disconnect();
    }

    private void openFailed() {
        if (readers.stream().noneMatch(SpoolReader::isToBeOpened)
                || System.nanoTime() - nextAttempt < 0) {
            return;
        }
        try {
            Link open = link;
            if (open == null) {
                open = Link.open(broker, settings);
                link = open;
            }
            if (!isResolved(open)) {
                nextAttempt = System.nanoTime() + TICK_NANOS;
                return;
            }
            for (SpoolReader reader : readers) {
                if (reader.isToBeOpened() && !hasPredecessor(reader)) {
                    reader.open(open);
                }
            }
            pause = FIRST_PAUSE_MILLIS;
            states.tell(SpoolStates.Part.READER, null);
        } catch (Exception | LinkageError e) {
            fail(e);
        }
    }

    /** Whether another one that has not ended yet reads its queue: it has what comes first. */
    private boolean hasPredecessor(SpoolReader reader) {
        return readers.stream()
                .takeWhile(one -> one != reader)
                .anyMatch(one -> one.queue() == reader.queue());
    }

    /**
     * Whether the transactions that an earlier run has prepared and not ended are ended now. Until
     * then nobody knows whether their entries are done.
     */
    private boolean isResolved(Link open) throws ActiveMQException, XAException {
        Set<Xid> left = inDoubt;
        if (left != null && left.isEmpty()) {
            return true;
        }
        Set<Xid> now;
        try (ClientSession session = open.xaSession()) {
            now =
                    new HashSet<>(
                            List.of(
                                    session.recover(
                                            XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN)));
        }
        if (left != null) {
            now.retainAll(left);
        }
        inDoubt = now;
        if (left == null) {
            begins.run();
        }
        states.tell(
                SpoolStates.Part.TRANSACTIONS,
                now.isEmpty()
                        ? null
                        : "DMG4112 deliveries wait for the transaction manager: %d transactions are prepared and not ended, the first is %s"
                                .formatted(now.size(), now.iterator().next()));
        return now.isEmpty();
    }

    /** All of a connection fail together: what they share is most likely the reason. */
    private void fail(Throwable cause) {
        tell("DMG4105 spool waits: " + Words.of(cause));
        readers.forEach(SpoolReader::fail);
        disconnect();
        nextAttempt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }

    /** Whether there was anything. */
    private boolean removeDone() {
        Set<SpoolReader> touched = new LinkedHashSet<>();
        boolean any = false;
        try {
            for (int i = 0; i < MOST_REMOVED; i++) {
                Removal removal = removals.poll();
                if (removal == null) {
                    break;
                }
                any = true;
                removal.reader().conclude(removal.entry());
                touched.add(removal.reader());
            }
            for (SpoolReader reader : touched) {
                reader.commit();
            }
        } catch (Exception e) {
            fail(e);
        }
        return any;
    }

    private void count() {
        if (System.nanoTime() - nextCount < 0) {
            return;
        }
        nextCount = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        try {
            for (SpoolReader reader : readers) {
                reader.count();
            }
            countUnread();
        } catch (Exception e) {
            fail(e);
        }
    }

    /** Those whose beans are not there. */
    private void countUnread() throws ActiveMQException {
        Link open = link;
        for (SpoolQueue queue : queues.get()) {
            if (open != null && readers.stream().noneMatch(one -> one.queue() == queue)) {
                queue.tellBacklog(open.entries(queue.address()));
            }
        }
    }

    private void endClosed() {
        List<SpoolReader> ended = new ArrayList<>();
        for (SpoolReader reader : readers) {
            if (reader.isClosing()) {
                while (removeDone()) {
                    // what it has done already must not come again
                }
                reader.end();
                ended.add(reader);
            }
        }
        readers.removeAll(ended);
    }

    private void disconnect() {
        Link open = link;
        link = null;
        if (open != null) {
            readers.forEach(SpoolReader::leave);
            open.close();
        }
    }
}
