package io.dermaga.bench.attacks;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.Refusal;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the target holds, as its own monitor tells: now, and the highest value of all samples since
 * {@link #reset}. Bytes and counts.
 */
final class Gauges {

    private final Monitor monitor;
    private final Answerer answerer;
    private final Map<String, Long> now = new TreeMap<>();
    private final Map<String, Long> highest = new TreeMap<>();

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

    /** Takes garbage out of {@code heap}. */
    synchronized void collect() {
        System.gc();
        sample();
        now.put("heap", liveHeap());
    }

    /** What the latest collection has left. */
    private static long liveHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .filter(Objects::nonNull)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
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
    }

    private void gauge(String name, long value) {
        now.put(name, value);
        highest.merge(name + "Peak", value, Math::max);
    }

    synchronized String text() {
        Map<String, Long> all = new TreeMap<>(now);
        all.putAll(highest);
        return all.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining(" "));
    }
}
