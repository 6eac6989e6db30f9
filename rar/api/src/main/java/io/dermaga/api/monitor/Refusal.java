package io.dermaga.api.monitor;

/** Why a connection was turned away. */
public enum Refusal {
    /** As many as {@code maxConnections} are open. */
    MAX_CONNECTIONS,
    /** As many as {@code maxConnectionsPerAddress} of its address are open. */
    MAX_CONNECTIONS_PER_ADDRESS,
    /** {@code allow} does not have its address, or {@code deny} has it. */
    ACCESS,
    /** A trusted proxy did not send a PROXY header that can be read. */
    PROXY_HEADER,
    /** The TLS handshake failed, or the peer did not begin one. */
    HANDSHAKE,
    /** The PROXY header and the TLS handshake were not complete within {@code handshakeTimeout}. */
    HANDSHAKE_TIMEOUT
}
