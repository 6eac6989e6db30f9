package io.dermaga.api;

/** Which deadline has passed. */
public enum TimeoutKind {
    /** Nothing was read and nothing written for {@code idleTimeout}. */
    IDLE,
    /** A payload was not completed within {@code frameTimeout} of its first byte. */
    FRAME,
    /** Nothing was read for {@code readTimeout}. */
    READ,
    /**
     * The peer took nothing of what waits for it for {@code writeTimeout}, or for 5 s while the
     * byte budget is used up.
     */
    WRITE,
    /** Not a byte was read within {@code firstByteTimeout}. */
    FIRST_BYTE,
    /**
     * The PROXY header and the TLS handshake were not complete within {@code handshakeTimeout}. A
     * bean hears of it only after {@link Connection#startTls}: before, it has no connection.
     */
    HANDSHAKE
}
