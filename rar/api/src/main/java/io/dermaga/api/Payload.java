package io.dermaga.api;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Optional;

/**
 * One payload: the bytes between two boundaries of a connection's stream, without the envelope of
 * the framing.
 *
 * <p>A payload is valid while it is being delivered and on the delivering thread only. Touching its
 * content later is an {@link IllegalStateException} (DMG3005): take a copy with {@link #bytes()}
 * before the method returns. Facts ({@link #id()}, {@link #size()}, times) stay readable.
 */
public interface Payload {

    /** Unique in the life of the adapter: the connection's id, a dot, and a number from 1 on. */
    String id();

    /** Size in bytes, 0 or more. */
    long size();

    /**
     * Size in bytes as the peer sent it: larger than {@link #size()} if the payload exceeded {@code
     * maxPayload} and was cut ({@code onOversize=TRUNCATE}).
     */
    long originalSize();

    /**
     * A copy of the content.
     *
     * @throws IllegalStateException DMG3005 after the delivery has ended; DMG3006 if the payload is
     *     larger than an array can be (use {@link #stream()})
     */
    byte[] bytes();

    /**
     * A copy of the content as a read-only buffer; it may be kept.
     *
     * @throws IllegalStateException as {@link #bytes()}
     */
    ByteBuffer buffer();

    /**
     * The charset of {@link #text()}: that of the listener (activation property {@code charset},
     * default UTF-8), or with {@code charsetFrom=PAYLOAD} the one that the payload tells by a byte
     * order mark, an XML declaration, MSH-18 of HL7 v2, or as JSON.
     *
     * @throws IllegalStateException DMG3005 after the delivery has ended, with {@code
     *     charsetFrom=PAYLOAD}
     */
    Charset charset();

    /**
     * The content decoded in {@link #charset()}. Malformed input becomes U+FFFD.
     *
     * @throws IllegalStateException as {@link #bytes()}
     */
    String text();

    /**
     * The content decoded in the given charset. Malformed input becomes U+FFFD.
     *
     * @throws IllegalStateException as {@link #bytes()}
     */
    String text(Charset charset);

    /**
     * The content as a stream, from its first byte; every call gives a new one. Reading a payload
     * that was spilled to disk costs no heap beyond the stream's buffer.
     *
     * @throws IllegalStateException DMG3005 after the delivery has ended
     */
    InputStream stream();

    /** The connection on which the payload arrived. */
    Connection connection();

    /** How its connection is encrypted, with the peer's certificate; empty if it is not. */
    default Optional<TlsSession> tls() {
        return connection().tls();
    }

    /** When the first byte was read. */
    Instant firstByteAt();

    /** When the last byte was read. */
    Instant lastByteAt();

    /**
     * How often the payload was given to a bean, this time included: 1 for the first. More than 1
     * tells that a bean may have seen it before.
     */
    int deliveryCount();

    /**
     * The trace that this delivery belongs to, as the header {@code traceparent} of W3C Trace
     * Context: the parent of what the bean does is the span of the stage in the bean. Empty if
     * payloads of the listener are not traced.
     */
    default Optional<String> traceParent() {
        return Optional.empty();
    }

    /**
     * Lets the peer be told something when this delivery has succeeded: after the transaction has
     * committed, in the order of the payloads. Nothing is told of a delivery that fails or is
     * rolled back. Several replies are written one after the other. Where there is a reply, what
     * the peer would be told otherwise (activation property {@code ack}) is left out; the commit
     * acknowledgement of MLLP release 2 is not.
     *
     * @throws IllegalStateException DMG3005 after the delivery has ended; DMG3011 if the peer is
     *     told nothing when a delivery ends (activation property {@code acknowledge})
     */
    void reply(Reply reply);

    /** As {@link #reply(Reply)} with a copy of these bytes. */
    default void reply(byte[] bytes) {
        reply(Reply.of(bytes));
    }

    /** As {@link #reply(Reply)} with this text in the charset of the listener. */
    default void reply(String text) {
        reply(Reply.of(text));
    }
}
