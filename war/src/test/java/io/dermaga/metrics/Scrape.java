package io.dermaga.metrics;

import io.dermaga.alerts.Alert.State;
import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.history.HistoryStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an endpoint tells, in the text format.
 *
 * @param types of the families by their names, as a scraper reads them
 * @param samples by name and labels: {@code dermaga_connections{listener="orders"}}
 */
record Scrape(Map<String, String> types, Map<String, Double> samples) {

    static Scrape of(AdapterSnapshot adapter, HistoryStatus history) {
        return of(
                Metrics.registry(
                                () -> Optional.of(adapter),
                                () -> Optional.of(Complete.recordings()),
                                () -> Optional.of(history),
                                () -> Map.of(State.FIRING, 2L, State.ACKNOWLEDGED, 1L),
                                () -> Optional.of(Complete.traces()))
                        .scrape(MetricsFormat.TEXT.contentType()));
    }

    static Scrape of(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, Double> samples = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", -1);
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                int space = line.lastIndexOf(' ');
                samples.put(line.substring(0, space), number(line.substring(space + 1)));
            }
        }
        return new Scrape(types, samples);
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    /** The value of a sample of a listener. */
    double of(String name, String listener, String... moreLabels) {
        Map<String, String> labels = new LinkedHashMap<>(); // the listener comes first
        labels.put("listener", listener);
        for (int i = 0; i < moreLabels.length; i += 2) {
            labels.put(moreLabels[i], moreLabels[i + 1]);
        }
        StringBuilder sample = new StringBuilder(name);
        char separator = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            sample.append(separator)
                    .append(label.getKey())
                    .append("=\"")
                    .append(label.getValue())
                    .append('"');
            separator = ',';
        }
        Double value = samples.get(sample.append('}').toString());
        if (value == null) {
            throw new AssertionError("no sample " + sample + " in " + samples.keySet());
        }
        return value;
    }
}
