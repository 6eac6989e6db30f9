package io.dermaga.engine.listen;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket for accepted connections: a second's worth may come at once. Confined to the event
 * loop of the listening socket.
 */
final class AcceptRate {

    private final double perNano;
    private final double most;
    private double tokens;
    private long nanos = System.nanoTime();

    /**
     * @param perSecond connections
     */
    AcceptRate(int perSecond) {
        this.perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        this.most = perSecond;
        this.tokens = perSecond;
    }

    /** One was accepted. Returns how long none should be, in ns; 0 if the next one may. */
    long take(long now) {
        tokens = Math.min(most, tokens + (now - nanos) * perNano) - 1;
        nanos = now;
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }
}
