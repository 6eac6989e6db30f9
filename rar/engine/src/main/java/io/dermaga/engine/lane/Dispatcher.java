package io.dermaga.engine.lane;

import io.dermaga.engine.monitor.Escape;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings ready lanes and workers together: at most {@code concurrency} workers, each of which takes
 * ready lanes until there are none and then ends. What the container refuses (a thread, a bean
 * instance) is asked for again, 10 ms to 1 s later; until then lanes stay ready. Thread-safe.
 */
public final class Dispatcher {

    private static final int LEAST_BACKOFF_MILLIS = 10;
    private static final int MOST_BACKOFF_MILLIS = 1000;

    /** Calls back later. */
    @FunctionalInterface
    public interface Timer {
        void schedule(Runnable task, long delay, TimeUnit unit);
    }

    private final int concurrency;
    private final WorkerPool pool;
    private final EndpointSource source;
    private final Timer timer;
    private final Consumer<String> onBackPressure;

    private final Queue<Lane> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Endpoint> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger workers = new AtomicInteger();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private volatile int allowed;
    private volatile boolean starved;
    private volatile int backoffMillis = LEAST_BACKOFF_MILLIS;
    private volatile @Nullable String backPressure;
    private volatile boolean closed;

    /**
     * @param concurrency workers at a time
     * @param onBackPressure told once when payloads begin to wait for the container
     */
    public Dispatcher(
            int concurrency,
            WorkerPool pool,
            EndpointSource source,
            Timer timer,
            Consumer<String> onBackPressure) {
        this.concurrency = concurrency;
        this.allowed = concurrency;
        this.pool = pool;
        this.source = source;
        this.timer = timer;
        this.onBackPressure = onBackPressure;
    }

    /** How many workers there may be. */
    public int concurrency() {
        return concurrency;
    }

    /** How many workers there are. */
    public int workers() {
        return workers.get();
    }

    /** Why lanes wait for the container, one sentence; null if they do not. */
    public @Nullable String backPressure() {
        return backPressure;
    }

    /**
     * Makes sure that an endpoint can be had, and keeps it for the first worker.
     *
     * @throws EndpointUnavailableException if not now
     */
    public void probe() throws EndpointUnavailableException {
        keep(source.create());
    }

    private void keep(Endpoint endpoint) {
        idle.push(endpoint);
        if (closed) {
            releaseEndpoints();
        }
    }

    /** A lane has something to deliver and no worker. */
    void ready(Lane lane) {
        again(lane);
        wake();
    }

    private void again(Lane lane) {
        ready.add(lane);
        if (closed) {
            giveUpReady();
        }
    }

    private void wake() {
        int running = workers.get();
        while (running < allowed && !closed) {
            if (workers.compareAndSet(running, running + 1)) {
                try {
                    pool.submit(this::work);
                } catch (WorkRefusedException e) {
                    workers.decrementAndGet();
                    starve("DMG3101 the container refuses a worker: " + e.getMessage());
                }
                return;
            }
            running = workers.get();
        }
    }

    private void work() {
        Worker worker = new Worker();
        try {
            Lane lane = ready.poll();
            while (lane != null && serve(worker, lane)) {
                lane = ready.poll();
            }
        } finally {
            worker.end();
            workers.decrementAndGet();
            if (backPressure == null && !ready.isEmpty()) {
                wake();
            }
        }
    }

    /** Whether the worker may go on. */
    private boolean serve(Worker worker, Lane lane) {
        try {
            if (lane.drain(worker)) {
                again(lane);
            }
            return true;
        } catch (EndpointUnavailableException e) {
            again(lane);
            starve("DMG3102 the container has no bean instance free: " + e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            worker.lose();
            again(lane);
            starve("DMG3103 a worker failed: " + Escape.cause(e));
            return false;
        }
    }

    /** The container gives no more now: fewer workers, and one more try a little later. */
    private synchronized void starve(String why) {
        if (closed) {
            return;
        }
        starved = true;
        allowed = Math.max(1, Math.min(concurrency, workers.get() - 1));
        if (backPressure == null) {
            backPressure = why;
            onBackPressure.accept(why);
        }
        if (retrying.compareAndSet(false, true)) {
            backoffMillis = LEAST_BACKOFF_MILLIS;
            timer.schedule(this::retry, backoffMillis, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void retry() {
        boolean recovered = allowed == concurrency && !starved;
        if (closed || recovered || ready.isEmpty()) {
            allowed = concurrency;
            backPressure = null;
            retrying.set(false);
            if (!ready.isEmpty()) {
                wake();
            }
            return;
        }
        starved = false;
        allowed = Math.min(concurrency, allowed + 1);
        wake();
        backoffMillis = Math.min(MOST_BACKOFF_MILLIS, backoffMillis * 2);
        timer.schedule(this::retry, backoffMillis, TimeUnit.MILLISECONDS);
    }

    /** Starts no more workers; what is still ready, now or later, is discarded. */
    public void close() {
        closed = true;
        giveUpReady();
    }

    private void giveUpReady() {
        for (Lane lane = ready.poll(); lane != null; lane = ready.poll()) {
            lane.giveUp();
        }
    }

    /** Whether no worker runs. */
    public boolean isQuiet() {
        return workers.get() == 0;
    }

    /** Gives all endpoints back that no worker uses; a worker of a closed one does it itself. */
    public void releaseEndpoints() {
        for (Endpoint endpoint = idle.poll(); endpoint != null; endpoint = idle.poll()) {
            endpoint.release();
        }
    }

    /** One worker's hold on an endpoint, taken when the first delivery needs it. */
    final class Worker {

        private @Nullable Endpoint endpoint;

        Endpoint endpoint() throws EndpointUnavailableException {
            Endpoint held = endpoint;
            if (held == null) {
                held = idle.poll();
                if (held == null) {
                    held = source.create();
                }
                endpoint = held;
            }
            return held;
        }

        /** The endpoint must not be used again. */
        void lose() {
            Endpoint held = endpoint;
            endpoint = null;
            if (held != null) {
                held.release();
            }
        }

        private void end() {
            Endpoint held = endpoint;
            endpoint = null;
            if (held != null) {
                keep(held);
            }
        }
    }
}
