package io.dermaga.engine;

import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.RecordingTotals;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Shared;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.recording.Playbacks;
import io.dermaga.engine.recording.Recorder;
import io.dermaga.engine.recording.Target;
import io.dermaga.engine.settings.AddressRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What an operator does to recordings; each is told of with the name of who did it. */
final class EngineRecordings implements Recordings, AutoCloseable {

    private static final int MOST_PEERS_CHARS = 1000;

    private final Supplier<List<Listener>> listeners;
    private final Recorder recorder;
    private final Playbacks playbacks;
    private final Feed feed;

    /**
     * @param listeners those that there are
     */
    EngineRecordings(Supplier<List<Listener>> listeners, Shared shared) {
        this.listeners = listeners;
        this.recorder = shared.recorder();
        this.feed = shared.feed();
        this.playbacks =
                new Playbacks(recorder, shared.transport().timer(), facts -> replayed(feed, facts));
    }

    // ---- recording

    @Override
    public Recording start(RecordingRequest request, String actor) {
        check(request);
        List<AddressRange> peers = Ranges.parse("peers", request.peers());
        try {
            Recording begun = recorder.start(request, peers, Escape.text(actor));
            info(
                    request.listener(),
                    "DMG3306 recording '%s' of %s is begun by '%s': at most %d bytes and %d s"
                            .formatted(
                                    begun.id(),
                                    subject(begun),
                                    begun.actor(),
                                    begun.budget(),
                                    begun.limit().toSeconds()));
            listeners.get().forEach(one -> one.operations().record(begun.id()));
            return begun;
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    private void check(RecordingRequest request) {
        if (!request.listener().isEmpty()) {
            listener(request.listener());
        }
        if (request.peers().length() > MOST_PEERS_CHARS) {
            throw notAllowed(
                    "peers",
                    request.peers().length() + " characters",
                    "at most " + MOST_PEERS_CHARS);
        }
        if (request.budget() < RecordingRequest.LEAST_BYTES) {
            throw notAllowed(
                    "budget",
                    request.budget(),
                    RecordingRequest.LEAST_BYTES + " and more bytes, within recordingCapacity");
        }
        Duration limit = request.limit();
        if (limit.compareTo(Duration.ofSeconds(1)) < 0
                || limit.compareTo(RecordingRequest.MOST_TIME) > 0) {
            throw notAllowed("limit", limit, "1 s to 24 h");
        }
    }

    private static IllegalArgumentException notAllowed(String what, Object given, String allowed) {
        return new IllegalArgumentException(
                "DMG1001 '%s': given %s, allowed: %s".formatted(what, given, allowed));
    }

    private Listener listener(String name) {
        return listenerNamed(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "DMG1007 there is no listener '"
                                                + Escape.text(name)
                                                + "'"));
    }

    private Optional<Listener> listenerNamed(String name) {
        return listeners.get().stream()
                .filter(one -> one.settings().name().equals(name))
                .findFirst();
    }

    private static String subject(Recording recording) {
        String of =
                recording.listener().isEmpty()
                        ? "all listeners"
                        : "listener '" + recording.listener() + "'";
        return recording.peers().isEmpty()
                ? of
                : of + " with peers '" + Escape.text(recording.peers()) + "'";
    }

    /** A recording has ended, whoever has ended it. */
    static void ended(Feed feed, Recording facts) {
        String text =
                "DMG3307 recording '%s' has ended: %s; %d connections, %d bytes read, %d bytes written, %d connections were cut%s"
                        .formatted(
                                facts.id(),
                                facts.state(),
                                facts.connections(),
                                facts.bytesRead(),
                                facts.bytesWritten(),
                                facts.cut(),
                                facts.error() == null ? "" : ": " + facts.error());
        String listener = facts.listener().isEmpty() ? null : facts.listener();
        if (facts.state() == Recording.State.DISK || facts.cut() > 0) {
            feed.warning(Kind.RECORDING, listener, null, text);
        } else {
            feed.info(Kind.RECORDING, listener, text);
        }
    }

    @Override
    public boolean stop(String id, String actor) {
        boolean done = recorder.stop(id);
        if (done) {
            info("", "DMG3312 recording '%s' is ended by '%s'".formatted(id, Escape.text(actor)));
        }
        return done;
    }

    @Override
    public boolean delete(String id, String actor) {
        Optional<Recording> found = recorder.find(id);
        if (found.isPresent() && found.get().goesOn()) {
            throw new IllegalStateException("DMG3305 recording '" + id + "' goes on");
        }
        try {
            boolean done = found.isPresent() && recorder.delete(id);
            if (done) {
                info(
                        found.get().listener(),
                        "DMG3313 recording '%s' is deleted by '%s'"
                                .formatted(id, Escape.text(actor)));
            }
            return done;
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    @Override
    public List<Recording> list() {
        return recorder.list();
    }

    @Override
    public Optional<Recording> find(String id) {
        return recorder.find(id);
    }

    @Override
    public Optional<InputStream> content(String id) {
        try {
            return recorder.content(id);
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    @Override
    public Optional<List<RecordedConnection>> connections(String id) {
        try {
            return recorder.connections(id);
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    @Override
    public RecordingTotals totals() {
        return recorder.totals();
    }

    private UncheckedIOException unchecked(IOException cause) {
        return new UncheckedIOException(recorder.numbered(cause), cause);
    }

    // ---- replaying

    @Override
    public RecordingReplay replay(RecordingReplayRequest request, String actor) {
        double speed = request.speed();
        if (!(speed >= 0 && speed <= RecordingReplayRequest.MOST_SPEED)) {
            throw notAllowed(
                    "speed",
                    speed,
                    "0 (as fast as answers come) to " + RecordingReplayRequest.MOST_SPEED);
        }
        Target target = listener(request.listener()).replayTarget().find();
        try {
            RecordingReplay begun = playbacks.start(request, target, Escape.text(actor));
            info(
                    target.listener(),
                    "DMG3310 replay '%s' of connection '%s' in recording '%s' to listener '%s' is begun by '%s'"
                            .formatted(
                                    begun.id(),
                                    begun.connection(),
                                    begun.recording(),
                                    target.listener(),
                                    begun.actor()));
            return begun;
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    private static void replayed(Feed feed, RecordingReplay facts) {
        feed.info(
                Kind.RECORDING,
                facts.listener(),
                "DMG3311 replay '%s' of '%s' is %s: %d of %d bytes were sent, %d bytes of replies came, recorded were %d%s%s"
                        .formatted(
                                facts.id(),
                                facts.actor(),
                                facts.state(),
                                facts.sent(),
                                facts.bytes(),
                                facts.received(),
                                facts.expected(),
                                facts.replies() == null ? "" : "; they are " + facts.replies(),
                                facts.error() == null ? "" : ": " + facts.error()));
    }

    @Override
    public List<RecordingReplay> replays() {
        return playbacks.known();
    }

    @Override
    public boolean cancelReplay(String id, String actor) {
        boolean done = playbacks.cancel(id);
        if (done) {
            info("", "DMG3314 replay '%s' is cancelled by '%s'".formatted(id, Escape.text(actor)));
        }
        return done;
    }

    private void info(String listener, String text) {
        feed.info(Kind.RECORDING, listener.isEmpty() ? null : listener, text);
    }

    /** Ends replays and recordings, and waits for their threads. */
    @Override
    public void close() {
        playbacks.close();
        recorder.close();
    }
}
