package io.dermaga.api.monitor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A finished message.
 *
 * @param sequence its number in the feed
 * @param id of the payload; where copies go to several groups of beans, {@code <payload>.<group>}:
 *     that of a dead letter which it has become
 * @param copy group of beans that it was for; empty where there is but one
 * @param connectionId of its connection
 * @param listener that took it
 * @param remoteAddress of the peer
 * @param size in bytes; for a discarded one as far as it was read
 * @param firstByteAt when its first byte was read
 * @param receiving from the first to the last byte
 * @param waiting from the last byte to the first call of a bean; zero if there was none
 * @param inBean from the first call of a bean to the outcome, waits between calls included; zero if
 *     there was none
 * @param attempts how often a bean was called
 * @param outcome how it ended
 * @param error numbered, one sentence, escaped; null on success
 * @param spilled whether it was kept on disk while it waited
 */
public record MessageRecord(
        long sequence,
        String id,
        String copy,
        String connectionId,
        String listener,
        InetSocketAddress remoteAddress,
        long size,
        Instant firstByteAt,
        Duration receiving,
        Duration waiting,
        Duration inBean,
        int attempts,
        Outcome outcome,
        @Nullable String error,
        boolean spilled) {

    /** How a message ended. */
    public enum Outcome {
        /** The bean took it. */
        DELIVERED,
        /** The bean failed on it, or rolled back, for the last time. */
        FAILED,
        /** No bean saw it: oversized, incomplete, or dropped at a forced stop. */
        DISCARDED
    }
}
