package io.dermaga.engine.lane;

/** The way back to an event loop. Any thread. */
@FunctionalInterface
public interface HandBack {

    /**
     * Makes sure that the event loop does soon what deliveries have put off for it: a burst of
     * deliveries wakes it once.
     */
    void flush();
}
