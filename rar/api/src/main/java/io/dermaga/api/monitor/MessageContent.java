package io.dermaga.api.monitor;

import java.nio.ByteBuffer;

/**
 * The kept beginning of a message's content.
 *
 * @param id of the payload
 * @param head the first bytes, read-only
 * @param size of the whole content
 * @param charset name of the charset of the listener
 */
public record MessageContent(String id, ByteBuffer head, long size, String charset) {

    public MessageContent {
        head = head.asReadOnlyBuffer();
    }

    /** The first bytes: a view of its own for every caller. */
    @Override
    public ByteBuffer head() {
        return head.duplicate();
    }

    /** Whether {@link #head()} is all of it. */
    public boolean complete() {
        return head.remaining() == size;
    }
}
