package io.dermaga.bench.attacks;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.Refusal;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the target holds, as its own monitor tells: now, and the highest value of all samples since
 * {@link #reset}. Bytes and counts.
 */
final class Gauges {

    private static final int EVENTS = 10_000;

    private final Monitor monitor;
    private final Answerer answerer;
    private final Map<String, Long> now = new TreeMap<>();
    private final Map<String, Long> highest = new TreeMap<>();
    private long lastEvent;
    private long timeoutEvents;

    Gauges(Monitor monitor, Answerer answerer) {
        this.monitor = monitor;
        this.answerer = answerer;
    }

    int port() {
        return listener(monitor.snapshot()).port();
    }

    private static ListenerSnapshot listener(AdapterSnapshot snapshot) {
        return snapshot.listeners().get(0);
    }

    synchronized void reset() {
        highest.clear();
        sample();
    }

    /** Takes garbage out of the figures. */
    synchronized void collect() {
        System.gc();
        sample();
    }

    synchronized void sample() {
        AdapterSnapshot snapshot = monitor.snapshot();
        ListenerSnapshot listener = listener(snapshot);
        MemorySnapshot memory = snapshot.memory();
        gauge("budget", memory.budgetUsed());
        gauge("direct", memory.directUsed());
        gauge("spill", memory.spillUsed());
        gauge("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        gauge("connections", listener.connections());
        Counters counters = listener.counters();
        now.put("accepted", counters.accepted());
        now.put("closed", counters.closed());
        now.put("delivered", counters.delivered());
        now.put("bytesRead", counters.bytesRead());
        now.put("handshakes", counters.refusedBy().getOrDefault(Refusal.HANDSHAKE, 0L));
        now.put(
                "handshakeTimeouts",
                counters.refusedBy().getOrDefault(Refusal.HANDSHAKE_TIMEOUT, 0L));
        now.put("frameTimeouts", answerer.frameTimeouts());
        now.put("frameTimeoutCloses", answerer.closed(CloseReason.FRAME_TIMEOUT));
        now.put("spillFailures", answerer.closed(CloseReason.SPILL_FAILED));
        countEvents();
        now.put("timeoutEvents", timeoutEvents);
    }

    private void gauge(String name, long value) {
        now.put(name, value);
        highest.merge(name + "Peak", value, Math::max);
    }

    /** The feed keeps the latest events only: of a burst some may be missed. */
    private void countEvents() {
        for (MonitorEvent event : monitor.events(lastEvent, EVENTS)) {
            lastEvent = event.sequence();
            if (event.kind() == Kind.TIMEOUT && event.text().startsWith("DMG2107 ")) {
                timeoutEvents++;
            }
        }
    }

    synchronized String text() {
        Map<String, Long> all = new TreeMap<>(now);
        all.putAll(highest);
        return all.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(" "));
    }
}
