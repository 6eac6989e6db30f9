package io.dermaga.engine.listen;

import java.time.Duration;

/**
 * Since when a connection is idle and since when its frame is incomplete, as {@link
 * System#nanoTime()}. Written by its event loop; read by the sweep of the listener.
 */
final class Deadlines {

    private volatile long lastReadNanos = System.nanoTime();

    /** 0 between frames. */
    private volatile long frameNanos;

    /** Payloads that were complete when {@link #frameNanos} was set. */
    private long framesBefore;

    private volatile long heldNanos;

    void read(long now) {
        lastReadNanos = now;
    }

    /**
     * After a read: whether a frame is incomplete now, and how many are complete. A stream that
     * never pauses between frames begins a new one with each that it completes.
     */
    void frame(boolean open, long complete) {
        if (!open) {
            frameNanos = 0;
        } else if (frameNanos == 0 || framesBefore != complete) {
            frameNanos = lastReadNanos;
            framesBefore = complete;
        }
    }

    long lastReadNanos() {
        return lastReadNanos;
    }

    /** Reading is held by this side: time that passes until it goes on is not the peer's fault. */
    void held(boolean on) {
        long now = System.nanoTime();
        if (on) {
            heldNanos = now;
        } else {
            long since = heldNanos;
            long frame = frameNanos;
            if (frame != 0 && since != 0) {
                frameNanos = frame + (now - since);
            }
            lastReadNanos = now;
            heldNanos = 0;
        }
    }

    boolean frameOverdue(long now, Duration limit) {
        long since = frameNanos;
        return since != 0 && now - since > limit.toNanos();
    }

    boolean idleOverdue(long now, long lastWriteNanos, Duration limit) {
        long last = Math.max(lastReadNanos - now, lastWriteNanos - now);
        return -last > limit.toNanos();
    }
}
