package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.dashboard.text.Visible;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One recording, and the replay of a connection: {@code recording.xhtml?id=…&connection=…}. */
@Named("recordingPage")
@ViewScoped
public class RecordingPage implements Serializable {

    /** How many connections are shown. */
    private static final int ROWS = 200;

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;

    private @Nullable String id;
    private @Nullable String connection;
    private @Nullable String target;
    private double speed = 1;
    private @Nullable String cancelled;

    private transient @Nullable Recording facts;
    private transient @Nullable List<RecordedConnection> connections;
    private transient @Nullable String problem;
    private transient @Nullable List<RecordingReplay> replays;

    /** Reads everything anew; before every rendering, the partial ones included. */
    public void load() {
        String wanted = Objects.requireNonNullElse(id, "");
        facts =
                monitor.ask(source -> source.recordings().find(wanted))
                        .flatMap(found -> found)
                        .orElse(null);
        replays =
                monitor.ask(source -> source.recordings().replays()).orElse(List.of()).stream()
                        .filter(one -> one.recording().equals(wanted))
                        .toList();
    }

    /** Null if there is none. */
    public @Nullable Recording getFacts() {
        return facts;
    }

    /** Its connections as far as they are shown; the file is read when the page is opened. */
    public List<RecordedConnection> getConnections() {
        List<RecordedConnection> known = connections;
        if (known == null) {
            known = read();
            connections = known;
        }
        return known.size() <= ROWS ? known : known.subList(0, ROWS);
    }

    /** How many connections are not shown. */
    public int getMore() {
        return Math.max(0, getConnections().size() < ROWS ? 0 : size() - ROWS);
    }

    private int size() {
        List<RecordedConnection> known = connections;
        return known == null ? 0 : known.size();
    }

    private List<RecordedConnection> read() {
        String wanted = Objects.requireNonNullElse(id, "");
        try {
            return monitor.ask(source -> source.recordings().connections(wanted))
                    .flatMap(found -> found)
                    .orElse(List.of());
        } catch (UncheckedIOException failed) {
            problem = Visible.line(String.valueOf(failed.getMessage()));
            return List.of();
        }
    }

    /** Why the file cannot be read; null if it can. */
    public @Nullable String getProblem() {
        return problem;
    }

    /** The connection that is to be replayed; null if none is chosen. */
    public @Nullable RecordedConnection getChosen() {
        String wanted = connection;
        if (wanted == null || wanted.isEmpty()) {
            return null;
        }
        getConnections();
        List<RecordedConnection> all = connections;
        return all == null
                ? null
                : all.stream().filter(one -> one.id().equals(wanted)).findFirst().orElse(null);
    }

    /** Names of those that can be replayed to. */
    public List<String> getListeners() {
        return monitor.ask(Monitor::snapshot).stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .filter(one -> one.state() == ListenerState.LISTENING)
                .map(ListenerSnapshot::name)
                .sorted()
                .toList();
    }

    /** Replays of it, the newest first. */
    public List<RecordingReplay> getReplays() {
        List<RecordingReplay> known = replays;
        return known == null ? List.of() : known;
    }

    /** How much of a replay is sent, 0 to 100. */
    public int percent(RecordingReplay replay) {
        return replay.bytes() == 0 ? 100 : (int) (100 * replay.sent() / replay.bytes());
    }

    /** Style class of how a replay stands. */
    public String style(RecordingReplay replay) {
        return switch (replay.state()) {
            case RUNNING -> "running";
            case CANCELLED -> "cancelled";
            case FAILED -> "failed";
            case DONE ->
                    replay.replies() == RecordingReplay.Replies.IDENTICAL ? "delivered" : "failed";
        };
    }

    /** Ends the recording; only for an operator. */
    public void stop() {
        act(
                "recordings.stop",
                "recordingStopped",
                "recordingEnded",
                (source, which, actor) -> source.recordings().stop(which, actor));
        connections = null;
    }

    /** Removes it; only for an operator. */
    public void delete() {
        act(
                "recordings.delete",
                "recordingDeleted",
                "recordingGone",
                (source, which, actor) -> source.recordings().delete(which, actor));
    }

    private void act(String name, String done, String notDone, Operator.Action action) {
        operator.act(name, Objects.requireNonNullElse(id, ""), done, notDone, action);
    }

    /** Sends the chosen connection again; only for an operator. */
    public void replay() {
        RecordingReplayRequest request =
                new RecordingReplayRequest(
                        Objects.requireNonNullElse(id, ""),
                        Objects.requireNonNullElse(connection, ""),
                        Objects.requireNonNullElse(target, ""),
                        speed);
        operator.act(
                "recordings.replay",
                request.recording() + " " + request.connection() + " " + request.listener(),
                actor ->
                        monitor.ask(source -> source.recordings().replay(request, actor))
                                .map(begun -> Answer.done("playbackBegun"))
                                .orElseGet(() -> Answer.notDone("offline")));
    }

    /** Ends a replay; only for an operator. */
    public void cancel() {
        operator.act(
                "recordingReplays.cancel",
                Objects.requireNonNullElse(cancelled, ""),
                "playbackCancelled",
                "replayEnded",
                (source, which, actor) -> source.recordings().cancelReplay(which, actor));
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    /** Id of the connection that is to be replayed. */
    public @Nullable String getConnection() {
        return connection;
    }

    public void setConnection(@Nullable String connection) {
        this.connection = connection;
    }

    /** The listener to replay to: the connection's own unless the reader has chosen another. */
    public @Nullable String getTarget() {
        RecordedConnection chosen = getChosen();
        return target == null && chosen != null ? chosen.listener() : target;
    }

    public void setTarget(@Nullable String target) {
        this.target = target;
    }

    public double getSpeed() {
        return speed;
    }

    public void setSpeed(double speed) {
        this.speed = speed;
    }

    /** Id of the replay to end. */
    public @Nullable String getCancelled() {
        return cancelled;
    }

    public void setCancelled(@Nullable String cancelled) {
        this.cancelled = cancelled;
    }
}
