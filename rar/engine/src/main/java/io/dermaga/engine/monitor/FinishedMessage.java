package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.MessageRecord.Outcome;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a message that has ended, as cheap as they can be on the delivery path: times are
 * {@link System#nanoTime()}, ids are not yet text.
 *
 * @param number of the payload on its connection
 * @param calledNanos when the bean was called; 0 if it was not
 */
public record FinishedMessage(
        String connectionId,
        long number,
        String listener,
        InetSocketAddress remoteAddress,
        long size,
        long firstByteNanos,
        long lastByteNanos,
        long calledNanos,
        long endedNanos,
        int attempts,
        Outcome outcome,
        @Nullable String error,
        boolean spilled,
        String charset) {

    String id() {
        return connectionId + "." + number;
    }
}
