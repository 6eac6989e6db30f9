package io.dermaga.api.monitor;

import java.time.Instant;
import java.util.List;

/**
 * A certificate of a listener. Texts are escaped.
 *
 * @param file it was read from
 * @param subject distinguished name (RFC 2253)
 * @param names of servers that it is for
 * @param issuer distinguished name (RFC 2253)
 * @param serialNumber hexadecimal
 * @param notBefore when it begins to hold
 * @param notAfter when it ends to hold
 * @param fingerprint SHA-256 of the certificate, hexadecimal
 */
public record CertificateSnapshot(
        String file,
        String subject,
        List<String> names,
        String issuer,
        String serialNumber,
        Instant notBefore,
        Instant notAfter,
        String fingerprint) {

    public CertificateSnapshot {
        names = List.copyOf(names);
    }
}
