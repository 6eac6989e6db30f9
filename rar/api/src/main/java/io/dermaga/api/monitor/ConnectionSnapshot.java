package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One open connection at one moment.
 *
 * @param id of the connection
 * @param listener that accepted it
 * @param remoteAddress of the peer
 * @param localAddress of this side
 * @param state what it does
 * @param holds who keeps it from reading; empty while it reads
 * @param openedAt when it was accepted
 * @param lastReadAt when bytes were last read; {@code openedAt} if never
 * @param bytesRead envelopes included
 * @param bytesWritten to the socket
 * @param payloads completed so far
 * @param inFlight payloads waiting for a worker or in the bean
 * @param kernelBytes in the kernel's receive queue; -1 where the system does not tell
 * @param assemblingBytes of the payload that is not complete, on disk included
 * @param laneBytes of payloads waiting for a worker
 * @param writeBufferBytes not yet taken by the kernel
 * @param tls how it is encrypted; null if it is not
 * @param proxy the trusted proxy that it came through; null if there is none
 */
public record ConnectionSnapshot(
        String id,
        String listener,
        InetSocketAddress remoteAddress,
        InetSocketAddress localAddress,
        ConnectionState state,
        Set<Hold> holds,
        Instant openedAt,
        Instant lastReadAt,
        long bytesRead,
        long bytesWritten,
        long payloads,
        long inFlight,
        long kernelBytes,
        long assemblingBytes,
        long laneBytes,
        long writeBufferBytes,
        @Nullable TlsFacts tls,
        @Nullable InetSocketAddress proxy) {

    /** Who keeps a connection from reading. */
    public enum Hold {
        /** Its own lane is above the high watermark. */
        LANE,
        /** The byte budget of the listener or of the adapter is used up. */
        BUDGET,
        /** Large payloads wait for the disk. */
        SPILL,
        /** The bean called {@code pause()}. */
        BEAN,
        /** An operator has paused it. */
        OPERATOR,
        /** More was read than {@code readRate} or {@code connectionReadRate} allows. */
        RATE,
        /** The listener is being closed. */
        DRAIN
    }

    /**
     * How a connection is encrypted. Texts are escaped.
     *
     * @param protocol {@code TLSv1.3} or {@code TLSv1.2}
     * @param cipherSuite its IANA name
     * @param peer subject of the peer's certificate (RFC 2253); null if it has shown none
     * @param serverName that the peer has asked for; null if it named none
     * @param applicationProtocol agreed upon; null if there is none
     */
    public record TlsFacts(
            String protocol,
            String cipherSuite,
            @Nullable String peer,
            @Nullable String serverName,
            @Nullable String applicationProtocol) {}

    public ConnectionSnapshot {
        holds = Set.copyOf(holds);
    }
}
