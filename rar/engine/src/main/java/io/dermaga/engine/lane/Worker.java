package io.dermaga.engine.lane;

import io.dermaga.engine.monitor.Feed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One thread of the container while it serves lanes: its hold on a bean instance, its clock, what
 * it has put off. All methods on that thread, except where said.
 */
final class Worker {

    /** A call shorter than this is no reason to tell the event loop of what came before it. */
    private static final long SHORT_NANOS = 50_000;

    /** How long what is put off may wait while calls are short. */
    private static final long MOST_PUT_OFF_NANOS = 200_000;

    /** Whether the thread serves lanes, waits for more of them, or is given back. */
    private enum State {
        RUNNING,
        PARKED,
        ENDED
    }

    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Endpoints endpoints;
    private final IntConsumer blocks;
    private final DeliveryLog log = new DeliveryLog();
    private final Runnable publish = log::publish;
    private final List<HandBack> handBacks = new ArrayList<>(2);
    private @Nullable Feed feed;
    private @Nullable Endpoint endpoint;
    private long now;
    private long putOffSince;
    private volatile long restingSince;

    /**
     * @param blocks told when it waits for a disk (1), and when it does no more (-1)
     */
    Worker(Endpoints endpoints, IntConsumer blocks) {
        this.endpoints = endpoints;
        this.blocks = blocks;
    }

    DeliveryLog log() {
        return log;
    }

    // ---- its clock: one reading serves the end of a call and the beginning of the next

    /** {@link System#nanoTime()} of the last {@link #tick()}. */
    long now() {
        return now;
    }

    /** Reads the clock. */
    long tick() {
        now = System.nanoTime();
        return now;
    }

    // ---- its bean instance

    /** The instance, taken when the first delivery needs it. */
    Endpoint endpoint() throws EndpointUnavailableException {
        Endpoint held = endpoint;
        if (held == null) {
            held = endpoints.take();
            endpoint = held;
            tick();
        }
        return held;
    }

    /** The instance must not be used again. */
    void lose() {
        Endpoint held = endpoint;
        endpoint = null;
        if (held != null) {
            held.release();
        }
    }

    // ---- what it puts off

    /** A lane is served: its feed may ask what was delivered, its event loop waits for results. */
    void serves(LaneOwner owner) {
        if (feed == null) {
            feed = owner.feed();
            feed.join(publish);
        }
        HandBack handBack = owner.handBack();
        if (handBacks.isEmpty()) {
            putOffSince = now;
        }
        if (!handBacks.contains(handBack)) {
            handBacks.add(handBack);
        }
    }

    /** A call has taken so long: after a long one, or after many, event loops are told. */
    void delivered(long nanos) {
        if (nanos > SHORT_NANOS || now - putOffSince > MOST_PUT_OFF_NANOS) {
            flush();
        }
    }

    private void flush() {
        for (int i = 0; i < handBacks.size(); i++) {
            handBacks.get(i).flush();
        }
        putOffSince = now;
    }

    /** It will wait for a disk: nobody waits for it. {@link #goesOn} follows. */
    void waits() {
        flush();
        blocks.accept(1);
    }

    void goesOn() {
        blocks.accept(-1);
        tick();
    }

    /** Nothing is put off any more, and the bean instance is another worker's to take. */
    void settle() {
        flush();
        handBacks.clear();
        Endpoint held = endpoint;
        endpoint = null;
        if (held != null) {
            endpoints.keep(held);
        }
    }

    /** The thread is given back. */
    void end() {
        settle();
        if (feed != null) {
            feed.leave(publish);
        }
    }

    // ---- its rest

    /** Announces that it waits; {@link #revive} ends that from now on. */
    void park() {
        restingSince = System.nanoTime();
        state.set(State.PARKED);
    }

    /**
     * Waits until it is revived or dismissed. Without a timer of its own: to set one costs more
     * than to wait.
     *
     * @return whether it was revived
     */
    boolean rest() {
        while (state.get() == State.PARKED) {
            LockSupport.park(this);
        }
        tick();
        return state.get() == State.RUNNING;
    }

    /** Whether it has waited for so long. Any thread. */
    boolean hasRested(long at, long nanos) {
        return at - restingSince >= nanos;
    }

    /** It is to end, unless it was revived. Any thread. */
    void dismiss() {
        if (state.compareAndSet(State.PARKED, State.ENDED)) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Ends its rest. Any thread.
     *
     * @return false if another has, or it has ended
     */
    boolean revive() {
        if (!state.compareAndSet(State.PARKED, State.RUNNING)) {
            return false;
        }
        if (Thread.currentThread() != thread) {
            LockSupport.unpark(thread);
        }
        return true;
    }
}
