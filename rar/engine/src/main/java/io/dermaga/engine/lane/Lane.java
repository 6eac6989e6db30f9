package io.dermaga.engine.lane;

import io.dermaga.engine.payload.Content;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has to deliver, in order. The event loop of the connection adds, one worker at
 * a time drains; what no bean wants to know is done by the event loop itself when the lane is
 * empty, without waking a worker.
 */
public final class Lane {

    /** Deliveries in a row before other lanes get their turn. */
    private static final int QUANTUM = 64;

    /** Heap of an answer that waits: a peer can make as many as it likes. */
    private static final int SETTLED_BYTES = 64;

    /** A place in the queue; the last one taken stays as its head. */
    private static final class Node {
        private @Nullable Object item;
        private volatile @Nullable Node next;

        Node(@Nullable Object item) {
            this.item = item;
        }
    }

    // fields instead of objects: there is a lane for each of a hundred thousand connections
    private static final AtomicIntegerFieldUpdater<Lane> TAKEN =
            AtomicIntegerFieldUpdater.newUpdater(Lane.class, "taken");
    private static final AtomicLongFieldUpdater<Lane> WAITING_BYTES =
            AtomicLongFieldUpdater.newUpdater(Lane.class, "waitingBytes");
    private static final AtomicIntegerFieldUpdater<Lane> WAITING_PAYLOADS =
            AtomicIntegerFieldUpdater.newUpdater(Lane.class, "waitingPayloads");

    private final LaneOwner owner;
    private final BeanShape shape;
    private final Dispatcher dispatcher;
    private final Deliveries deliveries;
    private volatile long waitingBytes;
    private volatile int waitingPayloads;

    /** 1 while somebody holds the lane. */
    private volatile int taken;

    private volatile boolean discarding;

    /** Of whoever holds it. */
    private long waitNanos;

    /** Of the worker that holds it: what has to be acknowledged first. */
    private @Nullable Ticket waitsFor;

    /** When the dispatcher got it. */
    private volatile long readySince;

    /** The worker that drains it; null if none does. */
    private volatile @Nullable Thread drainedBy;

    private Node head = new Node(null);
    private Node tail = head;

    public Lane(LaneOwner owner, BeanShape shape, Dispatcher dispatcher) {
        this(owner, shape, dispatcher, 0);
    }

    /**
     * @param numbered payloads of the connection that came before the first one here
     */
    public Lane(LaneOwner owner, BeanShape shape, Dispatcher dispatcher, long numbered) {
        this.owner = owner;
        this.shape = shape;
        this.dispatcher = dispatcher;
        this.deliveries = new Deliveries(owner, shape, numbered);
    }

    /** Bytes that are not delivered yet. */
    public long bytes() {
        return waitingBytes;
    }

    /** Payloads that are not delivered yet. */
    public long payloads() {
        return waitingPayloads;
    }

    LaneOwner owner() {
        return owner;
    }

    void readySince(long nanos) {
        readySince = nanos;
    }

    long readySince() {
        return readySince;
    }

    /** Payloads that are in the bean now. */
    public int inBeanPayloads() {
        return deliveries.inBeanPayloads();
    }

    /** Size of {@link #inBeanPayloads()}. */
    public long inBeanBytes() {
        return deliveries.inBeanBytes();
    }

    /**
     * Whether a thread is the worker that delivers now: what it does for the event loop may wait
     * until {@link LaneOwner#handBack()} is flushed.
     */
    public boolean isDrainedBy(Thread thread) {
        return drainedBy == thread;
    }

    /** Whether more waits than what is being delivered. On the worker that drains. */
    public boolean hasMore() {
        Node current = head.next;
        return waitingPayloads > 1 || current == null || current.next != null;
    }

    /** Adds payloads; {@link #signal()} follows. On the event loop. */
    public void add(Content content) {
        WAITING_BYTES.addAndGet(this, content.bytes());
        WAITING_PAYLOADS.addAndGet(this, content.count());
        append(content);
    }

    /** Adds an event; {@link #signal()} follows. On the event loop. */
    public void add(SocketEvent event) {
        if (event instanceof SocketEvent.Data data) {
            WAITING_BYTES.addAndGet(this, data.bytes().readableBytes());
            owner.budget().acquire(data.bytes().capacity());
        } else if (event instanceof SocketEvent.Settled) {
            WAITING_BYTES.addAndGet(this, SETTLED_BYTES);
            owner.budget().acquire(SETTLED_BYTES);
        }
        append(event);
    }

    /** Adds the place of payloads that are in the spool; {@link #signal()} follows. */
    public void add(Ticket ticket) {
        WAITING_BYTES.addAndGet(this, ticket.bytes());
        WAITING_PAYLOADS.addAndGet(this, ticket.count());
        append(ticket);
    }

    private void append(Object item) {
        Node node = new Node(item);
        tail.next = node;
        tail = node;
    }

    /** Makes sure that somebody drains. On the event loop, once for a burst. */
    public void signal() {
        if (head.next != null && TAKEN.compareAndSet(this, 0, 1)) {
            settle();
        }
    }

    /** From now on nothing is delivered any more: what waits is counted as discarded. */
    public void discard() {
        discarding = true;
        signal();
        resume();
    }

    /** What keeps it from delivering may have come to its end: it looks again. Any thread. */
    public void resume() {
        dispatcher.unpark(this);
    }

    /** Whether it may deliver now. */
    boolean mayDeliver() {
        return discarding || owner.mayDeliver();
    }

