package io.dermaga.it.tape;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorListener;
import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.Recordings;
import jakarta.ejb.MessageDriven;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Begins a recording that goes on when its adapter is undeployed, and a replay of the one before.
 */
@MessageDriven
public class RecordingBean implements MonitorListener {

    private static final long BYTES = 1024 * 1024;

    @Override
    public void onMonitor(Monitor monitor) {
        Recordings recordings = monitor.recordings();
        Optional<String> listener =
                monitor.snapshot().listeners().stream()
                        .filter(one -> one.state() == ListenerState.LISTENING)
                        .map(ListenerSnapshot::name)
                        .findFirst();
        for (Recording before : recordings.list()) {
            List<RecordedConnection> all = recordings.connections(before.id()).orElse(List.of());
            if (listener.isPresent() && !all.isEmpty()) {
                recordings.replay(
                        new RecordingReplayRequest(before.id(), all.get(0).id(), listener.get(), 1),
                        "test");
            }
            recordings.delete(before.id(), "test");
        }
        recordings.start(new RecordingRequest("", "", BYTES, Duration.ofHours(1)), "test");
    }
}
