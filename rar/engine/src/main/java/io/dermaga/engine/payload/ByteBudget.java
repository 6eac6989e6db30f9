package io.dermaga.engine.payload;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A bound on bytes held in memory, inside the bound of a parent. What was read already is always
 * booked, so that the bound may be exceeded by one read of each connection; whoever then finds it
 * {@link #exhausted()} stops reading and waits, those who hold next to nothing when it is {@link
 * #overdrawn()}. Thread-safe.
 */
public final class ByteBudget {

    private final long limit;
    private final @Nullable ByteBudget parent;
    private final AtomicLong used = new AtomicLong();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    public ByteBudget(long limit, @Nullable ByteBudget parent) {
        this.limit = limit;
        this.parent = parent;
    }

    public long used() {
        return used.get();
    }

    public long limit() {
        return limit;
    }

    /** Books bytes here and in every parent. */
    public void acquire(long bytes) {
        for (ByteBudget budget = this; budget != null; budget = budget.parent) {
            budget.used.addAndGet(bytes);
        }
    }

    /** Gives bytes back here and in every parent; below three quarters the waiting go on. */
    public void release(long bytes) {
        for (ByteBudget budget = this; budget != null; budget = budget.parent) {
            long now = budget.used.addAndGet(-bytes);
            if (!budget.waiting.isEmpty() && now <= budget.resumeMark()) {
                budget.wake();
            }
        }
    }

    /** Whether this budget or a parent is used up. */
    public boolean exhausted() {
        return exhaustedBudget() != null;
    }

    /** Whether this budget or a parent is exceeded by a sixteenth: then even the least waits. */
    public boolean overdrawn() {
        for (ByteBudget budget = this; budget != null; budget = budget.parent) {
            if (budget.used.get() >= budget.limit + budget.limit / 16) {
                return true;
            }
        }
        return false;
    }

    /** Whether this budget or a parent is used by three quarters. */
    public boolean scarce() {
        for (ByteBudget budget = this; budget != null; budget = budget.parent) {
            if (budget.used.get() > budget.resumeMark()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Calls back once when there is room again: on the thread that gives bytes back, or at once if
     * there is room now.
     */
    public void whenAvailable(Runnable callback) {
        ByteBudget full = exhaustedBudget();
        if (full == null) {
            callback.run();
            return;
        }
        full.waiting.add(callback);
        if (full.used.get() <= full.resumeMark()) {
            full.wake();
        }
    }

    private @Nullable ByteBudget exhaustedBudget() {
        for (ByteBudget budget = this; budget != null; budget = budget.parent) {
            if (budget.used.get() >= budget.limit) {
                return budget;
            }
        }
        return null;
    }

    private long resumeMark() {
        return limit / 4 * 3;
    }

    private void wake() {
        for (Runnable callback = waiting.poll(); callback != null; callback = waiting.poll()) {
            callback.run();
        }
    }
}
