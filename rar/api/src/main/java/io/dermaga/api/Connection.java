package io.dermaga.api;

import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A connection of a peer, with the verbs of a Node.js {@code net.Socket}.
 *
 * <p>All methods may be called from any thread, never block, and may be kept and used after the
 * delivery has ended. On a closed connection, verbs do nothing and {@link #write(byte[])} returns
 * {@code false}.
 */
public interface Connection {

    /** Unique in the life of the adapter, and over its restarts. */
    String id();

    /** Name of the listener that accepted it, or has connected to its peer. */
    String listener();

    /** Address of the peer: behind a trusted proxy, the one that the proxy tells. */
    InetSocketAddress remoteAddress();

    /** Address of this side. */
    InetSocketAddress localAddress();

    /** When it was accepted or made. */
    Instant openedAt();

    /**
     * How it is encrypted; empty if it is not. Known before the first payload, or after {@link
     * #startTls}.
     */
    Optional<TlsSession> tls();

    /** What a trusted proxy has said of it ({@code proxyFrom}); empty if none has. */
    Optional<ProxyHeader> proxy();

    /** Whether the connection is not closed. */
    boolean isOpen();

    /** Bytes that the framing was given so far, envelopes included: decrypted, no PROXY header. */
    long bytesRead();

    /** Bytes written so far, before encryption. */
    long bytesWritten();

    /** State of the application that lives as long as the connection. Safe for concurrent use. */
    Map<String, Object> attributes();

    /**
     * Writes a copy of the bytes, in the order of the calls of one thread.
     *
     * @return {@code false} if the write buffer has reached 64 KiB (the bytes are queued all the
     *     same; {@link OnDrain} tells when it has emptied), if the connection is closed, or if this
     *     side was ended before (nothing is written then)
     * @throws IllegalStateException DMG3007 if the write buffer would exceed {@code maxWriteBuffer}
     *     (default 16 MiB); the bytes are not queued and the connection is closed
     */
    boolean write(byte[] data);

    /** As {@link #write(byte[])} with the text encoded in the given charset. */
    boolean write(String text, Charset charset);

    /**
     * Writes the answer to a command such as {@code STARTTLS} and encrypts all that follows, in
     * both directions, with nothing in between. The peer may not have sent anything after the
     * command: what an attacker puts there would be taken for encrypted (CVE-2011-0411), and so
     * resets the connection (DMG2206, {@link CloseReason#HANDSHAKE_FAILED}). To be called while the
     * command is delivered. A handshake that fails or takes longer than {@code handshakeTimeout}
     * closes the connection.
     *
     * @param answer in plain text; may be empty
     * @throws IllegalStateException DMG3010 if the listener does not have {@code tls=STARTTLS} or
     *     the connection is encrypted already
     */
    void startTls(byte[] answer);

    /** Ends this side after everything queued was written; the peer sees an orderly end (FIN). */
    void end();

    /** As {@link #write(byte[])} followed by {@link #end()}. */
    void end(byte[] data);

    /** Closes at once; the peer sees a reset, queued bytes are dropped. */
    void destroy();

    /** Stops reading; TCP slows the peer down. What was read before is still delivered. */
    void pause();

    /** Reads again, unless back-pressure or an operator holds the connection as well. */
    void resume();

    /**
     * Changes the idle timeout of this connection.
     *
     * @param timeout positive; at most 24 hours
     * @throws IllegalArgumentException DMG1001 otherwise
     */
    void idleTimeout(Duration timeout);
}
