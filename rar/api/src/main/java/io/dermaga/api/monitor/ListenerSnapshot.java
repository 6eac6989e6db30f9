package io.dermaga.api.monitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One listener at one moment.
 *
 * @param name its name
 * @param activation the container's name of the activation that takes its connections; of a group
 *     the names of all that do, separated by commas
 * @param host the addresses it binds or connects to, separated by commas
 * @param port the port it is bound to; the configured one while it is not bound, or of the peer
 *     that it connects to
 * @param framing as configured, for example {@code lines}
 * @param state what it does
 * @param error why it is {@link ListenerState#FAILED} or still {@link ListenerState#CONNECTING},
 *     numbered, one sentence; else null
 * @param connections open ones
 * @param maxConnections how many there may be
 * @param counters since it was opened
 * @param stages what waits where
 * @param latencies since it was opened
 * @param workers running now
 * @param concurrency how many workers there may be
 * @param backPressure why payloads wait for a worker (pool exhausted, work rejected), one sentence;
 *     null if they do not
 * @param budgetUsed payload bytes held in memory
 * @param budgetLimit how many there may be
 * @param copies groups of beans that are each given all payloads, none if each payload goes to one
 *     bean; and those that were given them, as long as something waits for them
 * @param certificates with which it offers TLS; empty if it does not
 * @param settings every effective setting, but {@code group} where each activation has its own, and
 *     where it comes from, in the order of the documentation
 */
public record ListenerSnapshot(
        String name,
        String activation,
        String host,
        int port,
        String framing,
        ListenerState state,
        @Nullable String error,
        int connections,
        int maxConnections,
        Counters counters,
        StageDepths stages,
        StageLatencies latencies,
        int workers,
        int concurrency,
        @Nullable String backPressure,
        long budgetUsed,
        long budgetLimit,
        List<CopySnapshot> copies,
        List<CertificateSnapshot> certificates,
        List<EffectiveSetting> settings) {

    public ListenerSnapshot {
        copies = List.copyOf(copies);
        certificates = List.copyOf(certificates);
        settings = List.copyOf(settings);
    }
}
