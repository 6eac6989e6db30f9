package io.dermaga.metrics;

import io.dermaga.api.monitor.LatencySnapshot;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects samples into families of metrics. Names are those of docs/metrics.md. */
final class Families {

    private final List<InfoSnapshot> infos = new ArrayList<>();
    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();
    private final Map<String, HistogramSnapshot.Builder> histograms = new LinkedHashMap<>();

    /**
     * Facts as labels of a sample that is always 1.
     *
     * @param name without {@code _info}, which is added to it
     */
    void info(String name, String help, String... labels) {
        infos.add(
                InfoSnapshot.builder()
                        .name(name)
                        .help(help)
                        .dataPoint(
                                InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build())
                        .build());
    }

    /** What goes up and down, in whole numbers. */
    void gauge(String name, String help, long value, String... labels) {
        gauge(name, help, (double) value, labels);
    }

    /** What goes up and down. */
    void gauge(String name, String help, double value, String... labels) {
        gauges.computeIfAbsent(name, key -> GaugeSnapshot.builder().name(name).help(help))
                .dataPoint(
                        GaugeDataPointSnapshot.builder()
                                .value(value)
                                .labels(Labels.of(labels))
                                .build());
    }

    /**
     * What only grows.
     *
     * @param name without {@code _total}, which is added to it
     */
    void counter(String name, String help, long value, String... labels) {
        counters.computeIfAbsent(name, key -> CounterSnapshot.builder().name(name).help(help))
                .dataPoint(
                        CounterDataPointSnapshot.builder()
                                .value((double) value)
                                .labels(Labels.of(labels))
                                .build());
    }

    /** Latencies, in seconds. */
    void histogram(String name, String help, LatencySnapshot latencies, String... labels) {
        List<Duration> bounds = latencies.bounds();
        double[] seconds = new double[bounds.size() + 1];
        Arrays.setAll(
                seconds,
                i -> i < bounds.size() ? bounds.get(i).toNanos() / 1e9 : Double.POSITIVE_INFINITY);
        histograms
                .computeIfAbsent(name, key -> HistogramSnapshot.builder().name(name).help(help))
                .dataPoint(
                        HistogramDataPointSnapshot.builder()
                                .classicHistogramBuckets(
                                        ClassicHistogramBuckets.of(
                                                seconds, latencies.counts().toArray(new Long[0])))
                                .sum(latencies.sum().toNanos() / 1e9)
                                .labels(Labels.of(labels))
                                .build());
    }

    MetricSnapshots all() {
        List<MetricSnapshot> all = new ArrayList<>(infos);
        gauges.values().forEach(one -> all.add(one.build()));
        counters.values().forEach(one -> all.add(one.build()));
        histograms.values().forEach(one -> all.add(one.build()));
        return new MetricSnapshots(all);
    }
}
