package io.dermaga.engine.lane;

import io.dermaga.engine.monitor.Escape;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings ready lanes and workers together: at most {@code concurrency} workers run at a time, each
 * of which takes ready lanes until there are none, then waits a little for more and ends.
 *
 * <p>A burst wakes one worker, when the event loop is through with it; a lane that then waits for
 * longer than a millisecond gets another, so that short calls are not paid for with switches of
 * threads and long ones do not hold others up. What the container refuses (a thread, a bean
 * instance) is asked for again, 10 ms to 1 s later; until then lanes stay ready. A lane that has to
 * wait before it delivers on holds no worker. Thread-safe.
 */
public final class Dispatcher {

    private static final int LEAST_BACKOFF_MILLIS = 10;
    private static final int MOST_BACKOFF_MILLIS = 1000;
    private static final int WATCH_MILLIS = 1;

    /** With the back-off between them, in a row: about a third of a second. */
    private static final int MANY_REFUSALS = 5;

    /** Calls back later. */
    @FunctionalInterface
    public interface Timer {
        void schedule(Runnable task, long delay, TimeUnit unit);
    }

    private final int concurrency;
    private final WorkerPool pool;
    private final Endpoints endpoints;
    private final Timer soon;
    private final Timer later;
    private final Consumer<String> onBackPressure;
    private final Runnable burstEnded = this::wakeAfterBurst;
    private final Runnable watch = this::watch;
    private final Runnable work = this::work;

    private final Queue<Lane> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger readyLanes = new AtomicInteger();
    private final Set<Lane> parked = ConcurrentHashMap.newKeySet();
    private final RestingWorkers resting;

    /** Threads that were asked for and are not given back. */
    private final AtomicInteger threads = new AtomicInteger();

    /** Those of them that do not wait. */
    private final AtomicInteger running = new AtomicInteger();

    /** Workers that wait for a disk. */
    private final AtomicInteger blocked = new AtomicInteger();

    private final AtomicBoolean waking = new AtomicBoolean();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicBoolean retrying = new AtomicBoolean();
    private volatile int allowed;
    private volatile boolean starved;
    private volatile int backoffMillis = LEAST_BACKOFF_MILLIS;
    private volatile @Nullable String backPressure;
    private volatile boolean closed;

    /**
     * @param concurrency workers at a time
     * @param soon calls back on an event loop, for what is a matter of milliseconds
     * @param later calls back on another thread, so that event loops need no timer
     * @param onBackPressure told once when payloads begin to wait for the container
     */
    public Dispatcher(
            int concurrency,
            WorkerPool pool,
            EndpointSource source,
            Timer soon,
            Timer later,
            Consumer<String> onBackPressure) {
        this.concurrency = concurrency;
        this.allowed = concurrency;
        this.pool = pool;
        this.endpoints = new Endpoints(source);
        this.soon = soon;
        this.later = later;
        this.resting = new RestingWorkers(later);
        this.onBackPressure = onBackPressure;
    }

    /** How many workers there may be. */
    public int concurrency() {
        return concurrency;
    }

    /** How many workers are at work. */
    public int workers() {
        return running.get();
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
        endpoints.probe();
    }

    // ---- ready lanes

    /** A lane has something to deliver and no worker. */
    void ready(Lane lane) {
        again(lane);
        if (waking.compareAndSet(false, true)) {
            lane.owner().afterBurst(burstEnded);
        }
    }

    private void again(Lane lane) {
        lane.readySince(System.nanoTime());
        ready.add(lane);
        readyLanes.incrementAndGet();
        if (closed) {
            giveUpReady();
        }
    }

    private @Nullable Lane next() {
        Lane lane = ready.poll();
        if (lane != null) {
            readyLanes.decrementAndGet();
        }
        return lane;
    }

    // ---- workers

    private void wakeAfterBurst() {
        waking.set(false);
        wake();
    }

    /**
     * Wakes a worker if lanes are ready, without waiting for the end of the burst. One is enough at
     * first; one that runs already finds what is ready by itself.
     */
    public void wake() {
        if (ready.isEmpty()) {
            return;
        }
        int busy = blocked.get();
        boolean first = running.get() <= busy && mayRun(Math.min(allowed, busy + 1));
        if (first) {
            run();
        }
        if (!first || readyLanes.get() > 1) {
            watchSoon();
        }
    }

    /**
     * One more waits for a disk, or one less: others serve what it cannot, and need not be watched.
     */
    private void blocks(int change) {
        blocked.addAndGet(change);
        if (backPressure == null) {
            wake();
        }
    }

