package io.dermaga.alerts;

import io.dermaga.api.monitor.CertificateSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with which a listener offers TLS ends to hold.
 *
 * @param listener null: each one for itself
 * @param before how long before the end it is told
 */
record Certificates(@Nullable String listener, Duration before) implements Condition {

    @Override
    public List<Finding> find(Observation seen, Memory memory) {
        return seen.listeners(listener).stream()
                .flatMap(
                        one ->
                                one.certificates().stream()
                                        .min(Comparator.comparing(CertificateSnapshot::notAfter))
                                        .map(first -> Stream.of(find(one.name(), first, seen.at())))
                                        .orElseGet(Stream::empty))
                .toList();
    }

    private Finding find(String name, CertificateSnapshot certificate, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        String when =
                left.isNegative()
                        ? "has expired at " + certificate.notAfter()
                        : "expires in %s, at %s"
                                .formatted(Words.duration(left), certificate.notAfter());
        return Finding.of(
                name,
                left.compareTo(before) < 0,
                when,
                "the certificate '%s' of %s %s"
                        .formatted(certificate.subject(), certificate.file(), when));
    }
}
