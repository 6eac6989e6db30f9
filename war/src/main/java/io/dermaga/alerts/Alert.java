package io.dermaga.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That the condition of a rule is met, or was.
 *
 * @param id of the alert, a number
 * @param rule its name
 * @param listener it is about; null if it is about none
 * @param state what became of it
 * @param since when it fired
 * @param text one sentence with the figures: the latest while it is open, then the last
 * @param acknowledgement by a person; null if there is none
 * @param resolvedAt when it was over; null while it is not
 */
public record Alert(
        String id,
        String rule,
        @Nullable String listener,
        State state,
        Instant since,
        String text,
        @Nullable Acknowledgement acknowledgement,
        @Nullable Instant resolvedAt) {

    /** What became of an alert. */
    public enum State {
        /** Nobody has acknowledged it. */
        FIRING,
        /** Somebody knows of it; it is not over. */
        ACKNOWLEDGED,
        /** It is over. */
        RESOLVED
    }

    /**
     * That a person knows of it.
     *
     * @param by name of the user
     * @param at when
     * @param comment what the user had to say; null if nothing
     */
    public record Acknowledgement(String by, Instant at, @Nullable String comment) {

        /** The longest comment, in characters. */
        public static final int MOST_COMMENT = 500;
    }

    /** Whether it is not over. */
    boolean isOpen() {
        return state != State.RESOLVED;
    }

    /** Whether it is the one of this rule and listener; "" for none. */
    boolean isOf(String ofRule, String ofListener) {
        return rule.equals(ofRule) && ofListener.equals(listener == null ? "" : listener);
    }

    /** For whom it is, as sentences name it. */
    String subject() {
        return listener == null ? "" : " for listener '" + listener + "'";
    }

    Alert withText(String newest) {
        return new Alert(id, rule, listener, state, since, newest, acknowledgement, resolvedAt);
    }

    Alert acknowledged(Acknowledgement by) {
        return new Alert(id, rule, listener, State.ACKNOWLEDGED, since, text, by, resolvedAt);
    }

    Alert resolved(Instant at) {
        return new Alert(id, rule, listener, State.RESOLVED, since, text, acknowledgement, at);
    }
}
