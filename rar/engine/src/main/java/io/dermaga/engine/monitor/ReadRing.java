package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.StreamRead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The latest reads of one connection, as rows of numbers: adding one makes no object. It grows with
 * what is read, so that a connection which has said little costs little. The event loop of the
 * connection adds, any thread may look; its lock is nearly never contended.
 */
public final class ReadRing {

    private static final int FIRST_READS = 4;

    // the columns of a row
    private static final int OFFSET = 0;
    private static final int NANOS = 1;
    private static final int LENGTH_AND_HELD = 2;
    private static final int WIDTH = 3;

    private static final int LENGTH_SHIFT = 32;
    private static final long HELD_MASK = 0xffff_ffffL;

    private long[] rows = new long[FIRST_READS * WIDTH];
    private long count;

    /**
     * A read.
     *
     * @param offset of its first byte in the stream
     * @param heldNanos for how long reading was held before it
     */
    public synchronized void add(long offset, int length, long nanos, long heldNanos) {
        int capacity = rows.length / WIDTH;
        if (count == capacity && capacity < StreamRead.MOST_KEPT) {
            rows = Arrays.copyOf(rows, 2 * rows.length);
            capacity *= 2;
        }
        int row = (int) (count++ % capacity) * WIDTH;
        long held = Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMicros(heldNanos));
        rows[row + OFFSET] = offset;
        rows[row + NANOS] = nanos;
        rows[row + LENGTH_AND_HELD] = (long) length << LENGTH_SHIFT | held;
    }

    /** Those that are kept and brought bytes from {@code start} to {@code end}, in their order. */
    synchronized List<StreamRead> of(long start, long end) {
        int capacity = rows.length / WIDTH;
        List<StreamRead> found = new ArrayList<>();
        for (long i = Math.max(0, count - capacity); i < count; i++) {
            int row = (int) (i % capacity) * WIDTH;
            long offset = rows[row + OFFSET];
            int length = (int) (rows[row + LENGTH_AND_HELD] >>> LENGTH_SHIFT);
            if (offset < end && offset + length > start) {
                long heldMicros = rows[row + LENGTH_AND_HELD] & HELD_MASK;
                found.add(
                        new StreamRead(
                                offset,
                                length,
                                WallClock.at(rows[row + NANOS]),
                                Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(heldMicros))));
            }
        }
        return found;
    }
}
