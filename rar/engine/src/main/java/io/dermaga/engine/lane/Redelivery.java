package io.dermaga.engine.lane;

import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.WallClock;

/**
 * What a lane remembers of payloads on which its bean has failed, until it takes them or they are
 * given up. After a batch has failed its payloads are delivered one by one, so that one which no
 * bean can take does not take others with it. Belongs to whoever holds the lane.
 */
final class Redelivery {

    /** After the last payload that was in the delivery which failed first. */
    private final int end;

    private final long firstCalledNanos;
    private final long firstFailedNanos;

    /** Deliveries of the payload whose turn it is. */
    private int deliveries = 1;

    private long lastCalledNanos;
    private long lastReturnedNanos;
    private long lastFailedNanos;
    private String failure;
    private String stack;

    Redelivery(int end, long calledNanos, long returnedNanos, long failedNanos, Outcome outcome) {
        this.end = end;
        this.firstCalledNanos = calledNanos;
        this.firstFailedNanos = failedNanos;
        this.lastCalledNanos = calledNanos;
        this.lastReturnedNanos = returnedNanos;
        this.lastFailedNanos = failedNanos;
        this.failure = String.valueOf(outcome.failure());
        this.stack = stack(outcome);
    }

    private static String stack(Outcome outcome) {
        Throwable cause = outcome.cause();
        return cause == null ? "" : Escape.stack(cause);
    }

    /** It has failed again. */
    void failed(long calledNanos, long returnedNanos, long failedNanos, Outcome outcome) {
        deliveries++;
        lastCalledNanos = calledNanos;
        lastReturnedNanos = returnedNanos;
        lastFailedNanos = failedNanos;
        failure = String.valueOf(outcome.failure());
        stack = stack(outcome);
    }

    /**
     * The payload before this position has ended.
     *
     * @return whether others of the delivery that failed are left
     */
    boolean goesOnAt(int position) {
        deliveries = 1;
        return position < end;
    }

    int deliveries() {
        return deliveries;
    }

    /** {@link System#nanoTime()} of the first call. */
    long firstCalledNanos() {
        return firstCalledNanos;
    }

    long lastCalledNanos() {
        return lastCalledNanos;
    }

    /** See {@link Endpoint#returnedNanos()}. */
    long lastReturnedNanos() {
        return lastReturnedNanos;
    }

    long lastFailedNanos() {
        return lastFailedNanos;
    }

    String failure() {
        return failure;
    }

    /**
     * The payload as a dead letter.
     *
     * @param cause numbered, one sentence
     */
    DeadPayload dead(Delivery delivery, int index, String cause) {
        return new DeadPayload(
                delivery.owner(),
                delivery.content(),
                index,
                delivery.number(index),
                deliveries,
                cause,
                stack,
                WallClock.at(firstFailedNanos),
                WallClock.at(lastFailedNanos));
    }
}
