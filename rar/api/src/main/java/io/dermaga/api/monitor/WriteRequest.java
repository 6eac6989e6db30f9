package io.dermaga.api.monitor;

import java.nio.ByteBuffer;

/**
 * Bytes that are written to the peer of an open connection.
 *
 * @param connection its id
 * @param content 1 to {@link #MOST_BYTES} bytes
 * @param enclosed whether they are a payload, around which the framing of the connection is put
 */
public record WriteRequest(String connection, ByteBuffer content, boolean enclosed) {

    /** How many bytes may be written at once. */
    public static final int MOST_BYTES = 64 * 1024;

    public WriteRequest {
        content = content.asReadOnlyBuffer();
    }

    /** The bytes: a view of its own for every caller. */
    @Override
    public ByteBuffer content() {
        return content.duplicate();
    }
}
