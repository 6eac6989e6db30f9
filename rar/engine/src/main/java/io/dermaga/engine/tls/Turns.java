package io.dermaga.engine.tls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a number of tasks at a time on the threads of others; more wait, the newest goes on first.
 * Thread-safe.
 */
final class Turns implements Executor {

    private final Executor threads;
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // one of each connection at most
    private int free;

    /**
     * @param most how many run at a time
     */
    Turns(Executor threads, int most) {
        this.threads = threads;
        this.free = most;
    }

    @Override
    public void execute(Runnable task) {
        if (begins(task)) {
            start(task);
        }
    }

    private void start(Runnable task) {
        try {
            threads.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            ended();
            throw e;
        }
    }

    private synchronized boolean begins(Runnable task) {
        if (free == 0) {
            waiting.push(task);
            return false;
        }
        free--;
        return true;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            Runnable next = ended();
            if (next != null) {
                start(next);
            }
        }
    }

    private synchronized @Nullable Runnable ended() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
