package io.dermaga.engine;

import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Shared;
import io.dermaga.engine.monitor.Escape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Replays that go on, and the last ones that have ended. Thread-safe. */
final class EngineReplays implements AutoCloseable {

    private static final int MOST_RUNNING = 4;
    private static final int MOST_KNOWN = 50;
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private record Begun(ReplayRun run, Thread thread) {}

    private final Shared shared;
    private final Function<String, Optional<Listener>> listeners;
    private final Deque<Begun> begun = new ArrayDeque<>();
    private long number;

    /**
     * @param listeners finds the one of a name
     */
    EngineReplays(Shared shared, Function<String, Optional<Listener>> listeners) {
        this.shared = shared;
        this.listeners = listeners;
    }

    private DeadLetterStore store() {
        return shared.deadLetters();
    }

    DeadLetterReplay replay(DeadLetterFilter filter, String actor) {
        List<String> ids = new ArrayList<>();
        store().page(filter, null, DeadLetterStore.MOST_LETTERS)
                .forEach(letter -> ids.add(letter.id()));
        Collections.reverse(ids); // the oldest first
        return replay(ids, actor);
    }

    synchronized DeadLetterReplay replay(List<String> ids, String actor) {
        long running = begun.stream().filter(one -> one.thread().isAlive()).count();
        if (running >= MOST_RUNNING) {
            throw new IllegalStateException(
                    "DMG3214 %d replays of dead letters go on, allowed: %d; cancel one, or wait"
                            .formatted(running, MOST_RUNNING));
        }
        String id = "r" + ++number;
        String who = Escape.text(actor);
        ReplayRun run =
                new ReplayRun(
                        id,
                        who,
                        List.copyOf(ids),
                        store(),
                        shared.spillStore(),
                        listeners,
                        this::ended);
        told(
                "DMG3211 replay '%s' of %d dead letters is begun by '%s'"
                        .formatted(id, ids.size(), who));
        Thread thread = new Thread(null, run, "dermaga-replay-" + number, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(EngineReplays.class.getClassLoader());
        thread.start();
        forgetOldest();
        begun.addFirst(new Begun(run, thread));
        return run.facts();
    }

    /** Makes room for one more; those that go on stay. */
    private void forgetOldest() {
        Iterator<Begun> oldest = begun.descendingIterator();
        while (begun.size() >= MOST_KNOWN && oldest.hasNext()) {
            if (!oldest.next().thread().isAlive()) {
                oldest.remove();
            }
        }
    }

    private void ended(DeadLetterReplay facts) {
        told(
                "DMG3212 replay '%s' of '%s' is %s: of %d dead letters %d were delivered, %d failed again, %d were skipped%s"
                        .formatted(
                                facts.id(),
                                facts.actor(),
                                facts.state(),
                                facts.total(),
                                facts.delivered(),
                                facts.failed(),
                                facts.skipped(),
                                facts.lastError() == null
                                        ? ""
                                        : "; the last error: " + facts.lastError()));
    }

    private void told(String text) {
        shared.feed().info(Kind.DEAD_LETTER, null, text);
    }

    /** Newest first. */
    synchronized List<DeadLetterReplay> known() {
        return begun.stream().map(one -> one.run().facts()).toList();
    }

    synchronized boolean cancel(String id, String actor) {
        boolean done =
                begun.stream()
                        .filter(one -> one.run().id().equals(id))
                        .anyMatch(one -> one.run().cancel());
        if (done) {
            told(
                    "DMG3217 replay '%s' is cancelled by '%s'"
                            .formatted(Escape.text(id), Escape.text(actor)));
        }
        return done;
    }

    /** Waits until none goes on; after the listeners are closed. */
    @Override
    public synchronized void close() {
        begun.forEach(one -> one.run().cancel());
        for (Begun one : begun) {
            try {
                one.thread().join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
