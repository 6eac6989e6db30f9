package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import java.time.Instant;

/**
 * What waits to be stored.
 *
 * @param queue name of the queue that it goes to
 * @param number of the entry in this run
 * @param firstNumber of its first payload on the connection
 * @param content owned
 */
record Pending(
        String queue,
        long number,
        SpooledConnection connection,
        long firstNumber,
        Instant firstByteAt,
        Instant lastByteAt,
        Content content,
        Receipt receipt) {}
