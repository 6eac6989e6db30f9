package io.dermaga.api;

import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a bean lets a peer be told of a payload, when its delivery has succeeded: given to {@link
 * Payload#reply(Reply)} or returned by a method with {@link OnPayload}. Bytes are written as they
 * are, without an envelope. Immutable.
 */
public final class Reply {

    /** What is said. */
    public enum Kind {
        /** The given bytes or text. */
        CONTENT,
        /** What is said of a payload that was delivered, as without a reply. */
        ACK,
        /** What is said of a payload that was not delivered, although it was. */
        NAK,
        /** Nothing. */
        NONE
    }

    private static final Reply ACK = new Reply(Kind.ACK, null, null, null, false);
    private static final Reply NAK = new Reply(Kind.NAK, null, null, null, false);
    private static final Reply NONE = new Reply(Kind.NONE, null, null, null, false);

    private final Kind kind;
    private final byte @Nullable [] bytes;
    private final @Nullable String text;
    private final @Nullable Charset charset;
    private final boolean end;

    private Reply(
            Kind kind,
            byte @Nullable [] bytes,
            @Nullable String text,
            @Nullable Charset charset,
            boolean end) {
        this.kind = kind;
        this.bytes = bytes;
        this.text = text;
        this.charset = charset;
        this.end = end;
    }

    /** A copy of these bytes. */
    public static Reply of(byte[] bytes) {
        return new Reply(Kind.CONTENT, bytes.clone(), null, null, false);
    }

    /** This text in the charset of the listener. */
    public static Reply of(String text) {
        return new Reply(Kind.CONTENT, null, Objects.requireNonNull(text), null, false);
    }

    /** This text in the given charset. */
    public static Reply of(String text, Charset charset) {
        return new Reply(
                Kind.CONTENT,
                null,
                Objects.requireNonNull(text),
                Objects.requireNonNull(charset),
                false);
    }

    /** The answer to a payload that was delivered (activation property {@code ack}). */
    public static Reply ack() {
        return ACK;
    }

    /**
     * The answer to a payload that was not delivered (activation property {@code nak}), for one
     * that the bean has taken and does not accept: it is not delivered again, and the bean's
     * transaction commits.
     */
    public static Reply nak() {
        return NAK;
    }

    /** Nothing is written, not even what the framing has for it. */
    public static Reply none() {
        return NONE;
    }

    /** As this one, and {@link Connection#end()} after it. */
    public Reply thenEnd() {
        return new Reply(kind, bytes, text, charset, true);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the connection is ended after it. */
    public boolean endsConnection() {
        return end;
    }

    /**
     * The content; empty if it is of another kind.
     *
     * @param fallback charset of a text without its own
     */
    public byte[] bytes(Charset fallback) {
        if (text != null) {
            return text.getBytes(charset == null ? fallback : charset);
        }
        return bytes == null ? new byte[0] : bytes.clone();
    }

    @Override
    public String toString() {
        return "reply " + kind + (end ? ", then end" : "");
    }
}
