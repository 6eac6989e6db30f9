package io.dermaga.engine.lane;

import io.dermaga.api.Reply;
import io.dermaga.engine.idempotency.Claim;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.idempotency.PayloadKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys of those payloads of one lane that are being delivered: of one payload, or of those that
 * go to the bean together. They stay claimed while it has failed and waits for its next delivery.
 * Belongs to whoever holds the lane.
 */
final class Claims {

    private static final long LEAST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long MOST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int NOTHING = -1;

    private final KnownKeys keys;

    /** In the order of their payloads; null for one that has none. */
    private final List<@Nullable PayloadKey> held = new ArrayList<>(1);

    /** The payload whose key was not granted, and that key. */
    private int refusedAt = NOTHING;

    private @Nullable PayloadKey refused;
    private Claim answer = Claim.Unknown.GRANTED;
    private long waitNanos;

    Claims(KnownKeys keys) {
        this.keys = keys;
    }

    /**
     * Claims payloads that are to be delivered together, as many as can be.
     *
     * @param from the first; what was claimed and has not ended begins with it
     * @return how many; 0 if the first is repeated, or its key is in delivery on another lane
     */
    int claim(Delivery delivery, int from, int most) {
        if (held.isEmpty()) { // else they wait for an endpoint, or for their next delivery
            int i = from;
            while (i < from + most && claim(delivery, i)) {
                i++;
            }
        }
        return held.size();
    }

    private boolean claim(Delivery delivery, int index) {
        PayloadKey key = index == refusedAt ? refused : find(delivery, index);
        answer = key == null ? Claim.Unknown.GRANTED : keys.claim(key);
        if (answer != Claim.Unknown.IN_DELIVERY) {
            waitNanos = 0;
        }
        if (answer != Claim.Unknown.GRANTED) {
            refusedAt = index;
            refused = key;
            return false;
        }
        held.add(key);
        return true;
    }

    private @Nullable PayloadKey find(Delivery delivery, int index) {
        return keys.find(most -> delivery.readableHead(index, most));
    }

    /** What was delivered with the key of the payload that could not be claimed; else null. */
    Claim.@Nullable Repeated repeated() {
        return answer instanceof Claim.Repeated known ? known : null;
    }

    /** The beginning of that key. */
    String refusedKey() {
        PayloadKey key = refused;
        return key == null ? "" : key.beginning();
    }

    /** How long to wait before it is claimed again: longer each time. */
    long waitNanos() {
        waitNanos = Math.min(MOST_WAIT_NANOS, Math.max(LEAST_WAIT_NANOS, 2 * waitNanos));
        return waitNanos;
    }

    /**
     * A bean has taken what is claimed: it is known from now on, unless the bean has refused it by
     * its reply, so that the peer may try again.
     *
     * @param returned what the bean has returned for the only one
     */
    void taken(Delivery delivery, int from, @Nullable Reply returned) {
        for (int i = 0; i < held.size(); i++) {
            PayloadKey key = held.get(i);
            if (key == null) {
                continue;
            }
            List<Reply> replies = delivery.replies(from + i, returned);
            if (replies.stream().anyMatch(one -> one.kind() == Reply.Kind.NAK)) {
                keys.giveBack(key);
            } else {
                keys.delivered(key, replies);
            }
        }
        held.clear();
    }

    /** A delivery has failed: from now on its first payload is delivered by itself. */
    void failed() {
        giveBack(1);
    }

    /** What is claimed will not be delivered. */
    void giveUp() {
        giveBack(0);
    }

    private void giveBack(int from) {
        for (int i = held.size() - 1; i >= from; i--) {
            PayloadKey key = held.remove(i);
            if (key != null) {
                keys.giveBack(key);
            }
        }
    }

    /** All payloads of a content have ended, or will not be delivered. */
    void ended() {
        giveBack(0);
        refusedAt = NOTHING;
        refused = null;
    }
}
