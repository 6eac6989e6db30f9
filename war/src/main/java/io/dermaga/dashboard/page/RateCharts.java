package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.dashboard.live.RateHistory;
import io.dermaga.dashboard.live.RateSample;
import io.dermaga.dashboard.text.Visible;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The rates as JSON for the charts: {@code {"payloads": [{"label": "stream", "data": [[-300, 1.5],
 * …]}], …}}, where the first number is the time in seconds before now.
 */
final class RateCharts {

    private static final int POINTS = 150;

    private RateCharts() {}

    static String json(
            AdapterSnapshot snapshot, List<ListenerSnapshot> shown, RateHistory history) {
        JsonObjectBuilder charts = Json.createObjectBuilder();
        charts.add("payloads", chart(snapshot.at(), shown, history, RateSample::payloads));
        charts.add("bytes", chart(snapshot.at(), shown, history, RateSample::bytes));
        charts.add("connections", chart(snapshot.at(), shown, history, RateSample::connections));
        return charts.build().toString();
    }

    private static JsonArrayBuilder chart(
            Instant now,
            List<ListenerSnapshot> shown,
            RateHistory history,
            ToDoubleFunction<RateSample> value) {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        for (ListenerSnapshot listener : shown) {
            lines.add(
                    Json.createObjectBuilder()
                            .add("label", Visible.line(listener.name()))
                            .add("data", points(now, history.of(listener.name()), value)));
        }
        return lines;
    }

    /** Neighbouring samples are averaged, so that a point is never a picked one. */
    private static JsonArrayBuilder points(
            Instant now, List<RateSample> samples, ToDoubleFunction<RateSample> value) {
        int width = Math.max(1, samples.size() / POINTS);
        JsonArrayBuilder points = Json.createArrayBuilder();
        for (int from = 0; from < samples.size(); from += width) {
            List<RateSample> group = samples.subList(from, Math.min(samples.size(), from + width));
            RateSample last = group.get(group.size() - 1);
            double mean = group.stream().mapToDouble(value).average().orElse(0);
            points.add(
                    Json.createArrayBuilder()
                            .add(-Duration.between(last.at(), now).toSeconds())
                            .add(Math.round(mean * 10) / 10.0));
        }
        return points;
    }
}
