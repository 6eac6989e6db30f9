package io.dermaga.engine.spool;

import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.jspecify.annotations.Nullable;

/** The broker that keeps the entries. Thread-safe. */
interface Broker {

    /**
     * Starts it if it is not running, and gives the way to it.
     *
     * @return the caller's, to be closed
     * @throws Exception whatever is in the way; to be tried again
     */
    ServerLocator reach() throws Exception;

    /**
     * Why it should not be given more now.
     *
     * @param bytes that would be added
     * @return a numbered sentence; null if it may be given more
     */
    @Nullable String refusal(long bytes);

    /** Stops it, if it is ours. */
    void stop();
}