    /** Holding the lane: discards what waits, and lets it go. */
    void giveUp() {
        discarding = true;
        settle();
    }

    /** Whether nothing waits and nothing is being delivered, events included. Any thread. */
    public boolean isQuiet() {
        return taken == 0 && head.next == null;
    }

    /** Holding the lane: does what needs no bean, then gives it to a worker or lets it go. */
    private void settle() {
        Ticket waitsFor;
        do {
            waitsFor = null;
            for (Object item = peek(); item != null && waitsFor == null; item = peek()) {
                if (needsBean(item)) {
                    dispatcher.ready(this);
                    return;
                }
                waitsFor = pass(item);
            }
        } while (letGo(waitsFor));
    }

    /**
     * Holding the lane: does what needs no bean.
     *
     * @return what has to be acknowledged first; null if it is done
     */
    private @Nullable Ticket pass(Object item) {
        if (item instanceof Ticket ticket) {
            boolean over = ticket.isOver() || discarding; // before its last answer is looked for
            if (!discarding) {
                ticket.tell(owner);
            }
            if (!over) {
                return ticket;
            }
        }
        next();
        withoutBean(item);
        return null;
    }

    /**
     * Ends holding the lane.
     *
     * @param waitsFor what has to be acknowledged first; null if nothing waits
     * @return whether there was more to do in the meantime, and it is held again
     */
    private boolean letGo(@Nullable Ticket waitsFor) {
        taken = 0;
        boolean more =
                waitsFor == null
                        ? head.next != null
                        : discarding || waitsFor.isOver() || waitsFor.hasAnswers();
        return more && TAKEN.compareAndSet(this, 0, 1);
    }

    private boolean needsBean(Object item) {
        if (discarding || item instanceof Ticket) {
            return false;
        }
        return item instanceof SocketEvent event
                ? shape.events().contains(event.kind())
                : shape.payloads();
    }

    private void withoutBean(Object item) {
        if (item instanceof Content content) {
            deliveries.discard(content);
            forget(content.bytes(), content.count());
        } else if (item instanceof Ticket ticket) {
            forget(ticket.bytes(), ticket.count());
        } else if (item instanceof SocketEvent event) {
            if (event instanceof SocketEvent.Data data) {
                deliveries.discard(data);
            }
            after(event);
        }
    }

    /** What becomes of a lane whose worker is through with it. */
    enum Turn {
        /** Nothing waits; it was let go. */
        ENDED,
        /** More waits, and it is the turn of other lanes; it is still held. */
        OTHERS,
        /** It has to wait for {@link #waitNanos()}; it is still held. */
        WAITS
    }

    /**
     * Delivers what waits. On a worker.
     *
     * @throws EndpointUnavailableException if there is no endpoint now; the lane is still held
     */
    Turn drain(Worker worker) throws EndpointUnavailableException {
        drainedBy = Thread.currentThread();
        waitsFor = null;
        try {
            Turn turn = drainTurns(worker);
            if (turn != Turn.ENDED) {
                return turn;
            }
        } finally {
            drainedBy = null;
        }
        return letGo(waitsFor) ? Turn.OTHERS : Turn.ENDED;
    }

    /** How long a held lane has to wait. */
    long waitNanos() {
        return waitNanos;
    }

    private Turn drainTurns(Worker worker) throws EndpointUnavailableException {
        int turns = QUANTUM;
        for (Object item = peek(); item != null; item = peek()) {
            if (!needsBean(item)) {
                waitsFor = pass(item);
                if (waitsFor != null) {
                    return Turn.ENDED;
                }
            } else if (turns-- == 0) {
                return Turn.OTHERS;
            } else if (item instanceof Content content) {
                waitNanos = deliveries.deliver(content, worker, () -> discarding);
                if (waitNanos != 0) {
                    return Turn.WAITS;
                }
                delivered(content);
            } else if (item instanceof SocketEvent event) {
                deliveries.tell(event, worker);
                next();
                after(event);
            }
        }
        return Turn.ENDED;
    }

    private void delivered(Content content) {
        next();
        long bytes = content.bytes();
        int count = content.count();
        content.release();
        forget(bytes, count);
    }

    private void after(SocketEvent event) {
        if (event instanceof SocketEvent.Data data) {
            int bytes = data.bytes().readableBytes();
            int held = data.bytes().capacity();
            data.bytes().release();
            owner.budget().release(held);
            forget(bytes, 0);
        } else if (event instanceof SocketEvent.Settled settled) {
            owner.budget().release(SETTLED_BYTES);
            forget(SETTLED_BYTES, 0);
            if (!discarding) { // else an answer would be taken for that of another payload
                deliveries.settled(settled.delivered());
            }
        } else if (event instanceof SocketEvent.End) {
            owner.laneEnded(deliveries.hasFailed());
        } else if (event instanceof SocketEvent.Close) {
            owner.laneFinished();
        }
    }

    private void forget(long bytes, int payloads) {
        WAITING_PAYLOADS.addAndGet(this, -payloads);
        long now = WAITING_BYTES.addAndGet(this, -bytes);
        long mark = owner.settings().limits().highWatermark().bytes() / 2;
        if (now <= mark && now + bytes > mark) {
            owner.laneBelowWatermark();
        }
    }

    private @Nullable Object peek() {
        Node next = head.next;
        return next == null ? null : next.item;
    }

    private void next() {
        Node next = head.next;
        if (next != null) {
            next.item = null;
            head = next;
        }
    }
}
