package io.dermaga.engine.recording;

import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Replays of recordings that go on, and the last ones that have ended. Thread-safe. */
public final class Playbacks implements AutoCloseable {

    private static final int MOST_KNOWN = 50;
    private static final long END_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private record Begun(Playback playback, Thread thread) {}

    private final Recorder recorder;
    private final ScheduledExecutorService timer;
    private final Consumer<RecordingReplay> told;
    private final Deque<Begun> begun = new ArrayDeque<>();
    private long number;
    private boolean closed;

    /**
     * @param timer ends those whose time is over
     * @param told of each that has ended, on its thread
     */
    public Playbacks(
            Recorder recorder, ScheduledExecutorService timer, Consumer<RecordingReplay> told) {
        this.recorder = recorder;
        this.timer = timer;
        this.told = told;
    }

    /**
     * Begins one.
     *
     * @throws IllegalArgumentException DMG1007 if there is no such recording or connection
     * @throws IllegalStateException DMG3309 if too many go on
     * @throws IOException if the file cannot be read
     */
    public RecordingReplay start(RecordingReplayRequest request, Target target, String actor)
            throws IOException {
        RecordedConnection recorded =
                recorder.connections(request.recording())
                        .flatMap(all -> find(all, request.connection()))
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "DMG1007 there is no connection '%s' in a recording '%s'"
                                                        .formatted(
                                                                Escape.text(request.connection()),
                                                                Escape.text(request.recording()))));
        synchronized (this) {
            long running = begun.stream().filter(one -> one.thread().isAlive()).count();
            if (closed || running >= Recordings.MOST_REPLAYS) {
                throw new IllegalStateException(
                        "DMG3309 %d replays of recordings go on, allowed: %d; cancel one, or wait"
                                .formatted(running, Recordings.MOST_REPLAYS));
            }
            String id = "p" + ++number;
            Steps sent = steps(request);
            ReplyComparison replies;
            try {
                replies = new ReplyComparison(steps(request));
            } catch (IOException e) {
                sent.close();
                throw e;
            }
            Playback playback =
                    new Playback(id, actor, request, recorded, target, sent, replies, timer, told);
            Thread thread = new Thread(null, playback, "dermaga-playback-" + number, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(Playbacks.class.getClassLoader());
            thread.start();
            forgetOldest();
            begun.addFirst(new Begun(playback, thread));
            return playback.facts();
        }
    }

    private static Optional<RecordedConnection> find(List<RecordedConnection> all, String id) {
        return all.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    private Steps steps(RecordingReplayRequest request) throws IOException {
        return new Steps(
                recorder.content(request.recording())
                        .orElseThrow(() -> new IOException("the recording was deleted meanwhile")),
                request.connection());
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

    /** Newest first. */
    public synchronized List<RecordingReplay> known() {
        return begun.stream().map(one -> one.playback().facts()).toList();
    }

    /** False if there is no such one, or it has ended. */
    public synchronized boolean cancel(String id) {
        return begun.stream()
                .filter(one -> one.playback().id().equals(id))
                .anyMatch(one -> one.playback().cancel());
    }

    /** Ends all; waits for their threads. */
    @Override
    public void close() {
        List<Begun> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(begun);
        }
        all.forEach(one -> one.playback().cancel());
        for (Begun one : all) {
            try {
                one.thread().join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
