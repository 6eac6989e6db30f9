package io.dermaga.http;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The request that a thread waits for, so that another can end it. Timeouts of a connection are for
 * each read alone; this is for the whole. Thread-safe; one request at a time.
 */
public final class RunningRequest {

    /** One that still connects cannot be ended; it ends by its own timeout. */
    private static final Duration LONGEST_CUT = Duration.ofSeconds(1);

    private static final long BETWEEN_MILLIS = 10;

    private @Nullable HttpURLConnection current;
    private Instant cutAt = Instant.MAX;

    /**
     * A request begins.
     *
     * @param cut when {@link #watch} ends it
     */
    public synchronized void began(HttpURLConnection connection, Instant cut) {
        current = connection;
        cutAt = cut;
    }

    /** The request is over, whatever became of it. */
    public synchronized void ended() {
        current = null;
        cutAt = Instant.MAX;
        notifyAll();
    }

    /** Ends a request that takes too long. */
    public synchronized void watch(Instant now) {
        if (now.isAfter(cutAt)) {
            cut();
        }
    }

    /**
     * Ends a request that goes on, and waits for its end, a second at most. One that is closed
     * between its writing and its reading connects anew: hence it is closed until it has ended.
     */
    public synchronized void cut() {
        HttpURLConnection cut = current;
        long until = System.nanoTime() + LONGEST_CUT.toNanos();
        try {
            while (cut != null && current == cut && System.nanoTime() < until) {
                cut.disconnect();
                TimeUnit.MILLISECONDS.timedWait(this, BETWEEN_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
