package io.dermaga.engine.listen;

import io.dermaga.api.TlsSession;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.engine.monitor.Escape;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What is known of an encrypted connection after its handshake. */
final class TlsFacts {

    /** Of a session before its handshake (javax.net.ssl.SSLEngine). */
    private static final String NO_SUITE = "SSL_NULL_WITH_NULL_NULL";

    private TlsFacts() {}

    /** Whether both sides have agreed upon keys. */
    static boolean isComplete(SslHandler handler) {
        return !handler.engine().getSession().getCipherSuite().equals(NO_SUITE);
    }

    static TlsSession session(SslHandler handler) {
        SSLSession session = handler.engine().getSession();
        return new TlsSession(
                session.getProtocol(),
                session.getCipherSuite(),
                peer(session),
                serverName(session),
                handler.applicationProtocol());
    }

    /** For an operator. */
    static ConnectionSnapshot.@Nullable TlsFacts snapshot(Optional<TlsSession> known) {
        if (known.isEmpty()) {
            return null;
        }
        TlsSession session = known.get();
        List<X509Certificate> peer = session.peerCertificates();
        return new ConnectionSnapshot.TlsFacts(
                session.protocol(),
                session.cipherSuite(),
                peer.isEmpty()
                        ? null
                        : Escape.text(peer.get(0).getSubjectX500Principal().getName()),
                escaped(session.serverName()),
                escaped(session.applicationProtocol()));
    }

    private static @Nullable String escaped(@Nullable String text) {
        return text == null ? null : Escape.text(text);
    }

    private static List<X509Certificate> peer(SSLSession session) {
        try {
            Certificate[] shown = session.getPeerCertificates();
            return Arrays.stream(shown).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    private static @Nullable String serverName(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return null;
        }
        return extended.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst()
                .orElse(null);
    }
}
