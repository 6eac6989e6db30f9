package io.dermaga.alerts;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.LatencySnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.SpoolSnapshot;
import io.dermaga.api.monitor.StageDepths;
import io.dermaga.api.monitor.StageLatencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Snapshots of what a test cannot easily bring about: a disk that is full, a certificate's end. */
final class Snapshots {

    private static final LatencySnapshot NONE =
            new LatencySnapshot(List.of(Duration.ofSeconds(1)), List.of(0L, 0L), Duration.ZERO);

    private Snapshots() {}

    static AdapterSnapshot adapter(SpoolSnapshot spool, ListenerSnapshot... listeners) {
        return new AdapterSnapshot(
                Instant.EPOCH,
                Instant.EPOCH,
                "1",
                "nio",
                new MemorySnapshot(0, 0, 0, 0, 0, 0),
                spool,
                0,
                Map.of(),
                List.of(listeners));
    }

    static AdapterSnapshot adapter(ListenerSnapshot... listeners) {
        return adapter(new SpoolSnapshot(SpoolSnapshot.State.IDLE, null), listeners);
    }

    static ListenerSnapshot listener(@Nullable String backPressure, Instant... certificates) {
        return listener(ListenerState.LISTENING, 0, backPressure, certificates);
    }

    /** One that has failed, with what it says of that. */
    static ListenerSnapshot failed() {
        return listener(ListenerState.FAILED, 0, null);
    }

    /** One in whose bean so many payloads are. */
    static ListenerSnapshot busy(long inBean) {
        return listener(ListenerState.LISTENING, inBean, null);
    }

    private static ListenerSnapshot listener(
            ListenerState state,
            long inBean,
            @Nullable String backPressure,
            Instant... certificates) {
        return new ListenerSnapshot(
                "lab",
                "a",
                "localhost",
                1,
                "lines",
                state,
                state == ListenerState.FAILED ? "DMG1201 the port is taken" : null,
                0,
                1,
                new Counters(0, 0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new StageDepths(0, 0, 0, 0, 0, 0, inBean, 0, 0),
                new StageLatencies(NONE, NONE, NONE, NONE),
                0,
                1,
                backPressure,
                0,
                0,
                List.of(),
                List.of(certificates).stream().map(Snapshots::certificate).toList(),
                List.of());
    }

    private static CertificateSnapshot certificate(Instant end) {
        return new CertificateSnapshot(
                "f.pem", "CN=lab", List.of(), "i", "1", Instant.EPOCH, end, "x");
    }
}
