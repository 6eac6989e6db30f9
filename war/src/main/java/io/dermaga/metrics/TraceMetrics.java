package io.dermaga.metrics;

import io.dermaga.traces.TraceStatus;

/** What is told of traces. */
final class TraceMetrics {

    private static final String DROPPED = "dermaga_traces_dropped";
    private static final String DROPPED_HELP = "Payloads that have no trace, though they should.";

    private TraceMetrics() {}

    static void addTo(Families families, TraceStatus traces) {
        families.gauge(
                "dermaga_traces_up",
                "1 if the collector has taken the last spans, 0 if it has not.",
                traces.problem() == null ? 1 : 0);
        families.gauge(
                "dermaga_traces_waiting",
                "Payloads whose spans wait to be sent.",
                traces.waiting());
        families.counter(
                "dermaga_traces_exported", "Payloads whose spans were taken.", traces.exported());
        families.counter(DROPPED, DROPPED_HELP, traces.overflown(), "reason", "overflow");
        families.counter(DROPPED, DROPPED_HELP, traces.refused(), "reason", "refused");
        families.counter(DROPPED, DROPPED_HELP, traces.forgotten(), "reason", "forgotten");
        families.counter(
                "dermaga_traces_rejected_spans",
                "Spans that the collector left out of what it took.",
                traces.rejectedSpans());
    }
}
