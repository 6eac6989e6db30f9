package io.dermaga.metrics;

import io.dermaga.alerts.Alert.State;
import io.dermaga.alerts.Alerts;
import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.RecordingTotals;
import io.dermaga.history.HistoryStatus;
import io.dermaga.history.MessageHistory;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.traces.TraceStatus;
import io.dermaga.traces.Traces;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry of Micrometer, with meters of the JVM and one collector for all that the adapter
 * tells (ADR 25). Thread-safe.
 */
@ApplicationScoped
public class Metrics {

    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;
    @Inject private Alerts alerts;
    @Inject private Traces traces;

    private @Nullable PrometheusMeterRegistry registry;

    @PostConstruct
    void open() {
        PrometheusMeterRegistry opened =
                registry(
                        () -> monitor.ask(Monitor::snapshot),
                        () -> monitor.ask(source -> source.recordings().totals()),
                        () -> history.isKept() ? Optional.of(history.status()) : Optional.empty(),
                        this::openAlerts,
                        traces::status);
        new JvmMemoryMetrics().bindTo(opened);
        new JvmThreadMetrics().bindTo(opened);
        new FileDescriptorMetrics().bindTo(opened);
        new UptimeMetrics().bindTo(opened);
        registry = opened;
    }

    private Map<State, Long> openAlerts() {
        return Map.of(
                State.FIRING, alerts.count(State.FIRING),
                State.ACKNOWLEDGED, alerts.count(State.ACKNOWLEDGED));
    }

    /** One without the JVM. */
    static PrometheusMeterRegistry registry(
            Supplier<Optional<AdapterSnapshot>> adapter,
            Supplier<Optional<RecordingTotals>> recordings,
            Supplier<Optional<HistoryStatus>> history,
            Supplier<Map<State, Long>> alerts,
            Supplier<Optional<TraceStatus>> traces) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.getPrometheusRegistry()
                .register(
                        () ->
                                collect(
                                        adapter.get(),
                                        recordings.get(),
                                        history.get(),
                                        alerts.get(),
                                        traces.get()));
        return registry;
    }

    private static MetricSnapshots collect(
            Optional<AdapterSnapshot> adapter,
            Optional<RecordingTotals> recordings,
            Optional<HistoryStatus> history,
            Map<State, Long> alerts,
            Optional<TraceStatus> traces) {
        Families families = new Families();
        families.gauge(
                "dermaga_adapter_connected",
                "1 if the adapter tells of itself, 0 if it is not there.",
                adapter.isPresent() ? 1 : 0);
        adapter.ifPresent(now -> AdapterMetrics.addTo(families, now));
        recordings.ifPresent(now -> RecordingMetrics.addTo(families, now));
        history.ifPresent(now -> HistoryMetrics.addTo(families, now));
        AlertMetrics.addTo(families, alerts);
        traces.ifPresent(now -> TraceMetrics.addTo(families, now));
        return families.all();
    }

    /** Writes everything in one of the formats of Prometheus. */
    void write(OutputStream out, MetricsFormat format) throws IOException {
        Objects.requireNonNull(registry).scrape(out, format.contentType());
    }

    @PreDestroy
    void close() {
        Objects.requireNonNull(registry).close();
    }
}
