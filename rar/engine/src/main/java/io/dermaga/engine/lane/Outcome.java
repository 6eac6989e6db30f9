package io.dermaga.engine.lane;

import org.jspecify.annotations.Nullable;

/**
 * How a delivery ended.
 *
 * @param failure why it failed, escaped; null on success
 * @param endpointLost whether the endpoint must not be used again
 * @param reply what the bean returned to be written; null if nothing
 */
public record Outcome(
        @Nullable String failure,
        boolean endpointLost,
        @SuppressWarnings("ArrayRecordComponent") byte @Nullable [] reply) {

    /** Success without a reply. */
    public static final Outcome SUCCESS = new Outcome(null, false, null);

    /** Success with a reply. */
    public static Outcome replied(byte[] reply) {
        return new Outcome(null, false, reply);
    }

    /** Failure. */
    public static Outcome failed(String failure, boolean endpointLost) {
        return new Outcome(failure, endpointLost, null);
    }

    public boolean isFailure() {
        return failure != null;
    }
}
