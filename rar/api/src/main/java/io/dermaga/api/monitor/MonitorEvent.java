package io.dermaga.api.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that an operator may want to know.
 *
 * @param sequence its number in the feed
 * @param at when
 * @param kind what
 * @param listener which; null if it is about the adapter
 * @param connectionId which; null if it is not about one
 * @param text numbered, one sentence, escaped: the same words as in the log
 */
public record MonitorEvent(
        long sequence,
        Instant at,
        Kind kind,
        @Nullable String listener,
        @Nullable String connectionId,
        String text) {

    /** What an event is about. */
    public enum Kind {
        LISTENING,
        LISTENER_FAILED,
        LISTENER_STOPPED,
        CONNECTING,
        CONNECTED,
        FIRST_BYTE,
        REFUSED,
        CERTIFICATE,
        ACCESS,
        PAUSED,
        RESUMED,
        ENDED,
        DRAINED,
        /** An operator has written to a connection. */
        WRITTEN,
        TIMEOUT,
        ERROR,
        CLOSED,
        DELIVERY_FAILED,
        DISCARDED,
        BACK_PRESSURE,
        /** A peer seems to speak another protocol than its listener. */
        SUSPICION,
        /** A dead letter was edited, deleted or replayed, or cannot be used. */
        DEAD_LETTER,
        /** The durable spool has to wait, or goes on. */
        SPOOL,
        /** A recording of connections has begun or ended, was deleted or replayed. */
        RECORDING
    }
}
