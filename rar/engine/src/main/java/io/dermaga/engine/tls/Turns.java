package io.dermaga.engine.tls;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a number of tasks at a time on the threads of others. Peers whose tasks wait take turns, one
 * task each: however many connections of one address shake hands, those of others wait for one of
 * them. Thread-safe.
 */
final class Turns {

    private final Executor threads;

    /** One task of each connection at most. The address whose turn is next comes first. */
    private final Map<InetAddress, Queue<Runnable>> waiting = new LinkedHashMap<>();

    private int free;

    /**
     * @param most how many run at a time
     */
    Turns(Executor threads, int most) {
        this.threads = threads;
        this.free = most;
    }

    /**
     * Runs a task when it is the turn of its peer.
     *
     * @throws RejectedExecutionException if the threads have ended
     */
    void execute(InetAddress peer, Runnable task) {
        if (begins(peer, task)) {
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

    private synchronized boolean begins(InetAddress peer, Runnable task) {
        if (free == 0) {
            waiting.computeIfAbsent(peer, first -> new ArrayDeque<>()).add(task);
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
        Iterator<Map.Entry<InetAddress, Queue<Runnable>>> all = waiting.entrySet().iterator();
        if (!all.hasNext()) {
            free++;
            return null;
        }
        Map.Entry<InetAddress, Queue<Runnable>> first = all.next();
        all.remove();
        Runnable next = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue()); // behind the others
        }
        return next;
    }
}
