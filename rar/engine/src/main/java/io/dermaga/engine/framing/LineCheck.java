package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Judges the lines of one connection. Bytes come in stream order; a CR before the ending may be
 * among them.
 */
abstract class LineCheck {

    /** A line without content, which is no payload. */
    static final String BLANK = "";

    /** The next byte of the line. */
    abstract void see(byte b);

    /**
     * The line has ended; another one begins.
     *
     * @return null if it is a payload, {@link #BLANK}, or what is expected of a line
     */
    abstract @Nullable String verdict();

    final void see(ByteBuf chunk, int from, int to) {
        for (int i = from; i < to; i++) {
            see(chunk.getByte(i));
        }
    }
}
