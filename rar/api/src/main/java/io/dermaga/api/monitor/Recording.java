package io.dermaga.api.monitor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording of connections, going on or ended.
 *
 * @param id names it
 * @param listener whose connections; empty: those of all
 * @param peers addresses and ranges; empty: everybody's
 * @param actor who has begun it
 * @param startedAt when
 * @param endedAt when it has ended; null if it goes on
 * @param state whether it goes on, or why it has ended
 * @param error what was wrong, one sentence; null if nothing
 * @param budget bytes on disk at which it ends
 * @param limit time after which it ends
 * @param size bytes of the file
 * @param connections how many are in it
 * @param cut how many of them were given up since the disk was slower than they
 * @param bytesRead bytes of peers in it
 * @param bytesWritten bytes to peers in it
 */
public record Recording(
        String id,
        String listener,
        String peers,
        String actor,
        Instant startedAt,
        @Nullable Instant endedAt,
        State state,
        @Nullable String error,
        long budget,
        Duration limit,
        long size,
        int connections,
        int cut,
        long bytesRead,
        long bytesWritten) {

    /** Whether it goes on, or why it has ended. */
    public enum State {
        RUNNING,
        /** An operator has ended it. */
        STOPPED,
        /** Its budget of bytes is used up. */
        BUDGET,
        /** Its time is over. */
        TIME,
        /** More connections than a recording may have. */
        CONNECTIONS,
        /** The disk has failed or is full. */
        DISK,
        /** The adapter was stopped. */
        CLOSED,
        /** The process was killed: it is there up to what was written then. */
        KILLED
    }

    /** Whether it goes on. */
    public boolean goesOn() {
        return state == State.RUNNING;
    }
}
