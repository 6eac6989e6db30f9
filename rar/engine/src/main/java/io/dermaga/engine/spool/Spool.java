package io.dermaga.engine.spool;

import io.dermaga.engine.files.DirectoryLock;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.payload.SpilledFrame;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.settings.DeliverySettings;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.SpoolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * The durable spool of one adapter. It costs nothing until it is asked for a queue. Thread-safe.
 */
public final class Spool implements AutoCloseable {

    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(30);

    /** Where what a connection has appended and is not stored waits, so that order is kept. */
    private record Way(SpoolWriter writer, int entries) {}

    private final long run = new SecureRandom().nextLong();
    private final AtomicLong number = new AtomicLong(1);
    private final SpoolSettings settings;
    private final SpoolStates states;
    private final Map<String, SpoolQueue> queues = new ConcurrentHashMap<>();
    private final Map<String, Way> ways = new ConcurrentHashMap<>();
    private final Broker broker;
    private final SpoolWriter writer;
    private final SpoolWriter largeWriter;
    private final Reading reading;
    private final Transactions transactions;
    private final ContentSource contents;
    private @Nullable DirectoryLock lock;
    private @Nullable Thread writing;
    private @Nullable Thread writingLarge;
    private @Nullable Thread readingThread;
    private boolean closed;

    /**
     * @param spill takes large payloads while they are delivered
     * @param feed is told when it has to wait, and when it goes on
     * @param begins called before the first entry is handed over, once; must not block
     */
    public Spool(SpoolSettings settings, SpillStore spill, Feed feed, Runnable begins) {
        this.settings = settings;
        this.states = new SpoolStates(feed);
        this.broker =
                settings.isEmbedded() ? new EmbeddedBroker(settings) : new RemoteBroker(settings);
        this.writer = writer(SpoolStates.Part.WRITER);
        this.largeWriter = writer(SpoolStates.Part.LARGE_WRITER);
        this.reading = new Reading(run, broker, settings, states, this::all, begins);
        this.transactions = new Transactions(broker, settings);
        this.contents = new ContentSource(spill, settings.largeFrom().bytes());
    }

    private SpoolWriter writer(SpoolStates.Part part) {
        return new SpoolWriter(run, broker, settings, states, part, this::ended);
    }

    /**
     * The queue of a listener; starts the spool when it is asked for first. The broker comes up in
     * the background: {@link #state()} tells.
     *
     * @param listener its name
     * @throws SpoolException DMG4101 if another server uses the directory, DMG4102 if it cannot be
     *     used, DMG4111 if the spool is closed
     */
    public SpoolQueue queue(String listener) {
        return named(SpoolQueue.name(listener, ""));
    }

    /**
     * The queue of one of several groups of beans that are each given all payloads of a listener;
     * as {@link #queue(String)}.
     */
    public SpoolQueue queue(String listener, String copy) {
        return named(SpoolQueue.name(listener, copy));
    }

    private SpoolQueue named(String wanted) {
        start();
        return known(wanted);
    }

    private SpoolQueue known(String wanted) {
        return queues.computeIfAbsent(wanted, name -> new SpoolQueue(this, name));
    }

    /**
     * All queues of a listener, also those that nobody has asked for in this run; of these, within
     * about a second, where the broker is ours.
     */
    public List<SpoolQueue> queues(String listener) {
        return queues.values().stream().filter(queue -> queue.isOf(listener)).toList();
    }

    /** Queues that the broker has, now or from an earlier run. */
    private Collection<SpoolQueue> all() {
        broker.queues().stream()
                .flatMap(address -> SpoolQueue.name(address).stream())
                .forEach(this::known);
        return queues.values();
    }

    /** What a listener promises and the spool cannot keep; DMG1110. */
    public List<String> problems(ListenerSettings wanted) {
        DeliverySettings delivery = wanted.delivery();
        return settings.isEmbedded()
                        || !delivery.isSpooled()
                        || delivery.acknowledge() != Acknowledge.ON_DELIVERY
                ? List.of()
                : List.of(
                        "DMG1110 property 'acknowledge' of listener '%s': given ON_DELIVERY with durability=SPOOLED and spool='%s', allowed: ON_SPOOL, NEVER, since another server may deliver what this one has read"
                                .formatted(wanted.name(), settings));
    }

    /** Whether something is, or may have been, in it: by this run or one before. */
    public synchronized boolean isUsed() {
        return writing != null || !settings.isEmbedded() || Files.isDirectory(settings.directory());
    }

    /** How it is, for everybody to see. */
    public SpoolState state() {
        return states.current();
    }

    /** Why nothing is stored or handed over now; null if nothing is in the way. */
    public @Nullable String waitsFor() {
        SpoolState now = state();
        return now.kind() == SpoolState.Kind.WAITING ? now.reason() : null;
    }

