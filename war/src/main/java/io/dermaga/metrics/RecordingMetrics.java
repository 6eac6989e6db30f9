package io.dermaga.metrics;

import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingTotals;

/** What is told of recordings. */
final class RecordingMetrics {

    private RecordingMetrics() {}

    static void addTo(Families families, RecordingTotals totals) {
        families.gauge("dermaga_recordings_running", "Recordings that go on.", totals.running());
        families.gauge("dermaga_recordings", "Recordings that are kept.", totals.kept());
        families.gauge(
                "dermaga_recordings_used_bytes",
                "Disk bytes of recordings, those reserved included.",
                totals.used());
        families.gauge(
                "dermaga_recordings_limit_bytes", "How many there may be.", totals.capacity());
        families.counter(
                "dermaga_recorded_bytes",
                "Bytes of both directions that were recorded.",
                totals.bytesRecorded());
        families.counter(
                "dermaga_recordings_cut_connections",
                "Connections that were cut since the disk was slower than they.",
                totals.cutConnections());
        for (Recording.State state : Recording.State.values()) {
            if (state != Recording.State.RUNNING) {
                families.counter(
                        "dermaga_recordings_ended",
                        "Recordings that have ended, by what ended them.",
                        totals.ended().getOrDefault(state, 0L),
                        "reason",
                        state.name());
            }
        }
    }
}
