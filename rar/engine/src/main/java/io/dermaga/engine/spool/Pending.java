package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import java.time.Instant;
import java.util.List;

/**
 * What waits to be stored.
 *
 * @param queues names of the queues that it goes to, as an entry of its own in each
 * @param number of its first entry in this run; the others follow
 * @param firstNumber of its first payload on the connection
 * @param content owned
 */
record Pending(
        List<String> queues,
        long number,
        SpooledConnection connection,
        long firstNumber,
        Instant firstByteAt,
        Instant lastByteAt,
        Content content,
        Receipt receipt) {

    /** Bytes that are stored. */
    long bytes() {
        return content.bytes() * queues.size();
    }
}
