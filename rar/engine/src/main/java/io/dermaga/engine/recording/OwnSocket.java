package io.dermaga.engine.recording;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;

/** Connections of this process to its own listeners. */
final class OwnSocket {

    private static final int CONNECT_MILLIS = 10_000;

    private OwnSocket() {}

    /**
     * Connects, with TLS where the listener expects it.
     *
     * @param plain not connected yet; closing it ends this, and what is returned
     */
    static Socket connect(Socket plain, Target target)
            throws IOException, GeneralSecurityException {
        plain.setTcpNoDelay(true);
        plain.connect(target.address(), CONNECT_MILLIS);
        return target.tls() ? LocalTls.encrypted(plain, target.address(), CONNECT_MILLIS) : plain;
    }
}
