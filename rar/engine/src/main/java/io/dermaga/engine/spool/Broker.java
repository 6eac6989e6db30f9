package io.dermaga.engine.spool;

import java.util.Set;
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

    /** Names of the queues that it has; none if it is not ours or not running. */
    default Set<String> queues() {
        return Set.of();
    }

    /** Stops it, if it is ours. */
    void stop();
}
