package io.dermaga.metrics;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.LatencySnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingTotals;
import io.dermaga.api.monitor.SpoolSnapshot;
import io.dermaga.api.monitor.StageDepths;
import io.dermaga.api.monitor.StageLatencies;
import io.dermaga.traces.TraceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Snapshots in which nothing is missing. */
final class Complete {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final LatencySnapshot LATENCIES =
            new LatencySnapshot(
                    List.of(Duration.ofMillis(1), Duration.ofSeconds(1)),
                    List.of(3L, 2L, 1L),
                    Duration.ofMillis(4500));

    private Complete() {}

    static AdapterSnapshot adapter(String... listeners) {
        return new AdapterSnapshot(
                START.plusSeconds(90),
                START,
                "1.2.3",
                "epoll",
                new MemorySnapshot(1, 2, 3, 4, 5, 6),
                new SpoolSnapshot(SpoolSnapshot.State.OK, null),
                7,
                Map.of("DMG2107", 8L),
                List.of(listeners).stream().map(Complete::listener).toList());
    }

    static RecordingTotals recordings() {
        return new RecordingTotals(1, 2, 3, 4, 5, Map.of(Recording.State.BUDGET, 6L), 7);
    }

    static TraceStatus traces() {
        return new TraceStatus("http://localhost:4318", 1, 2, 3, 4, 5, 6, null);
    }

    private static ListenerSnapshot listener(String name) {
        return new ListenerSnapshot(
                name,
                "a",
                "localhost",
                1,
                "lines",
                ListenerState.LISTENING,
                null,
                3,
                10,
                new Counters(1, 0, Map.of(), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
                new StageDepths(1, 2, 3, 4, 5, 6, 7, 8, 9),
                new StageLatencies(LATENCIES, LATENCIES, LATENCIES, LATENCIES),
                1,
                2,
                null,
                3,
                4,
                List.of(),
                List.of(certificate(START.plusSeconds(9)), certificate(START.plusSeconds(5))),
                List.of());
    }

    private static CertificateSnapshot certificate(Instant end) {
        return new CertificateSnapshot("f", "s", List.of(), "i", "1", START, end, "x");
    }
}
