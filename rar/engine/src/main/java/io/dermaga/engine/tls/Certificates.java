package io.dermaga.engine.tls;

import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.engine.monitor.Escape;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Describes certificates. */
final class Certificates {

    private Certificates() {}

    static CertificateSnapshot snapshot(Identity identity) {
        X509Certificate certificate = identity.chain().get(0);
        return new CertificateSnapshot(
                identity.file().toString(),
                subject(certificate),
                names(certificate),
                Escape.text(certificate.getIssuerX500Principal().getName()),
                certificate.getSerialNumber().toString(16),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                fingerprint(certificate));
    }

    /** In words, for an event. */
    static String describe(List<Identity> identities) {
        return identities.stream()
                .map(one -> one.chain().get(0))
                .map(one -> subject(one) + " until " + one.getNotAfter().toInstant())
                .collect(Collectors.joining("; "));
    }

    static String subject(X509Certificate certificate) {
        return Escape.text(certificate.getSubjectX500Principal().getName());
    }

    /** Names and addresses of servers (RFC 5280, 4.2.1.6). */
    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> name.size() > 1 && name.get(1) instanceof String)
                            .map(name -> Escape.text(String.valueOf(name.get(1))))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            return "";
        }
    }
}
