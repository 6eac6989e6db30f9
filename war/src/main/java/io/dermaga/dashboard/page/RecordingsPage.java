package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.RecordingTotals;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Recordings of connections, and the beginning of one: {@code recordings.xhtml?listener=…&peers=…}.
 */
@Named("recordingsPage")
@ViewScoped
public class RecordingsPage implements Serializable {

    private static final long MEBIBYTE = 1024 * 1024;

    @Inject private ConnectedMonitor monitor;
    @Inject private Operator operator;

    private @Nullable String listener;
    private @Nullable String peers;
    private int mebibytes = (int) (RecordingRequest.DEFAULT_BYTES / MEBIBYTE);
    private int minutes = (int) RecordingRequest.DEFAULT_TIME.toMinutes();

    private transient @Nullable List<Recording> recordings;
    private transient @Nullable RecordingTotals totals;

    /** Reads everything anew; before every rendering, the partial ones included. */
    public void load() {
        recordings = monitor.ask(source -> source.recordings().list()).orElse(null);
        totals = monitor.ask(source -> source.recordings().totals()).orElse(null);
    }

    /** The newest first. */
    public List<Recording> getRecordings() {
        List<Recording> known = recordings;
        return known == null ? List.of() : known;
    }

    /** How much room there is; null if the adapter is away. */
    public @Nullable Gauge getRoom() {
        RecordingTotals now = totals;
        return now == null ? null : new Gauge("recordings", now.used(), now.capacity());
    }

    /** Names to choose from. */
    public List<String> getListeners() {
        return monitor.ask(Monitor::snapshot).stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .map(ListenerSnapshot::name)
                .sorted()
                .toList();
    }

    /** Begins one; only for an operator. */
    public void start() {
        RecordingRequest request =
                new RecordingRequest(
                        Objects.requireNonNullElse(listener, ""),
                        Objects.requireNonNullElse(peers, ""),
                        mebibytes * MEBIBYTE,
                        Duration.ofMinutes(minutes));
        operator.act(
                "recordings.start",
                (request.listener() + " " + request.peers()).strip(),
                actor ->
                        monitor.ask(source -> source.recordings().start(request, actor))
                                .map(begun -> Answer.done("recordingBegun", begun.id()))
                                .orElseGet(() -> Answer.notDone("offline")));
    }

    public @Nullable String getListener() {
        return listener;
    }

    public void setListener(@Nullable String listener) {
        this.listener = listener;
    }

    public @Nullable String getPeers() {
        return peers;
    }

    public void setPeers(@Nullable String peers) {
        this.peers = peers;
    }

    /** Its budget. */
    public int getMebibytes() {
        return mebibytes;
    }

    public void setMebibytes(int mebibytes) {
        this.mebibytes = mebibytes;
    }

    /** Its time. */
    public int getMinutes() {
        return minutes;
    }

    public void setMinutes(int minutes) {
        this.minutes = minutes;
    }
}
