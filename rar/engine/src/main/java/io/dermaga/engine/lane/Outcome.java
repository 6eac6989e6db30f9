package io.dermaga.engine.lane;

import io.dermaga.api.Reply;
import io.dermaga.engine.monitor.Escape;
import org.jspecify.annotations.Nullable;

/**
 * How a call of a bean ended.
 *
 * @param kind whether the bean took it
 * @param failure why not, escaped, one sentence; null on success
 * @param cause what was thrown; null if nothing was
 * @param endpointLost whether the endpoint must not be used again
 * @param reply what the bean returned for the peer; null if nothing
 */
public record Outcome(
        Kind kind,
        @Nullable String failure,
        @Nullable Throwable cause,
        boolean endpointLost,
        @Nullable Reply reply) {

    /** Whether a bean took what it was called with. */
    public enum Kind {
        /** It did, and its transaction has committed. */
        TAKEN,
        /** It threw an exception, or its transaction was rolled back. */
        FAILED,
        /** The container could not call it: tried again, and not counted as a delivery. */
        NOT_CALLED
    }

    /** Success without a reply. */
    public static final Outcome SUCCESS = new Outcome(Kind.TAKEN, null, null, false, null);

    /** Success with a reply. */
    public static Outcome replied(Reply reply) {
        return new Outcome(Kind.TAKEN, null, null, false, reply);
    }

    /** Failure without an exception. */
    public static Outcome failed(String failure, boolean endpointLost) {
        return new Outcome(Kind.FAILED, failure, null, endpointLost, null);
    }

    /** Failure by an exception. */
    public static Outcome failed(Throwable cause, boolean endpointLost) {
        return new Outcome(Kind.FAILED, Escape.cause(cause), cause, endpointLost, null);
    }

    /** The bean was not called; the endpoint must not be used again. */
    public static Outcome notCalled(Throwable cause) {
        return new Outcome(Kind.NOT_CALLED, Escape.cause(cause), cause, true, null);
    }

    public boolean isFailure() {
        return kind != Kind.TAKEN;
    }
}