    private synchronized void start() {
        if (closed) {
            throw new SpoolException("DMG4111 the spool is closed");
        }
        if (writing != null) {
            return;
        }
        if (settings.isEmbedded()) {
            lock = lock(settings.directory());
        }
        states.started();
        writing = thread("dermaga-spool-write", writer);
        writingLarge = thread("dermaga-spool-large", largeWriter);
        readingThread = thread("dermaga-spool-read", reading);
    }

    /** A second spool is told at once, where the broker's own lock would let it wait for ever. */
    private static DirectoryLock lock(Path directory) {
        try {
            Files.createDirectories(directory);
            return DirectoryLock.take(directory.resolve("lock"))
                    .orElseThrow(
                            () ->
                                    new SpoolException(
                                            "DMG4101 spool directory is in use: given '%s', allowed: a directory that no other server uses"
                                                    .formatted(directory)));
        } catch (IOException e) {
            throw new SpoolException(
                    "DMG4102 spool directory '%s' cannot be used: %s".formatted(directory, e), e);
        }
    }

    private static Thread thread(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Spool.class.getClassLoader());
        thread.start();
        return thread;
    }

    /**
     * Stores payloads of a connection, after what was appended for that connection before. Returns
     * at once, so an event loop may call it. A large payload goes its own way, lest all connections
     * wait for it; its successors with it.
     *
     * @param to at least one; all or none are given it
     * @param firstNumber of its first payload on the connection, from 1
     * @param content owned from now on; released when it is stored or abandoned
     * @param receipt told how it ended, on a writing thread
     */
    public void append(
            List<SpoolQueue> to,
            SpooledConnection connection,
            long firstNumber,
            Content content,
            Receipt receipt) {
        Pending entry =
                new Pending(
                        to.stream().map(SpoolQueue::address).toList(),
                        number.getAndAdd(to.size()),
                        connection,
                        firstNumber,
                        WallClock.at(content.firstByteNanos(0)),
                        WallClock.at(content.lastByteNanos()),
                        content,
                        receipt);
        ways.compute(
                connection.id(),
                (id, way) -> {
                    SpoolWriter next = way == null ? writerOf(content) : way.writer();
                    next.append(entry);
                    return new Way(next, way == null ? 1 : way.entries() + 1);
                });
    }

    /** Number of the entry that is stored next. */
    public long next() {
        return number.get();
    }

    private SpoolWriter writerOf(Content content) {
        return content instanceof SpilledFrame ? largeWriter : writer;
    }

    private void ended(Pending entry) {
        ways.computeIfPresent(
                entry.connection().id(),
                (id, way) -> way.entries() == 1 ? null : new Way(way.writer(), way.entries() - 1));
    }

    SpoolReader read(SpoolQueue queue, long bound, Receiver receiver) {
        SpoolReader reader = new SpoolReader(queue, receiver, bound, reading, contents);
        reading.add(reader);
        return reader;
    }

    /**
     * The spool's part in one transaction, at whose commit entries are done as far as is told.
     *
     * @param delivered in the transaction
     */
    public DeliveryBranch branch(List<Delivered> delivered) {
        return new DeliveryBranch(transactions, delivered);
    }

    /**
     * For the recovery of the transaction manager: knows all branches that are prepared, also those
     * of earlier runs, and ends them. While there are any of earlier runs, nothing is handed over.
     * Starts the spool when it is asked, if there is anything in it.
     */
    public XAResource recoveryResource() {
        return new RecoveryResource(this);
    }

    /**
     * @throws SpoolException as {@link #queue}
     */
    Transactions transactions() {
        start();
        return transactions;
    }

    /**
     * Whether transactions that an earlier run has prepared are not ended, so that nothing is
     * handed over. Asks the broker.
     *
     * @throws XAException if it does not answer
     */
    public boolean isInDoubt() throws XAException {
        Set<Xid> known = reading.inDoubt();
        return !known.isEmpty()
                && Arrays.stream(transactions().recover()).anyMatch(known::contains);
    }

    /** Forces to disk so far. */
    public long commits() {
        return writer.commits() + largeWriter.commits();
    }

    Broker broker() {
        return broker;
    }

    /**
     * Ends it: what is handed over and not done comes again in the next run; what waits to be
     * stored is stored, or abandoned after five seconds. Waits until all threads have ended.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        reading.close();
        writer.close();
        largeWriter.close();
        join(readingThread);
        join(writing);
        join(writingLarge);
        if (writing != null) {
            join(thread("dermaga-spool-stop", this::stop)); // it leaves things on its thread
        }
        unlock();
        states.closed();
    }

    private void unlock() {
        DirectoryLock held = lock;
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (IOException e) {
            throw new SpoolException("DMG4102 spool directory cannot be used: " + e, e);
        }
    }

    private void stop() {
        transactions.close();
        broker.stop();
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
