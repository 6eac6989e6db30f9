package io.dermaga.metrics;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.SpoolSnapshot;
import java.time.Duration;

/** What is told of the adapter as a whole. */
final class AdapterMetrics {

    private AdapterMetrics() {}

    static void addTo(Families families, AdapterSnapshot adapter) {
        families.info(
                "dermaga_adapter",
                "The version of the adapter and its transport.",
                "version",
                adapter.version(),
                "transport",
                adapter.transport());
        families.gauge(
                "dermaga_adapter_uptime_seconds",
                "Time since the adapter was started.",
                Duration.between(adapter.startedAt(), adapter.at()).toNanos() / 1e9);
        memory(families, adapter.memory());
        for (SpoolSnapshot.State state : SpoolSnapshot.State.values()) {
            families.gauge(
                    "dermaga_spool_state",
                    "1 for the state in which the durable spool is, else 0.",
                    state == adapter.spool().state() ? 1 : 0,
                    "state",
                    state.name());
        }
        families.gauge(
                "dermaga_dead_letters", "Dead letters that are kept now.", adapter.deadLetters());
        adapter.warnings()
                .forEach(
                        (number, count) ->
                                families.counter(
                                        "dermaga_warnings",
                                        "Warnings by their number in docs/messages.md.",
                                        count,
                                        "number",
                                        number));
        adapter.listeners().forEach(listener -> ListenerMetrics.addTo(families, listener));
    }

    private static void memory(Families families, MemorySnapshot memory) {
        families.gauge(
                "dermaga_adapter_budget_used_bytes",
                "Payload bytes that all listeners hold in memory.",
                memory.budgetUsed());
        families.gauge(
                "dermaga_adapter_budget_limit_bytes",
                "How many there may be.",
                memory.budgetLimit());
        families.gauge(
                "dermaga_adapter_direct_memory_bytes",
                "Direct memory that the buffer allocator has reserved.",
                memory.directUsed());
        families.gauge(
                "dermaga_adapter_heap_memory_bytes",
                "Heap that the buffer allocator and the message records have reserved.",
                memory.heapUsed());
        families.gauge(
                "dermaga_adapter_spill_used_bytes",
                "Bytes of large payloads on disk.",
                memory.spillUsed());
        families.gauge(
                "dermaga_adapter_spill_limit_bytes", "How many there may be.", memory.spillLimit());
    }
}
