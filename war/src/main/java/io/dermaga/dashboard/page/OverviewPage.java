package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.dashboard.live.RateHistory;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole adapter at a glance. */
@Named("overview")
@RequestScoped
public class OverviewPage {

    private static final int EVENTS = 15;

    @Inject private ConnectedMonitor monitor;
    @Inject private RateHistory history;
    @Inject private Masks masks;

    private @Nullable AdapterSnapshot snapshot;
    private List<MonitorEvent> events = List.of();

    @PostConstruct
    void load() {
        snapshot = monitor.ask(Monitor::snapshot).orElse(null);
        events =
                monitor.ask(source -> LatestEvents.all(source, EVENTS)).orElse(List.of()).stream()
                        .map(masks::event)
                        .toList();
    }

    public @Nullable AdapterSnapshot getSnapshot() {
        return snapshot;
    }

    public List<MonitorEvent> getEvents() {
        return events;
    }

    public List<ListenerRow> getListeners() {
        return listeners().stream()
                .map(facts -> ListenerRow.of(facts, history.latest(facts.name())))
                .toList();
    }

    /** From the first byte to the outcome, by listener. */
    public List<Latency> getLatencies() {
        return listeners().stream()
                .map(facts -> Latency.of(facts.name(), facts.latencies().whole()))
                .toList();
    }

    /** Connections that were turned away by any listener, most frequent reason first. */
    public List<Refused> getRefusals() {
        return Refused.by(listeners());
    }

    public List<Stage> getStages() {
        return Stage.of(listeners());
    }

    /** What payloads and connections hold, with the limits. */
    public List<Gauge> getGauges() {
        AdapterSnapshot known = snapshot;
        if (known == null) {
            return List.of();
        }
        MemorySnapshot memory = known.memory();
        return List.of(
                new Gauge("budget", memory.budgetUsed(), memory.budgetLimit()),
                new Gauge("spill", memory.spillUsed(), memory.spillLimit()),
                new Gauge("direct", memory.directUsed(), 0),
                new Gauge("heap", memory.heapUsed(), 0));
    }

    /** Rates for the charts, as JSON. */
    public String getRates() {
        AdapterSnapshot known = snapshot;
        return known == null ? "{}" : RateCharts.json(known, known.listeners(), history);
    }

    private List<ListenerSnapshot> listeners() {
        AdapterSnapshot known = snapshot;
        return known == null ? List.of() : known.listeners();
    }
}
