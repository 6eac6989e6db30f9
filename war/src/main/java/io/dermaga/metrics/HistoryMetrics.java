package io.dermaga.metrics;

import io.dermaga.history.HistoryStatus;

/** What is told of the history. */
final class HistoryMetrics {

    private HistoryMetrics() {}

    static void addTo(Families families, HistoryStatus history) {
        families.gauge(
                "dermaga_history_up",
                "1 if the history is written and found, 0 if its database is away.",
                history.problem() == null ? 1 : 0);
        families.gauge("dermaga_history_messages", "Messages in the history.", history.messages());
        families.gauge(
                "dermaga_history_bytes", "Bytes of their contents that are kept.", history.bytes());
        families.counter(
                "dermaga_history_dropped",
                "Messages that came faster than they could be written.",
                history.dropped());
    }
}
