package io.dermaga.engine.listen;

import io.dermaga.api.TimeoutKind;
import io.dermaga.engine.settings.Limits;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Since when a connection is idle and since when its frame is incomplete, as {@link
 * System#nanoTime()}. Written by its event loop; read by the sweep of the listener.
 */
final class Deadlines {

    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private volatile long lastReadNanos = System.nanoTime();

    /** 0 between frames. */
    private volatile long frameNanos;

    /** Payloads that were complete when {@link #frameNanos} was set. */
    private long framesBefore;

    private volatile long heldNanos;

    /** For how long reading was held since the last read. */
    private long heldBefore;

    /** One has passed, and the event loop will look at it. */
    private volatile boolean found;

    /** Whether nobody has found it overdue and waits for the event loop. On the sweep. */
    boolean isFirstToFind() {
        boolean first = !found;
        found = true;
        return first;
    }

    /** The event loop looks at it. */
    void looked() {
        found = false;
    }

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
            heldBefore += since == 0 ? 0 : now - since;
            heldNanos = 0;
        }
    }

    /** A read begins: for how long reading was held before it. On the event loop. */
    long takeHeld() {
        long held = heldBefore;
        heldBefore = 0;
        return held;
    }

    boolean frameOverdue(long now, Duration limit) {
        long since = frameNanos;
        return since != 0 && now - since > limit.toNanos();
    }

    /** Which deadline of what comes before the first payload has passed; null if none has. */
    @Nullable TimeoutKind openingOverdue(long now, boolean awaitsFirstByte, Limits limits) {
        long nanos = now - lastReadNanos;
        if (awaitsFirstByte) { // a peer that may speak in plain text need not hurry
            return nanos > limits.firstByteTimeout().toNanos() ? TimeoutKind.FIRST_BYTE : null;
        }
        return nanos > limits.handshakeTimeout().toNanos() ? TimeoutKind.HANDSHAKE : null;
    }

    /**
     * The peer takes nothing of what waits for it. While that is what has used the budget up for
     * all others, it has less time.
     */
    boolean writeOverdue(long now, TcpConnection connection, Limits limits) {
        if (connection.queuedBytes() == 0) {
            return false;
        }
        long nanos = now - connection.lastWriteNanos();
        return nanos > limits.writeTimeout().toNanos()
                || (nanos > STALLED_NANOS && connection.budget().exhausted());
    }

    /** Which deadline of a connection on which nothing happens has passed; null if none has. */
    @Nullable TimeoutKind silenceOverdue(long now, TcpConnection connection, Limits limits) {
        long silent = now - lastReadNanos;
        if (connection.bytesRead() == 0 && silent > limits.firstByteTimeout().toNanos()) {
            return TimeoutKind.FIRST_BYTE;
        }
        if (silent > limits.readTimeout().toNanos()) {
            return TimeoutKind.READ;
        }
        long idle = Math.min(silent, now - connection.lastWriteNanos());
        return idle > connection.idleTimeout().toNanos() ? TimeoutKind.IDLE : null;
    }
}
