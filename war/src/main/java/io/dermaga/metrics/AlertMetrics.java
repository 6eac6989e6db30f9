package io.dermaga.metrics;

import io.dermaga.alerts.Alert.State;
import java.util.Locale;
import java.util.Map;

/** What is told of alerts. */
final class AlertMetrics {

    private AlertMetrics() {}

    /**
     * Adds how many are open.
     *
     * @param open by their states
     */
    static void addTo(Families families, Map<State, Long> open) {
        open.forEach(
                (state, count) ->
                        families.gauge(
                                "dermaga_alerts",
                                "Alerts that are not over.",
                                count,
                                "state",
                                state.name().toLowerCase(Locale.ROOT)));
    }
}
