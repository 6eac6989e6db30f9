package io.dermaga.traces;

import io.dermaga.settings.TraceConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Where spans are sent, and how.
 *
 * @param endpoint the whole address, http or https
 * @param headers that are sent besides
 * @param service name under which the collector knows them
 * @param instance tells this start of the server from others
 * @param timeout of a request
 * @param waiting payloads that may wait for the collector
 */
record TraceSettings(
        URI endpoint,
        CollectorHeaders headers,
        String service,
        String instance,
        Duration timeout,
        int waiting) {

    /**
     * What an operator has set; empty if payloads are not traced.
     *
     * @throws IllegalStateException DMG4204 if something is not allowed
     */
    static Optional<TraceSettings> of(TraceConfiguration configuration) {
        return configuration.endpoint().map(endpoint -> of(endpoint, configuration));
    }

    private static TraceSettings of(URI endpoint, TraceConfiguration configuration) {
        configuration.checkShares();
        Path file = configuration.headersFile().orElse(null);
        CollectorHeaders headers = new CollectorHeaders(configuration.headers(), file);
        try {
            headers.read();
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "DMG4204 property '%sFile': given '%s', allowed: a file that can be read (%s)"
                            .formatted(CollectorHeaders.PROPERTY, file, unreadable),
                    unreadable);
        }
        return new TraceSettings(
                endpoint,
                headers,
                configuration.service(),
                UUID.randomUUID().toString(),
                Duration.ofSeconds(configuration.timeoutSeconds()),
                configuration.waiting());
    }
}