    /** Books a worker that is to run, if fewer than so many do. */
    private boolean mayRun(int most) {
        int now = running.get();
        while (now < most && !closed) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
            now = running.get();
        }
        return false;
    }

    /** Makes a booked worker run: one that waits, or a new one. */
    private void run() {
        if (resting.reviveOne()) {
            return;
        }
        threads.incrementAndGet();
        try {
            pool.submit(work);
        } catch (WorkRefusedException e) {
            threads.decrementAndGet();
            running.decrementAndGet();
            starve("DMG3101 the container refuses a worker: " + e.getMessage());
        }
    }

    private void work() {
        Worker worker = new Worker(endpoints, this::blocks);
        try {
            boolean goOn = true;
            while (goOn) {
                goOn = serve(worker) && awaitMore(worker);
            }
        } finally {
            worker.end();
            threads.decrementAndGet();
            if (backPressure == null && !ready.isEmpty()) {
                wake();
            }
        }
    }

    /** Serves lanes until there are none; false if the worker has to end. */
    private boolean serve(Worker worker) {
        worker.tick();
        for (Lane lane = next(); lane != null; lane = next()) {
            if (!serve(worker, lane)) {
                running.decrementAndGet();
                return false;
            }
        }
        return true;
    }

    /** Whether the worker may go on. */
    private boolean serve(Worker worker, Lane lane) {
        try {
            worker.serves(lane.owner());
            switch (lane.drain(worker)) {
                case OTHERS -> again(lane);
                case WAITS -> park(lane, lane.waitNanos());
                case ENDED -> {
                    // it was let go
                }
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

    /** Waits a little: a thread that is there is cheaper than one that must be asked for. */
    private boolean awaitMore(Worker worker) {
        worker.settle();
        resting.add(worker);
        running.decrementAndGet();
        if ((closed || !ready.isEmpty()) && reviveItself(worker)) {
            return !closed;
        }
        if (!closed) {
            resting.expireLater();
        }
        return worker.rest();
    }

    /** What has become ready meanwhile may have found it still running. */
    private boolean reviveItself(Worker worker) {
        if (!closed && !mayRun(allowed)) {
            return false;
        }
        boolean own = worker.revive();
        if (own) {
            resting.remove(worker);
        } else if (!closed) {
            running.decrementAndGet(); // another has booked it
        }
        return own;
    }

    // ---- lanes that have to wait before they deliver on

    private void park(Lane lane, long nanos) {
        parked.add(lane);
        if (nanos != Deliveries.UNTIL_RESUMED) {
            later.schedule(() -> unpark(lane), nanos, TimeUnit.NANOSECONDS);
        } else if (lane.mayDeliver()) { // since a moment ago
            unpark(lane);
        }
        if (closed) {
            unpark(lane);
        }
    }

    /** Lets a lane look again for what it has to deliver, if it waits. */
    void unpark(Lane lane) {
        if (parked.remove(lane)) {
            again(lane);
            wake();
        }
    }

    // ---- lanes that wait although a worker runs

    private void watchSoon() {
        if (!closed && watching.compareAndSet(false, true)) {
            soon.schedule(watch, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void watch() {
        watching.set(false);
        Lane oldest = ready.peek();
        if (oldest == null || backPressure != null) {
            return;
        }
        if (System.nanoTime() - oldest.readySince() > TimeUnit.MILLISECONDS.toNanos(WATCH_MILLIS)) {
            int more = Math.min(Math.max(1, running.get()), readyLanes.get());
            for (int i = 0; i < more && mayRun(allowed); i++) {
                run();
            }
        }
        watchSoon();
    }

    // ---- back-pressure of the container

    /** The container gives no more now: fewer workers, and one more try a little later. */
    private synchronized void starve(String why) {
        if (closed) {
            return;
        }
        starved = true;
        allowed = Math.max(1, Math.min(concurrency, running.get() - 1));
        if (backPressure == null) {
            backPressure = why;
            onBackPressure.accept(why);
        }
        if (retrying.compareAndSet(false, true)) {
            backoffMillis = LEAST_BACKOFF_MILLIS;
            later.schedule(this::retry, backoffMillis, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void retry() {
        boolean recovered = allowed == concurrency && !starved;
        if (closed || recovered || ready.isEmpty()) {
            allowed = concurrency;
            backPressure = null;
            retrying.set(false);
            wake();
            return;
        }
        starved = false;
        allowed = Math.min(concurrency, allowed + 1);
        if (mayRun(allowed)) {
            run();
        }
        backoffMillis = Math.min(MOST_BACKOFF_MILLIS, backoffMillis * 2);
        later.schedule(this::retry, backoffMillis, TimeUnit.MILLISECONDS);
    }

    // ---- the end

    /** Starts no more workers; what is still ready, now or later, is discarded. */
    public void close() {
        closed = true;
        endpoints.close();
        parked.forEach(this::unpark);
        giveUpReady();
        while (resting.reviveOne()) {
            running.incrementAndGet();
        }
    }

    private void giveUpReady() {
        for (Lane lane = next(); lane != null; lane = next()) {
            lane.giveUp();
        }
    }

    /**
     * Whether the container has refused bean instances again and again while none is in use: one
     * that undeploys the bean gives no more.
     */
    public boolean isAbandoned() {
        return running.get() == 0 && endpoints.refusals() >= MANY_REFUSALS;
    }

    /** Whether no worker is left. */
    public boolean isQuiet() {
        return threads.get() == 0;
    }

    /** Gives all endpoints back that no worker uses; a worker of a closed one does it itself. */
    public void releaseEndpoints() {
        endpoints.release();
    }
}
