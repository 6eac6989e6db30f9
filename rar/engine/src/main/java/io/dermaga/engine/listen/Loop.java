package io.dermaga.engine.listen;

import io.dermaga.engine.framing.Chunk;
import io.dermaga.engine.lane.HandBack;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.AbstractEventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event loop, and what workers have put off for it. Any thread. */
final class Loop implements HandBack {

    /** What the cache of a core can be expected to hold. */
    private static final int MUCH_BYTES = 512 * 1024;

    private static final int MOST_PUT_OFF_MILLIS = 1;

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLoop eventLoop;
    private final Chunk chunk = new Chunk();

    /** Bytes that went to lanes since workers were last let have the core. */
    private long handedOver;

    private long read;

    /** Tasks were queued of which the event loop was not told. */
    private volatile boolean putOff;

    private final ScheduledExecutorService timer;

    private final AtomicBoolean ticking = new AtomicBoolean();

    private final Queue<Runnable> turns = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean turning = new AtomicBoolean();

    /** Something was put off since the timer's last tick. */
    private volatile boolean putOffSinceTick;

    private final Runnable tick = this::tick;

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

    /** Whether this thread is it. */
    boolean isCurrent() {
        return eventLoop.inEventLoop();
    }

    /** What is being read from one of its connections. On the event loop. */
    Chunk chunk() {
        return chunk;
    }

    /** So many bytes were read of the connection whose turn it is. On the event loop. */
    void read(int bytes) {
        read += bytes;
    }

    /** All of the connection whose turn ends. On the event loop. */
    long takeRead() {
        long bytes = read;
        read = 0;
        return bytes;
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

    /**
     * Queues a task of which there may be thousands: the event loop runs some of them, serves its
     * connections, and goes on a millisecond later.
     */
    void executeInTurns(Runnable task) {
        turns.add(task);
        if (turning.compareAndSet(false, true)) {
            execute(this::turn);
        }
    }

    private void turn() {
        try {
            runSome();
        } finally {
            turning.set(false);
            if (!turns.isEmpty() && turning.compareAndSet(false, true)) {
                later(() -> execute(this::turn));
            }
        }
    }

    private void runSome() {
        long begin = System.nanoTime();
        Runnable task = turns.poll();
        while (task != null) {
            task.run();
            task = System.nanoTime() - begin < TURN_NANOS ? turns.poll() : null;
        }
    }

    private void later(Runnable task) {
        try {
            timer.schedule(task, MOST_PUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the engine is being closed
        }
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
                keepTicking();
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

    /** Reads before it writes: nearly always there is nothing to change. */
    private void keepTicking() {
        if (!putOffSinceTick) {
            putOffSinceTick = true;
        }
        if (!ticking.get() && ticking.compareAndSet(false, true)) {
            timer.schedule(tick, MOST_PUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** On the timer, which goes on while it is needed: starting it anew would wake its thread. */
    private void tick() {
        flush();
        if (putOffSinceTick) {
            putOffSinceTick = false;
            timer.schedule(tick, MOST_PUT_OFF_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        ticking.set(false);
        if (putOffSinceTick) { // meanwhile, by a worker that found it ticking
            keepTicking();
        }
    }

    private static void nothing() {
        // that there is a task is what matters
    }
}
