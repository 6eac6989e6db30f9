package io.dermaga.api.monitor;

import java.time.Duration;
import java.time.Instant;

/**
 * Bytes that were read from a connection at once: what its event loop took from the kernel with one
 * call, or, with TLS, what one record decrypts to.
 *
 * @param offset of its first byte in the stream, as in {@link MessageRecord.StreamRange}
 * @param length in bytes
 * @param at when it was read. How long its bytes had been in the kernel's queue before is not
 *     known: less than since the read before it, unless reading was held
 * @param held for how long this side had not read just before it, for back-pressure or by a command
 *     (see {@link ConnectionSnapshot.Hold}), in microseconds; zero if it would have read at any
 *     time
 */
public record StreamRead(long offset, int length, Instant at, Duration held) {

    /** Reads of a connection that are kept; a power of two. */
    public static final int MOST_KEPT = 64;
}
