package io.dermaga.engine.payload;

import io.netty.buffer.ByteBuf;

/**
 * Payloads in memory: one buffer and the boundaries in it. A burst of 600 small frames that were
 * read together is one such object.
 */
public final class Frames implements Content {

    private final ByteBuf buffer;
    private final int[] bounds;
    private final long bytes;
    private final long firstByteNanos;
    private final long lastByteNanos;
    private final ByteBudget budget;
    private final long held;
    private final long cut;

    /** Payloads that are whole; see the other constructor. */
    public Frames(
            ByteBuf buffer,
            int[] bounds,
            long bytes,
            long firstByteNanos,
            long lastByteNanos,
            ByteBudget budget,
            long held) {
        this(buffer, bounds, bytes, firstByteNanos, lastByteNanos, budget, held, 0);
    }

    /**
     * @param buffer owned from now on
     * @param bounds start and end of each payload, one after the other
     * @param bytes of all payloads together
     * @param held bytes booked in the budget, given back with the buffer
     * @param cut bytes that each payload was shortened by
     */
    public Frames(
            ByteBuf buffer,
            int[] bounds,
            long bytes,
            long firstByteNanos,
            long lastByteNanos,
            ByteBudget budget,
            long held,
            long cut) {
        this.buffer = buffer;
        this.bounds = bounds;
        this.firstByteNanos = firstByteNanos;
        this.lastByteNanos = lastByteNanos;
        this.budget = budget;
        this.held = held;
        this.cut = cut;
        this.bytes = bytes;
    }

    /** The buffer; its indices are of no meaning. */
    public ByteBuf buffer() {
        return buffer;
    }

    public int start(int index) {
        return bounds[2 * index];
    }

    @Override
    public int count() {
        return bounds.length / 2;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long size(int index) {
        return (long) bounds[2 * index + 1] - bounds[2 * index];
    }

    @Override
    public long originalSize(int index) {
        return size(index) + cut;
    }

    @Override
    public long firstByteNanos(int index) {
        return firstByteNanos;
    }

    @Override
    public long lastByteNanos() {
        return lastByteNanos;
    }

    @Override
    public void release() {
        buffer.release();
        budget.release(held);
    }
}
