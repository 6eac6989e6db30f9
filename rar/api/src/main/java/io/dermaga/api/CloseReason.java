package io.dermaga.api;

/** Why a connection was closed. */
public enum CloseReason {
    /** The peer ended its side and everything it had sent was delivered. */
    PEER_ENDED,
    /** The peer reset the connection. */
    PEER_RESET,
    /** The bean called {@link Connection#end()}. */
    ENDED,
    /** The bean called {@link Connection#destroy()}. */
    DESTROYED,
    /** An operator closed it. */
    OPERATOR,
    /** Nothing was read and nothing written for {@code idleTimeout}. */
    IDLE_TIMEOUT,
    /** A payload was not completed within {@code frameTimeout} of its first byte. */
    FRAME_TIMEOUT,
    /** Nothing was read for {@code readTimeout}. */
    READ_TIMEOUT,
    /** The peer took nothing of what waits for it for {@code writeTimeout}. */
    WRITE_TIMEOUT,
    /** Not a byte was read within {@code firstByteTimeout}. */
    FIRST_BYTE_TIMEOUT,
    /** The PROXY header and the TLS handshake were not complete within {@code handshakeTimeout}. */
    HANDSHAKE_TIMEOUT,
    /** The TLS handshake failed, or the peer did not begin one. */
    HANDSHAKE_FAILED,
    /** A trusted proxy did not send a PROXY header that can be read. */
    PROXY_HEADER,
    /** It may not connect: {@code allow}, {@code deny}, {@code maxConnectionsPerAddress}. */
    ACCESS_DENIED,
    /** The peer ended without saying so with TLS: what it sent could be cut off. */
    TRUNCATED,
    /** A payload grew beyond {@code maxPayload}. */
    OVERSIZE,
    /** The bytes do not follow the framing. */
    FRAMING_ERROR,
    /** The bean failed on a payload whose framing has no other negative answer than a reset. */
    DELIVERY_FAILED,
    /** The peer did not take what was written and {@code maxWriteBuffer} was exceeded. */
    WRITE_OVERFLOW,
    /** A large payload could not be kept on disk. */
    SPILL_FAILED,
    /** The listener was closed: undeployment, shutdown of the server, or an operator. */
    LISTENER_CLOSED,
    /** Reading or writing failed. */
    IO_ERROR
}
