package io.dermaga.doctor;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.SpoolSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one snapshot of the adapter says. */
final class AdapterChecks {

    private static final Duration SOON = Duration.ofDays(14);

    private final AdapterSnapshot adapter;

    AdapterChecks(AdapterSnapshot adapter) {
        this.adapter = adapter;
    }

    /**
     * @param version of the dashboard
     */
    List<Finding> look(String version) {
        return List.of(
                Finding.of(
                        Check.ADAPTER,
                        version.equals(adapter.version()),
                        Verdict.NOTICE,
                        version.equals(adapter.version())
                                ? version
                                : adapter.version() + " ≠ " + version),
                listeners(),
                certificates(),
                spool(),
                Finding.of(
                        Check.TRANSPORT,
                        !adapter.transport().equals("nio"),
                        Verdict.NOTICE,
                        adapter.transport()),
                pools());
    }

    private Finding listeners() {
        String failed = names(ListenerState.FAILED);
        if (!failed.isEmpty()) {
            return new Finding(Check.LISTENERS, Verdict.BAD, failed + ": FAILED");
        }
        String away =
                adapter.listeners().stream()
                        .filter(one -> !isOpen(one.state()))
                        .map(one -> one.name() + ": " + one.state())
                        .collect(Collectors.joining(", "));
        return Finding.of(
                Check.LISTENERS,
                away.isEmpty(),
                Verdict.NOTICE,
                away.isEmpty() ? Integer.toString(adapter.listeners().size()) : away);
    }

    private String names(ListenerState state) {
        return adapter.listeners().stream()
                .filter(one -> one.state() == state)
                .map(ListenerSnapshot::name)
                .collect(Collectors.joining(", "));
    }

    private static boolean isOpen(ListenerState state) {
        return state == ListenerState.LISTENING || state == ListenerState.CONNECTED;
    }

    private Finding certificates() {
        return adapter.listeners().stream()
                .flatMap(
                        listener ->
                                listener.certificates().stream()
                                        .map(one -> Map.entry(listener.name(), one)))
                .min(Comparator.comparing(one -> one.getValue().notAfter()))
                .map(first -> certificate(first.getKey(), first.getValue()))
                .orElseGet(() -> Finding.good(Check.CERTIFICATES, "0"));
    }

    private Finding certificate(String listener, CertificateSnapshot first) {
        Instant end = first.notAfter();
        Verdict verdict =
                end.isBefore(adapter.at())
                        ? Verdict.BAD
                        : end.isBefore(adapter.at().plus(SOON)) ? Verdict.NOTICE : Verdict.GOOD;
        return new Finding(Check.CERTIFICATES, verdict, "%s: %s".formatted(listener, end));
    }

    private Finding spool() {
        SpoolSnapshot spool = adapter.spool();
        String problem = spool.problem();
        return Finding.of(
                Check.SPOOL,
                spool.state() != SpoolSnapshot.State.WAITING,
                Verdict.BAD,
                problem == null ? spool.state().name() : problem);
    }

    private Finding pools() {
        long threads = adapter.warnings().getOrDefault("DMG3101", 0L);
        long instances = adapter.warnings().getOrDefault("DMG3102", 0L);
        return Finding.of(
                Check.POOLS,
                threads + instances == 0,
                Verdict.NOTICE,
                "DMG3101 × %d, DMG3102 × %d".formatted(threads, instances));
    }

    /** The longest backlog that a listener has asked for. */
    int backlog() {
        return setting("backlog").mapToInt(AdapterChecks::number).max().orElse(0);
    }

    /** How many connections there may be. */
    int connections() {
        return adapter.listeners().stream().mapToInt(ListenerSnapshot::maxConnections).sum();
    }

    private Stream<String> setting(String name) {
        return adapter.listeners().stream()
                .flatMap(listener -> listener.settings().stream())
                .filter(one -> one.name().equals(name))
                .map(EffectiveSetting::value);
    }

    private static int number(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
