package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.dashboard.live.RateHistory;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One listener: {@code listener.xhtml?name=…}. */
@Named("listenerPage")
@ViewScoped
public class ListenerPage implements Serializable {

    /**
     * A counter as it is shown.
     *
     * @param key of its name in the resource bundle
     * @param count how often
     * @param bytes their size; -1 where it is not counted
     */
    public record Count(String key, long count, long bytes) {}

    private static final int EVENTS = 20;

    @Inject private ConnectedMonitor monitor;
    @Inject private RateHistory history;
    @Inject private Masks masks;

    private @Nullable String name;
    private transient @Nullable AdapterSnapshot snapshot;

    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    /** Reads the adapter anew; before every rendering, the partial ones included. */
    public void load() {
        snapshot = monitor.ask(Monitor::snapshot).orElse(null);
    }

    /** The listener; null if there is none of this name. */
    public @Nullable ListenerRow getListener() {
        return facts().map(facts -> ListenerRow.of(facts, history.latest(facts.name())))
                .orElse(null);
    }

    public List<Stage> getStages() {
        return facts().map(facts -> Stage.of(List.of(facts))).orElse(List.of());
    }

    public List<Gauge> getGauges() {
        return facts().map(
                        facts ->
                                List.of(
                                        new Gauge(
                                                "budget", facts.budgetUsed(), facts.budgetLimit())))
                .orElse(List.of());
    }

    public String getRates() {
        AdapterSnapshot known = snapshot;
        return known == null
                ? "{}"
                : facts().map(facts -> RateCharts.json(known, List.of(facts), history))
                        .orElse("{}");
    }

    public List<Count> getCounts() {
        return facts().map(facts -> counts(facts.counters())).orElse(List.of());
    }

    private static List<Count> counts(Counters counters) {
        return List.of(
                new Count("accepted", counters.accepted(), -1),
                new Count("refused", counters.refused(), -1),
                new Count("closed", counters.closed(), -1),
                new Count("delivered", counters.delivered(), counters.deliveredBytes()),
                new Count("failures", counters.failures(), -1),
                new Count("failed", counters.failed(), counters.failedBytes()),
                new Count("deadLetters", counters.deadLetters(), -1),
                new Count("discarded", counters.discarded(), counters.discardedBytes()),
                new Count("repeated", counters.repeated(), -1),
                new Count("copied", counters.copied(), counters.copiedBytes()),
                new Count("envelope", -1, counters.envelopeBytes()),
                new Count("read", -1, counters.bytesRead()),
                new Count("written", -1, counters.bytesWritten()));
    }

    /** How long the stages of payloads took, since the listener was opened. */
    public List<Latency> getLatencies() {
        return facts().map(ListenerSnapshot::latencies).map(Latency::stages).orElse(List.of());
    }

    /** Connections that were turned away, most frequent reason first. */
    public List<Refused> getRefusals() {
        return facts().map(facts -> Refused.by(List.of(facts))).orElse(List.of());
    }

    /** Warnings, refusals and changes, the newest first. */
    public List<MonitorEvent> getEvents() {
        String listener = name;
        return listener == null
                ? List.of()
                : monitor
                        .ask(source -> LatestEvents.notable(source, listener, EVENTS))
                        .orElse(List.of())
                        .stream()
                        .map(masks::event)
                        .toList();
    }

    public List<CertificateRow> getCertificates() {
        Instant now = Instant.now();
        return facts().map(ListenerSnapshot::certificates).orElse(List.of()).stream()
                .map(one -> new CertificateRow(one, now))
                .toList();
    }

    private Optional<ListenerSnapshot> facts() {
        AdapterSnapshot known = snapshot;
        return known == null
                ? Optional.empty()
                : known.listeners().stream()
                        .filter(listener -> listener.name().equals(name))
                        .findFirst();
    }
}
