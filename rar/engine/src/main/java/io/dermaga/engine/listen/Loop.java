package io.dermaga.engine.listen;

import io.dermaga.engine.framing.Boundaries;
import io.dermaga.engine.lane.HandBack;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractEventExecutor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event loop, and what workers have put off for it. Any thread. */
final class Loop implements HandBack {

    /** What the cache of a core can be expected to hold. */
    private static final int MUCH_BYTES = 512 * 1024;

    private static final int MOST_PUT_OFF_MILLIS = 1;

    private final EventLoop eventLoop;
    private final Boundaries boundaries = new Boundaries();

    /** Bytes that went to lanes since workers were last let have the core. */
    private long handedOver;

    /** Tasks were queued of which the event loop was not told. */
    private volatile boolean putOff;

    private final ScheduledExecutorService timer;

    /** The timer is on its way. */
    private final AtomicBoolean flushing = new AtomicBoolean();

    /** Something was put off since the timer last came. */
    private volatile boolean busy;

    private final Runnable flushInTime = this::flushInTime;

    /**
     * @param timer sees to it that nothing is put off for long
     */
    Loop(EventLoop eventLoop, ScheduledExecutorService timer) {
        this.eventLoop = eventLoop;
        this.timer = timer;
    }

    boolean is(EventLoop other) {
        return eventLoop == other;
    }

    /** For the framing of its connections. */
    Boundaries boundaries() {
        return boundaries;
    }

    /** So many bytes go to a lane. On the event loop. */
    void handsOver(long bytes) {
        handedOver += bytes;
    }

    /** Whether it is time to let workers have the core. On the event loop. */
    boolean hasHandedOverMuch() {
        if (handedOver < MUCH_BYTES) {
            return false;
        }
        handedOver = 0;
        return true;
    }

    /** A worker on this core delivers while what was read is in its cache; else nothing happens. */
    @SuppressWarnings("ThreadPriorityCheck") // it is about speed alone
    static void letWorkersHaveTheCore() {
        Thread.yield();
    }

    /** Queues a task; the event loop runs it soon. After it has ended, nothing happens. */
    void execute(Runnable task) {
        try {
            eventLoop.execute(task);
        } catch (RejectedExecutionException e) {
            // the event loop has ended, and with it the connection
        }
    }

    /**
     * Queues a task; the event loop runs it when it runs, at the latest after {@link #flush} or a
     * millisecond: the bean may be in a long call.
     */
    void putOff(Runnable task) {
        if (eventLoop instanceof AbstractEventExecutor lazy) {
            try {
                lazy.lazyExecute(task);
                putOff = true;
                if (!busy) {
                    busy = true;
                }
                startTimer();
            } catch (RejectedExecutionException e) {
                // as above
            }
        } else {
            execute(task);
        }
    }

    @Override
    public void flush() {
        if (putOff) {
            putOff = false;
            execute(Loop::nothing); // wakes it
        }
    }

    private void startTimer() {
        if (!flushing.get() && flushing.compareAndSet(false, true)) {
            timer.schedule(flushInTime, MOST_PUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** On the timer, which goes on by itself while it is needed: to start it wakes its thread. */
    private void flushInTime() {
        flush();
        if (busy) {
            busy = false;
            timer.schedule(flushInTime, MOST_PUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        flushing.set(false);
        if (busy) { // meanwhile, by a worker that took the timer for running
            startTimer();
        }
    }

    private static void nothing() {
        // that there is a task is what matters
    }
}
