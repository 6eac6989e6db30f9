package io.dermaga.api;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted. Names that stem from the peer are as it sent them.
 *
 * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
 * @param cipherSuite its IANA name
 * @param peerCertificates what the peer has shown, its own first, trusted by {@code tlsTrust};
 *     empty if it was not asked for any or had none
 * @param serverName that the peer has asked for (SNI, RFC 6066); null if it named none
 * @param applicationProtocol agreed upon (ALPN, RFC 7301); null if there is none
 */
public record TlsSession(
        String protocol,
        String cipherSuite,
        List<X509Certificate> peerCertificates,
        @Nullable String serverName,
        @Nullable String applicationProtocol) {

    public TlsSession {
        peerCertificates = List.copyOf(peerCertificates);
    }
}
