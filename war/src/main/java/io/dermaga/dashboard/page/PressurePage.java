package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who waits, why, since when, and who holds the bytes. */
@Named("pressurePage")
@RequestScoped
public class PressurePage {

    private static final int ROWS = 50;

    /**
     * A listener as far as something waits in it.
     *
     * @param held connections that are kept from reading
     * @param budget of its payload bytes
     */
    public record Held(ListenerSnapshot facts, long held, Gauge budget) {}

    /**
     * A connection that waits or holds bytes.
     *
     * @param bytes of payloads that are not complete, that wait for a worker, and of answers that
     *     the peer has not taken
     * @param percent of what all connections hold, 0 to 100
     * @param since it was paused last; null if that is not known any more, or it reads
     */
    public record Holder(
            ConnectionSnapshot facts, long bytes, double percent, @Nullable Instant since) {}

    @Inject private ConnectedMonitor monitor;

    private List<Held> listeners = List.of();
    private List<Holder> holders = List.of();
    private long involved;

    @PostConstruct
    void load() {
        monitor.ask(
                source -> {
                    List<ConnectionSnapshot> connections = source.connections();
                    listeners =
                            source.snapshot().listeners().stream()
                                    .map(listener -> held(listener, connections))
                                    .toList();
                    holders = holders(source, connections);
                    return true;
                });
    }

    private static Held held(ListenerSnapshot listener, List<ConnectionSnapshot> connections) {
        long held =
                connections.stream()
                        .filter(one -> one.listener().equals(listener.name()))
                        .filter(one -> !one.holds().isEmpty())
                        .count();
        return new Held(
                listener, held, new Gauge("budget", listener.budgetUsed(), listener.budgetLimit()));
    }

    private List<Holder> holders(Monitor source, List<ConnectionSnapshot> connections) {
        List<ConnectionSnapshot> all =
                connections.stream()
                        .filter(one -> bytes(one) > 0 || !one.holds().isEmpty())
                        .toList();
        involved = all.size();
        long sum = all.stream().mapToLong(PressurePage::bytes).sum();
        boolean isHeld = all.stream().anyMatch(one -> !one.holds().isEmpty());
        Map<String, Instant> since = isHeld ? pausedAt(source) : Map.of();
        return all.stream()
                .sorted(Comparator.comparingLong(PressurePage::bytes).reversed())
                .limit(ROWS)
                .map(
                        one ->
                                new Holder(
                                        one,
                                        bytes(one),
                                        sum == 0 ? 0 : 100.0 * bytes(one) / sum,
                                        one.holds().isEmpty() ? null : since.get(one.id())))
                .toList();
    }

    private static long bytes(ConnectionSnapshot connection) {
        return connection.assemblingBytes()
                + connection.laneBytes()
                + connection.writeBufferBytes();
    }

    /** When connections were paused last, as far as the adapter remembers. */
    private static Map<String, Instant> pausedAt(Monitor source) {
        Map<String, Instant> paused = new HashMap<>();
        for (MonitorEvent event : source.events(0, Monitor.EVENTS_KEPT)) {
            if (event.kind() == Kind.PAUSED && event.connectionId() != null) {
                paused.put(event.connectionId(), event.at());
            }
        }
        return paused;
    }

    public List<Held> getListeners() {
        return listeners;
    }

    /** Those that hold most, the one that holds most first; at most 50. */
    public List<Holder> getHolders() {
        return holders;
    }

    /** How many connections wait or hold bytes. */
    public long getInvolved() {
        return involved;
    }
}
