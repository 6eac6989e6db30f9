package io.dermaga.engine.monitor;

import org.jspecify.annotations.Nullable;

/**
 * The beginnings of the latest contents, one after the other in memory that is used again: the
 * newest takes the place of the oldest. Guarded by its {@link MessageRing}.
 */
final class HeadRing {

    private static final int MOST_SEGMENT_BYTES = 1024 * 1024;

    private final int segmentBytes;
    private final byte[] @Nullable [] segments;

    /** Bytes given out since the beginning, skipped ones included. */
    private long next;

    private int allocated;

    HeadRing(long capacity) {
        this.segmentBytes = (int) Math.min(capacity, MOST_SEGMENT_BYTES);
        this.segments = new byte[segmentBytes == 0 ? 0 : (int) (capacity / segmentBytes)][];
    }

    /** So many bytes can be kept at one place. */
    int longest() {
        return segmentBytes;
    }

    /**
     * A place for so many bytes, at most {@link #longest}; never across the end of a segment.
     *
     * @return its position; {@link #segment} and {@link #offset} tell where that is
     */
    long reserve(int length) {
        int left = segmentBytes - offset(next);
        if (length > left) {
            next += left;
        }
        long position = next;
        next += length;
        return position;
    }

    byte[] segment(long position) {
        int index = (int) (position / segmentBytes % segments.length);
        byte[] segment = segments[index];
        if (segment == null) {
            segment = new byte[segmentBytes];
            segments[index] = segment;
            allocated++;
        }
        return segment;
    }

    int offset(long position) {
        return (int) (position % segmentBytes);
    }

    /** Whether what was put at a position is still there. */
    boolean isKept(long position) {
        return position >= next - (long) segmentBytes * segments.length;
    }

    /** Heap that is in use. */
    long bytes() {
        return (long) allocated * segmentBytes;
    }
}
