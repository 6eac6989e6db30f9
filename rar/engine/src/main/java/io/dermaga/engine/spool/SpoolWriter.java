package io.dermaga.engine.spool;

import io.dermaga.engine.payload.SpilledFrame;
import io.dermaga.engine.settings.SpoolSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;

/**
 * Stores what waits, all of it with one force, whatever connection and listener it is of. One
 * thread; it alone waits for the disk.
 */
final class SpoolWriter implements Runnable {

    private static final int MOST_ENTRIES = 1_000;
    private static final long MOST_BYTES = 1024 * 1024;
    private static final long IDLE_MILLIS = 500;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long FULL_PAUSE_MILLIS = 250;
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long run;
    private final Broker broker;
    private final SpoolSettings settings;
    private final SpoolStates states;
    private final SpoolStates.Part part;
    private final Consumer<Pending> ended;
    private final BlockingQueue<Pending> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong commits = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long closeBy;

    // confined to the writing thread
    private @Nullable Pending next;
    private @Nullable Link link;
    private @Nullable ClientSession session;
    private final Map<String, ClientProducer> producers = new HashMap<>();

    /**
     * @param run of the spool
     * @param ended told of every entry that is no longer here, before its receipt
     */
    SpoolWriter(
            long run,
            Broker broker,
            SpoolSettings settings,
            SpoolStates states,
            SpoolStates.Part part,
            Consumer<Pending> ended) {
        this.run = run;
        this.broker = broker;
        this.settings = settings;
        this.states = states;
        this.part = part;
        this.ended = ended;
    }

    /** From any thread; never waits. */
    void append(Pending entry) {
        waiting.add(entry);
    }

    /** Forces so far. */
    long commits() {
        return commits.get();
    }

    /** Ends within about five seconds; what is not stored then never is. */
    void close() {
        closeBy = System.nanoTime() + CLOSE_NANOS;
        closing.countDown();
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private boolean isOverdue() {
        return isClosing() && System.nanoTime() - closeBy > 0;
    }

    @Override
    public void run() {
        try {
            while (!isOverdue()) {
                Batch batch = take();
                if (batch != null) {
                    storeOrAbandon(batch);
                } else if (isClosing()) {
                    break;
                } else {
                    states.tell(part, broker.refusal(0));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only the end of the process does that
        } finally {
            disconnect();
            abandonAll();
        }
    }

    private void abandonAll() {
        Pending entry = next != null ? next : waiting.poll();
        next = null;
        while (entry != null) {
            ended.accept(entry);
            Batch.end(entry, receipt -> receipt.abandoned("the spool was closed"));
            entry = waiting.poll();
        }
    }

    /** All that waits, within bounds; null if nothing came for a while. */
    private @Nullable Batch take() throws InterruptedException {
        Pending entry = next;
        next = null;
        if (entry == null) {
            entry = waiting.poll(isClosing() ? 0 : IDLE_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (entry == null) {
            return null;
        }
        List<Pending> taken = new ArrayList<>();
        long bytes = 0;
        while (entry != null) {
            boolean alone = entry.content() instanceof SpilledFrame;
            if (!taken.isEmpty() && alone) {
                next = entry;
                break;
            }
            taken.add(entry);
            bytes += entry.bytes();
            if (alone || taken.size() >= MOST_ENTRIES || bytes >= MOST_BYTES) {
                break;
            }
            entry = waiting.poll();
        }
        return new Batch(run, taken);
    }

    private void storeOrAbandon(Batch batch) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (!isOverdue()) {
            String refusal = broker.refusal(batch.bytes());
            if (refusal != null) {
                states.tell(part, refusal);
                pause(FULL_PAUSE_MILLIS);
                continue;
            }
            if (store(batch)) {
                states.tell(part, null);
                batch.stored(ended);
                return;
            }
            IOException lost = batch.lost();
            if (lost != null) {
                batch.abandoned(
                        ended, "DMG4108 large payload is lost before it was stored: " + lost);
                return;
            }
            pause(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
        batch.abandoned(ended, "the spool was closed");
    }

    private void pause(long millis) throws InterruptedException {
        if (isClosing()) {
            TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS);
        } else {
            closing.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether it is forced to disk, now or by an attempt whose answer got lost. */
    private boolean store(Batch batch) {
        try {
            ClientSession current = connect();
            batch.send(current, queue -> producer(current, queue));
            current.commit();
            commits.incrementAndGet();
            return true;
        } catch (Exception | LinkageError e) {
            disconnect();
            if (batch.isRepeated() && isDuplicate(e)) {
                return true;
            }
            if (batch.lost() == null) {
                states.tell(part, "DMG4105 spool waits: " + Words.of(e));
            }
            return false;
        }
    }

    private static boolean isDuplicate(Throwable e) {
        return e instanceof ActiveMQException artemis
                && artemis.getType() == ActiveMQExceptionType.DUPLICATE_ID_REJECTED;
    }

    private ClientSession connect() throws Exception {
        ClientSession current = session;
        if (current != null) {
            return current;
        }
        Link fresh = Link.open(broker, settings);
        link = fresh;
        current = fresh.session();
        session = current;
        return current;
    }

    private ClientProducer producer(ClientSession current, String queue) throws ActiveMQException {
        ClientProducer producer = producers.get(queue);
        if (producer == null) {
            Link open = link;
            if (open != null) {
                open.ensureQueue(current, queue);
            }
            producer = current.createProducer(queue);
            producers.put(queue, producer);
        }
        return producer;
    }

    private void disconnect() {
        Link open = link;
        link = null;
        session = null;
        producers.clear();
        if (open != null) {
            open.close();
        }
    }
}
