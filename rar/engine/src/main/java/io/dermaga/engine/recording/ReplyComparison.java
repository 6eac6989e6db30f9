package io.dermaga.engine.recording;

import io.dermaga.api.monitor.RecordingReplay.Difference;
import io.dermaga.api.monitor.RecordingReplay.Replies;
import io.dermaga.engine.monitor.Escape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares the replies of a listener with those that were recorded, as they come. One thread brings
 * them, another waits for them.
 */
final class ReplyComparison implements AutoCloseable {

    private static final int EXCERPT_BYTES = 32;

    /** How the listener has ended its side. */
    enum End {
        OPEN,
        ENDED,
        RESET,
        /** This side has closed first. */
        CLOSED
    }

    private final Steps recorded;
    private byte[] expected = Entry.NONE;
    private int at;
    private End recordedEnd = End.OPEN;

    // changed while holding the lock
    private long received;
    private End end = End.OPEN;
    private @Nullable Difference difference;

    /**
     * @param recorded from the beginning; closed with this
     */
    ReplyComparison(Steps recorded) {
        this.recorded = recorded;
    }

    synchronized long received() {
        return received;
    }

    synchronized @Nullable Difference difference() {
        return difference;
    }

    synchronized boolean hasEnded() {
        return end != End.OPEN;
    }

    /** The listener has sent bytes. */
    synchronized void took(byte[] data, int length) throws IOException {
        if (difference == null) {
            compare(data, length);
        }
        received += length;
        notifyAll();
    }

    private void compare(byte[] data, int length) throws IOException {
        int done = 0;
        while (done < length && (at < expected.length || refill())) {
            int both = Math.min(length - done, expected.length - at);
            int same = Arrays.mismatch(data, done, done + both, expected, at, at + both);
            if (same >= 0) {
                difference =
                        new Difference(
                                received + done + same,
                                excerpt(expected, at + same, expected.length),
                                excerpt(data, done + same, length));
                return;
            }
            done += both;
            at += both;
        }
    }

    /** Reads on to the next reply; false if there is none. */
    private boolean refill() throws IOException {
        Steps.Step step = recorded.next();
        while (step != null && step.kind() != Steps.Kind.WRITTEN) {
            noteEnd(step.kind());
            step = recorded.next();
        }
        expected = step == null ? Entry.NONE : step.data();
        at = 0;
        return step != null;
    }

    private void noteEnd(Steps.Kind kind) {
        if (kind == Steps.Kind.ENDED) {
            recordedEnd = End.ENDED;
        } else if (kind == Steps.Kind.RESET) {
            recordedEnd = End.RESET;
        }
    }

    private static String excerpt(byte[] data, int from, int to) {
        int end = Math.min(to, from + EXCERPT_BYTES);
        return Escape.text(new String(data, from, end - from, StandardCharsets.ISO_8859_1));
    }

    synchronized void ended(End how) {
        if (end == End.OPEN) {
            end = how;
        }
        notifyAll();
    }

    /**
     * Waits until so many bytes have come, or the listener has ended; false if nothing came for a
     * time.
     */
    synchronized boolean await(long bytes, long quietNanos) throws InterruptedException {
        long last = received;
        long until = System.nanoTime() + quietNanos;
        while (received < bytes && end == End.OPEN) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
            if (received != last) {
                last = received;
                until = System.nanoTime() + quietNanos;
            }
        }
        return true;
    }

    /** Waits until the listener has ended; false if it has not, and nothing came for a time. */
    boolean awaitEnd(long quietNanos) throws InterruptedException {
        return await(Long.MAX_VALUE, quietNanos);
    }

    /** When nothing more comes. */
    synchronized Replies result(long recordedBytes) throws IOException {
        if (difference != null) {
            return Replies.DIFFERENT;
        }
        if (received != recordedBytes) {
            return received < recordedBytes ? Replies.MISSING : Replies.EXTRA;
        }
        while (refill()) {
            // to the end
        }
        boolean known = recordedEnd != End.OPEN && end != End.OPEN && end != End.CLOSED;
        return known && end != recordedEnd ? Replies.OTHER_END : Replies.IDENTICAL;
    }

    @Override
    public void close() throws IOException {
        recorded.close();
    }
}
