package io.dermaga.engine.payload;

import io.netty.buffer.ByteBuf;

/**
 * Payloads in memory: one buffer and the boundaries in it. A burst of 600 small frames that were
 * read together is one such object.
 */
public final class Frames implements Content {

    /** Numbers of a payload: where it begins and ends. */
    private static final int BOUNDS = 2;

    /** And where its frame does. */
    private static final int BOUNDS_OF_BOTH = 4;

    private final ByteBuf buffer;
    private final int[] rows;
    private final int width;
    private final long bytes;
    private final long firstByteNanos;
    private final long lastByteNanos;
    private final ByteBudget budget;
    private final long held;
    private final long cut;

    // where the first frame lies in the stream; with rows of both, what their index 0 would be
    private final long streamStart;
    private final long streamEnd;
    private final int reads;

    /**
     * Payloads that are whole, and of which nobody knows where they lay in a stream.
     *
     * @param bounds start and end of each payload, one after the other
     * @param held bytes booked in the budget, given back with the buffer
     */
    public Frames(
            ByteBuf buffer,
            int[] bounds,
            long bytes,
            long firstByteNanos,
            long lastByteNanos,
            ByteBudget budget,
            long held) {
        this(
                buffer,
                bounds,
                BOUNDS,
                bytes,
                firstByteNanos,
                lastByteNanos,
                budget,
                held,
                0,
                Place.UNKNOWN.start(),
                Place.UNKNOWN.end(),
                Place.UNKNOWN.reads());
    }

    private Frames(
            ByteBuf buffer,
            int[] rows,
            int width,
            long bytes,
            long firstByteNanos,
            long lastByteNanos,
            ByteBudget budget,
            long held,
            long cut,
            long streamStart,
            long streamEnd,
            int reads) {
        this.buffer = buffer;
        this.rows = rows;
        this.width = width;
        this.bytes = bytes;
        this.firstByteNanos = firstByteNanos;
        this.lastByteNanos = lastByteNanos;
        this.budget = budget;
        this.held = held;
        this.cut = cut;
        this.streamStart = streamStart;
        this.streamEnd = streamEnd;
        this.reads = reads;
    }

    /**
     * One payload that is a buffer of its own.
     *
     * @param buffer owned from now on
     * @param held bytes booked in the budget, given back with the buffer
     * @param cut bytes that it was shortened by
     * @param place of its frame
     */
    public static Frames one(
            ByteBuf buffer,
            int size,
            long firstByteNanos,
            long lastByteNanos,
            ByteBudget budget,
            long held,
            long cut,
            Place place) {
        return new Frames(
                buffer,
                new int[] {0, size},
                BOUNDS,
                size,
                firstByteNanos,
                lastByteNanos,
                budget,
                held,
                cut,
                place.start(),
                place.end(),
                place.reads());
    }

    /**
     * Payloads whose last bytes came with one read.
     *
     * @param buffer owned from now on
     * @param rows of each payload start and end, then start and end of its frame, as indices of one
     *     numbering
     * @param bytes of all payloads together
     * @param firstByteNanos of the first one; the others came with the last byte
     * @param held bytes booked in the budget, given back with the buffer
     * @param base offset in the stream that index 0 stands for
     * @param reads that brought the first one
     */
    public static Frames of(
            ByteBuf buffer,
            int[] rows,
            long bytes,
            long firstByteNanos,
            long lastByteNanos,
            ByteBudget budget,
            long held,
            long base,
            int reads) {
        return new Frames(
                buffer,
                rows,
                BOUNDS_OF_BOTH,
                bytes,
                firstByteNanos,
                lastByteNanos,
                budget,
                held,
                0,
                base,
                base,
                reads);
    }

    /** The buffer; its indices are of no meaning. */
    public ByteBuf buffer() {
        return buffer;
    }

    public int start(int index) {
        return rows[width * index];
    }

    @Override
    public int count() {
        return rows.length / width;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long size(int index) {
        return (long) rows[width * index + 1] - rows[width * index];
    }

    @Override
    public long originalSize(int index) {
        return size(index) + cut;
    }

    @Override
    public long firstByteNanos(int index) {
        return index == 0 ? firstByteNanos : lastByteNanos;
    }

    @Override
    public long lastByteNanos() {
        return lastByteNanos;
    }

    @Override
    public long streamStart(int index) {
        return width == BOUNDS ? streamStart : streamStart + rows[width * index + BOUNDS];
    }

    @Override
    public long streamEnd(int index) {
        return width == BOUNDS ? streamEnd : streamEnd + rows[width * index + BOUNDS + 1];
    }

    @Override
    public int reads(int index) {
        return index == 0 ? reads : 1;
    }

    @Override
    public void release() {
        buffer.release();
        budget.release(held);
    }
}
