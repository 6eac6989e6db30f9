package io.dermaga.bench.jmh;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A result file of JMH.
 *
 * @param figures by benchmark with its parameters, in the order of their names
 */
record Results(Map<String, Figures> figures) {

    /** Present once the garbage profiler has run. */
    private static final String GARBAGE = "gc.alloc.rate.norm";

    /**
     * What one payload costs.
     *
     * @param nanos time
     * @param bytes garbage; not a number if it was not measured
     */
    record Figures(double nanos, double bytes) {}

    Results {
        figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }

    /** There are none. */
    static Results none() {
        return new Results(Map.of());
    }

    static Results read(Path file) throws IOException {
        Map<String, Figures> figures = new TreeMap<>();
        try (BufferedReader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            for (JsonValue value : reader.readArray()) {
                JsonObject result = value.asJsonObject();
                figures.put(name(result), figures(result));
            }
        }
        return new Results(figures);
    }

    private static String name(JsonObject result) {
        String full = result.getString("benchmark");
        int method = full.lastIndexOf('.');
        StringBuilder name =
                new StringBuilder(full.substring(full.lastIndexOf('.', method - 1) + 1));
        JsonObject parameters = result.getJsonObject("params");
        if (parameters != null) {
            new TreeMap<>(parameters)
                    .forEach(
                            (key, value) ->
                                    name.append(' ').append(key).append('=').append(text(value)));
        }
        return name.toString();
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    private static Figures figures(JsonObject result) {
        JsonObject primary = result.getJsonObject("primaryMetric");
        String unit = primary.getString("scoreUnit");
        if (!unit.equals("ns/op")) {
            throw new IllegalArgumentException(
                    "unit of " + name(result) + ": given=" + unit + " allowed=ns/op");
        }
        JsonObject garbage = result.getJsonObject("secondaryMetrics").getJsonObject(GARBAGE);
        return new Figures(score(primary), garbage == null ? Double.NaN : score(garbage));
    }

    /** JMH writes what is not a number as a string. */
    private static double score(JsonObject metric) {
        return metric.get("score") instanceof JsonNumber number ? number.doubleValue() : Double.NaN;
    }
}
