package io.dermaga.api.monitor;

/** What a connection does. */
public enum ConnectionState {
    /** It begins: a PROXY header or a TLS handshake is not complete. */
    OPENING,
    /** Both sides are open. */
    OPEN,
    /** The peer has ended its side; this side is open. */
    HALF_CLOSED,
    /** This side has ended; what is queued is still written. */
    CLOSING,
    /** Gone. */
    CLOSED
}
