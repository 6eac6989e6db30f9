package io.dermaga.engine.settings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a payload is given to a bean, and what its peer is told.
 *
 * @param durability where payloads wait
 * @param acknowledge when the peer is told
 * @param ack what it is told of a payload that was delivered
 * @param nak what it is told of one that was not
 * @param maxDeliveries how often a payload is given to a bean before it becomes a dead letter
 * @param redeliveryMin wait after the first failure; doubled after each that follows
 * @param redeliveryMax longest wait
 * @param onPoison what else happens when a payload becomes a dead letter
 * @param deadLetters whether dead letters are kept
 * @param idempotency which payloads are not delivered again when a peer repeats them
 * @param copies groups of beans that are each given all payloads; empty: each payload goes to one
 */
public record DeliverySettings(
        Durability durability,
        Acknowledge acknowledge,
        Answer ack,
        Answer nak,
        int maxDeliveries,
        Duration redeliveryMin,
        Duration redeliveryMax,
        OnPoison onPoison,
        DeadLetters deadLetters,
        IdempotencySettings idempotency,
        List<String> copies) {

    /** Beyond this many doublings every wait is the longest. */
    private static final int MOST_DOUBLINGS = 30;

    public DeliverySettings {
        copies = List.copyOf(copies);
    }

    /** The same with another end of what fails. */
    public DeliverySettings with(int deliveries, DeadLetters kept, OnPoison poison) {
        return new DeliverySettings(
                durability,
                acknowledge,
                ack,
                nak,
                deliveries,
                redeliveryMin,
                redeliveryMax,
                poison,
                kept,
                idempotency,
                copies);
    }

    /** Whether payloads wait in the spool. */
    public boolean isSpooled() {
        return durability == Durability.SPOOLED;
    }

    /** Whether a peer is answered by bytes of these settings, whatever the framing. */
    public boolean answers() {
        return acknowledge != Acknowledge.NEVER
                && (ack instanceof Answer.Bytes || nak instanceof Answer.Bytes);
    }

    /**
     * How long to wait before the next delivery: a half to the whole of what the doubling gives, so
     * that payloads which failed together do not come back together.
     *
     * @param failures of this payload so far, 1 or more
     */
    public Duration redeliveryDelay(int failures) {
        long longest = redeliveryMax.toNanos();
        long least = redeliveryMin.toNanos();
        int doublings = Math.min(MOST_DOUBLINGS, failures - 1);
        long whole = least > longest >> doublings ? longest : least << doublings;
        return Duration.ofNanos(whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}
