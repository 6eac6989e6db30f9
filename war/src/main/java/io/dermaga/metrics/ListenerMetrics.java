package io.dermaga.metrics;

import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.api.monitor.StageDepths;
import io.dermaga.api.monitor.StageLatencies;
import java.time.Instant;
import java.util.Comparator;

/**
 * What is told of each listener. Peers and connections are no labels: there would be a series for
 * each that was ever there.
 */
final class ListenerMetrics {

    private static final String LISTENER = "listener";

    private final Families families;
    private final String name;

    private ListenerMetrics(Families families, String name) {
        this.families = families;
        this.name = name;
    }

    static void addTo(Families families, ListenerSnapshot listener) {
        ListenerMetrics metrics = new ListenerMetrics(families, listener.name());
        metrics.state(listener);
        metrics.connections(listener);
        metrics.payloads(listener.counters());
        metrics.stages(listener.stages());
        metrics.latencies(listener.latencies());
        listener.certificates().stream()
                .map(CertificateSnapshot::notAfter)
                .min(Comparator.naturalOrder())
                .ifPresent(metrics::certificates);
    }

    private void state(ListenerSnapshot listener) {
        for (ListenerState state : ListenerState.values()) {
            families.gauge(
                    "dermaga_listener_state",
                    "1 for the state in which the listener is, else 0.",
                    state == listener.state() ? 1 : 0,
                    LISTENER,
                    name,
                    "state",
                    state.name());
        }
        gauge(
                "dermaga_back_pressure",
                "1 if payloads wait for the container or the spool, else 0.",
                listener.backPressure() == null ? 0 : 1);
        gauge("dermaga_workers", "Workers that run now.", listener.workers());
        gauge("dermaga_workers_limit", "How many there may be.", listener.concurrency());
        gauge(
                "dermaga_budget_used_bytes",
                "Payload bytes that the listener holds in memory.",
                listener.budgetUsed());
        gauge("dermaga_budget_limit_bytes", "How many there may be.", listener.budgetLimit());
    }

    private void connections(ListenerSnapshot listener) {
        Counters counters = listener.counters();
        gauge("dermaga_connections", "Open connections.", listener.connections());
        gauge("dermaga_connections_limit", "How many there may be.", listener.maxConnections());
        counter(
                "dermaga_connections_accepted",
                "Connections that were accepted.",
                counters.accepted());
        counter("dermaga_connections_closed", "Connections that were closed.", counters.closed());
        for (Refusal reason : Refusal.values()) {
            families.counter(
                    "dermaga_connections_refused",
                    "Connections that were turned away.",
                    counters.refusedBy().getOrDefault(reason, 0L),
                    LISTENER,
                    name,
                    "reason",
                    reason.name());
        }
        counter(
                "dermaga_received_bytes",
                "Bytes read from sockets, envelopes included.",
                counters.bytesRead());
        counter("dermaga_sent_bytes", "Bytes written to sockets.", counters.bytesWritten());
        gauge(
                "dermaga_envelope_bytes",
                "Bytes read that belong to the framing, not to a payload.",
                counters.envelopeBytes());
    }

    private void payloads(Counters counters) {
        outcome("delivered", counters.delivered(), counters.deliveredBytes());
        outcome("failed", counters.failed(), counters.failedBytes());
        outcome("discarded", counters.discarded(), counters.discardedBytes());
        counter(
                "dermaga_delivery_failures",
                "Calls of the bean that failed, those that were followed by another included.",
                counters.failures());
        counter(
                "dermaga_dead_letters_kept",
                "Failed payloads that were kept as dead letters.",
                counters.deadLetters());
        counter(
                "dermaga_payloads_repeated",
                "Discarded payloads that a peer has sent again after they were delivered.",
                counters.repeated());
        counter(
                "dermaga_payloads_copied",
                "Payloads for each group of beans beyond the first.",
                counters.copied());
        counter("dermaga_payloads_copied_bytes", "Their size.", counters.copiedBytes());
    }

    private void outcome(String outcome, long payloads, long bytes) {
        families.counter(
                "dermaga_payloads",
                "Payloads by how they ended.",
                payloads,
                LISTENER,
                name,
                "outcome",
                outcome);
        families.counter(
                "dermaga_payload_bytes",
                "Bytes of payloads by how they ended.",
                bytes,
                LISTENER,
                name,
                "outcome",
                outcome);
    }

    private void stages(StageDepths stages) {
        known("dermaga_kernel_bytes", "In the kernel's receive queues.", stages.kernelBytes());
        gauge(
                "dermaga_assembling_bytes",
                "Of payloads that are not complete, in memory.",
                stages.assemblingBytes());
        gauge(
                "dermaga_assembling_spilled_bytes",
                "Of payloads that are not complete, on disk.",
                stages.assemblingSpilledBytes());
        known("dermaga_spool_entries", "Entries in the spool.", stages.spoolEntries());
        gauge("dermaga_lane_payloads", "Payloads that wait for a worker.", stages.lanePayloads());
        gauge("dermaga_lane_bytes", "Their size.", stages.laneBytes());
        gauge("dermaga_in_bean_payloads", "Payloads in a bean.", stages.inBeanPayloads());
        gauge("dermaga_in_bean_bytes", "Their size.", stages.inBeanBytes());
        gauge(
                "dermaga_write_buffer_bytes",
                "Written by beans, not yet taken by the kernel.",
                stages.writeBufferBytes());
    }

    private void latencies(StageLatencies latencies) {
        families.histogram(
                "dermaga_payload_receiving_seconds",
                "From the first to the last byte of a payload.",
                latencies.receiving(),
                LISTENER,
                name);
        families.histogram(
                "dermaga_payload_waiting_seconds",
                "From the last byte of a payload to the first call of a bean.",
                latencies.waiting(),
                LISTENER,
                name);
        families.histogram(
                "dermaga_payload_in_bean_seconds",
                "From the first call of a bean to the outcome.",
                latencies.inBean(),
                LISTENER,
                name);
        families.histogram(
                "dermaga_payload_seconds",
                "From the first byte of a payload to the outcome.",
                latencies.whole(),
                LISTENER,
                name);
    }

    private void certificates(Instant firstEnd) {
        gauge(
                "dermaga_certificate_expiry_timestamp_seconds",
                "When the first certificate of the listener ends to hold, since 1970.",
                firstEnd.getEpochSecond());
    }

    private void gauge(String metric, String help, long value) {
        families.gauge(metric, help, value, LISTENER, name);
    }

    /** Missing where the system does not tell. */
    private void known(String metric, String help, long value) {
        if (value >= 0) {
            gauge(metric, help, value);
        }
    }

    private void counter(String metric, String help, long value) {
        families.counter(metric, help, value, LISTENER, name);
    }
}
