package io.dermaga.engine.lane;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Workers that wait for more to do: the last to rest is the first to run again, and those that have
 * rested for 100 ms give their threads back. Thread-safe.
 */
final class RestingWorkers {

    private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConcurrentLinkedDeque<Worker> parked = new ConcurrentLinkedDeque<>();
    private final AtomicBoolean expiring = new AtomicBoolean();
    private final Runnable expire = this::expire;
    private final Dispatcher.Timer timer;

    RestingWorkers(Dispatcher.Timer timer) {
        this.timer = timer;
    }

    /** The worker waits from now on. */
    void add(Worker worker) {
        worker.park();
        parked.push(worker);
    }

    /** It waits no more. */
    void remove(Worker worker) {
        parked.remove(worker);
    }

    /** Makes one of them run; false if there is none. */
    boolean reviveOne() {
        for (Worker worker = parked.poll(); worker != null; worker = parked.poll()) {
            if (worker.revive()) {
                return true;
            }
        }
        return false;
    }

    /** Gives threads back when they have waited for long enough. */
    void expireLater() {
        if (!expiring.get() && expiring.compareAndSet(false, true)) {
            timer.schedule(expire, LINGER_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** The deepest of the stack have waited longest. */
    private void expire() {
        expiring.set(false);
        long now = System.nanoTime();
        for (Worker worker = parked.peekLast();
                worker != null && worker.hasRested(now, LINGER_NANOS);
                worker = parked.peekLast()) {
            parked.removeLastOccurrence(worker);
            worker.dismiss();
        }
        if (!parked.isEmpty()) {
            expireLater();
        }
    }
}
