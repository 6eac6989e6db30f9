package io.dermaga.engine.spool;

import java.time.Instant;

/**
 * How the spool is.
 *
 * @param kind what it does
 * @param reason numbered sentence, why it waits; empty if it does not
 * @param since when it began to be so
 */
public record SpoolState(Kind kind, String reason, Instant since) {

    /** What the spool does. */
    public enum Kind {
        /** Nobody has asked for it yet. */
        IDLE,
        /** It stores and hands over. */
        OK,
        /** Something is in the way. Nothing is lost, nothing is said to be stored. */
        WAITING,
        /** It has ended. */
        CLOSED
    }
}
