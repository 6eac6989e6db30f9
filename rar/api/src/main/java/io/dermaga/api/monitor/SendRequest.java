package io.dermaga.api.monitor;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Bytes that are sent to a listener of the adapter, as a peer on this machine would.
 *
 * @param listener its name
 * @param content 0 to {@link #MOST_BYTES} bytes
 * @param enclosed whether they are a payload, around which the framing of the listener is put
 * @param ends whether the own side is ended after them
 * @param patience how long it is waited for answers, 1 ms to {@link #MOST_PATIENCE}
 */
public record SendRequest(
        String listener, ByteBuffer content, boolean enclosed, boolean ends, Duration patience) {

    /** How many bytes may be sent at once. */
    public static final int MOST_BYTES = 1 << 20;

    /** How long may be waited. */
    public static final Duration MOST_PATIENCE = Duration.ofSeconds(30);

    public SendRequest {
        content = content.asReadOnlyBuffer();
    }

    /** The bytes: a view of its own for every caller. */
    @Override
    public ByteBuffer content() {
        return content.duplicate();
    }
}
