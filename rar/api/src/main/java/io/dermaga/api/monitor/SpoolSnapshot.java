package io.dermaga.api.monitor;

import org.jspecify.annotations.Nullable;

/**
 * The durable spool at one moment.
 *
 * @param state what it does
 * @param problem why it is {@link State#WAITING}, numbered, one sentence; else null
 */
public record SpoolSnapshot(State state, @Nullable String problem) {

    /** What the spool does. */
    public enum State {
        /** No listener has asked for it. */
        IDLE,
        /** It stores and hands over. */
        OK,
        /** Something is in its way: it tries again by itself, nothing is lost. */
        WAITING,
        /** The adapter is stopping. */
        CLOSED
    }
}
