package io.dermaga.engine;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.DeadLetterReplay.State;
import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Replay;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.payload.KeptContent;
import io.dermaga.engine.payload.SpillStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers dead letters again, one after another: the next one when a bean has taken the last, or
 * has failed on it. Runs on a thread of its own, asked by any.
 */
final class ReplayRun implements Runnable {

    private static final long CANCEL_POLL_MILLIS = 100;

    private final String id;
    private final String actor;
    private final List<String> letters;
    private final DeadLetterStore store;
    private final SpillStore spill;
    private final Function<String, Optional<Listener>> listeners;
    private final Consumer<DeadLetterReplay> ended;
    private final Instant startedAt = Instant.now();
    private volatile boolean cancelled;

    // written by the thread that runs, under the lock
    private State state = State.RUNNING;
    private @Nullable Instant endedAt;
    private int delivered;
    private int failed;
    private int skipped;
    private @Nullable String lastError;

    /**
     * @param letters their ids, in the order of their turns
     * @param listeners finds the one of a name
     * @param ended told once, at the end
     */
    ReplayRun(
            String id,
            String actor,
            List<String> letters,
            DeadLetterStore store,
            SpillStore spill,
            Function<String, Optional<Listener>> listeners,
            Consumer<DeadLetterReplay> ended) {
        this.id = id;
        this.actor = actor;
        this.letters = letters;
        this.store = store;
        this.spill = spill;
        this.listeners = listeners;
        this.ended = ended;
    }

    String id() {
        return id;
    }

    /** After the letter that a bean has now; false if it had ended or was cancelled before. */
    boolean cancel() {
        boolean first = !cancelled && facts().state() == State.RUNNING;
        cancelled = true;
        return first;
    }

    synchronized DeadLetterReplay facts() {
        return new DeadLetterReplay(
                id,
                actor,
                state,
                startedAt,
                endedAt,
                letters.size(),
                delivered,
                failed,
                skipped,
                lastError);
    }

    @Override
    public void run() {
        try {
            for (String letter : letters) {
                if (cancelled) {
                    break;
                }
                note(turn(letter));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only the end of the process does that
        } finally {
            synchronized (this) {
                boolean through = delivered + failed + skipped == letters.size();
                state = through ? State.DONE : State.CANCELLED;
                endedAt = Instant.now();
            }
            ended.accept(facts());
        }
    }

    /** A letter had its turn; one that was cancelled before a bean was called had none. */
    private synchronized void note(Replay.Result result) {
        String error = result.error();
        switch (result.kind()) {
            case DELIVERED -> delivered++;
            case FAILED -> failed++;
            case NOT_DELIVERED -> skipped += error == null ? 0 : 1;
        }
        if (error != null) {
            lastError = error;
        }
    }

    private static Replay.Result skipped(String why) {
        return new Replay.Result(Replay.Kind.NOT_DELIVERED, why);
    }

    private Replay.Result turn(String letter) throws InterruptedException {
        if (!store.claim(letter)) {
            return skipped(
                    "DMG3215 dead letter '" + letter + "' is gone, or somebody else has it now");
        }
        try {
            return replay(letter);
        } catch (IOException e) {
            return skipped(
                    "DMG3216 dead letter '%s' cannot be replayed: %s"
                            .formatted(letter, Escape.cause(e)));
        } finally {
            store.release(letter);
        }
    }

    private Replay.Result replay(String id) throws IOException, InterruptedException {
        Optional<DeadLetter> letter = store.find(id);
        Optional<InputStream> content = store.content(id);
        if (letter.isEmpty() || content.isEmpty()) {
            return skipped("DMG3215 dead letter '" + id + "' is gone");
        }
        try (InputStream in = content.get()) {
            Optional<Listener> listener = listeners.apply(letter.get().listener());
            if (listener.isEmpty()) {
                return skipped(
                        "DMG3213 listener '%s' of dead letter '%s' is not there"
                                .formatted(letter.get().listener(), id));
            }
            if (!listener.get().replays(letter.get())) {
                return skipped(
                        "DMG3218 listener '%s' has no bean in group '%s', whose copy dead letter '%s' is"
                                .formatted(letter.get().listener(), letter.get().copy(), id));
            }
            return noted(id, deliver(listener.get(), letter.get(), in));
        }
    }

    /** What a bean has done counts, even if the disk does not take it: then the letter stays. */
    private Replay.Result noted(String id, Replay.Result result) {
        try {
            if (result.kind() != Replay.Kind.NOT_DELIVERED) {
                store.replayed(id, result.error());
            }
            return result;
        } catch (IOException e) {
            return new Replay.Result(result.kind(), e.getMessage());
        }
    }

    private Replay.Result deliver(Listener listener, DeadLetter letter, InputStream in)
            throws IOException, InterruptedException {
        KeptContent kept =
                new KeptContent(spill, listener.settings().limits().spillThreshold().bytes());
        Replay replay =
                listener.replay(
                        letter,
                        kept.read(
                                in,
                                store.contentSize(letter.id()),
                                System.nanoTime(),
                                listener.budget()));
        while (true) {
            try {
                return replay.result().get(CANCEL_POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (cancelled) {
                    replay.cancel();
                }
            } catch (ExecutionException e) {
                throw new IOException(e);
            }
        }
    }
}
