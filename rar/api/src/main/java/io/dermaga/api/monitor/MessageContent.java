package io.dermaga.api.monitor;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The kept beginning of a message's content.
 *
 * @param id of the payload
 * @param head the first bytes, read-only
 * @param size of the whole content
 * @param charset name of the charset of the listener
 * @param acknowledgement the first bytes of what its peer was told of it, read-only; none if it was
 *     told nothing, or nothing is kept of that
 */
public record MessageContent(
        String id, ByteBuffer head, long size, String charset, ByteBuffer acknowledgement) {

    public MessageContent {
        head = head.asReadOnlyBuffer();
        acknowledgement = acknowledgement.asReadOnlyBuffer();
    }

    /** A content without an acknowledgement. */
    public MessageContent(String id, ByteBuffer head, long size, String charset) {
        this(id, head, size, charset, ByteBuffer.allocate(0));
    }

    /** The first bytes: a view of its own for every caller. */
    @Override
    public ByteBuffer head() {
        return head.duplicate();
    }

    /** What its peer was told: a view of its own for every caller. */
    @Override
    public ByteBuffer acknowledgement() {
        return acknowledgement.duplicate();
    }

    /** Whether {@link #head()} is all of it. */
    public boolean complete() {
        return head.remaining() == size;
    }

    /** The charset; ISO 8859-1 where there is none of this name. */
    public Charset knownCharset() {
        try {
            return Charset.forName(charset);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknownHere) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** The first bytes in {@link #knownCharset()}; what is malformed becomes U+FFFD. */
    public String text() {
        return knownCharset().decode(head()).toString();
    }
}
