package io.dermaga.engine.payload;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;

/**
 * Makes a content of one payload that was kept elsewhere: in memory, or in a file of its own if it
 * is large. Thread-safe.
 */
public final class KeptContent {

    private final SpillStore store;
    private final long largeFrom;

    /**
     * @param store takes payloads of more than {@code largeFrom} bytes
     */
    public KeptContent(SpillStore store, long largeFrom) {
        this.store = store;
        this.largeFrom = largeFrom;
    }

    /**
     * Reads all there is. Blocks: never call it on an event loop.
     *
     * @param size how many bytes come
     * @param nanos {@link System#nanoTime()} of its first and its last byte
     * @param budget books what is in memory
     * @throws IOException if it cannot be read, is of another size, or the file cannot be written
     */
    public Content read(InputStream in, long size, long nanos, ByteBudget budget)
            throws IOException {
        return size > largeFrom ? spill(in, size, nanos, budget) : hold(in, size, nanos, budget);
    }

    private static Content hold(InputStream in, long size, long nanos, ByteBudget budget)
            throws IOException {
        byte[] bytes = in.readNBytes((int) size + 1);
        requireSize(bytes.length, size);
        budget.acquire(size);
        int[] bounds = {0, bytes.length};
        return new Frames(
                Unpooled.wrappedBuffer(bytes), bounds, bytes.length, nanos, nanos, budget, size);
    }

    private Content spill(InputStream in, long size, long nanos, ByteBudget budget)
            throws IOException {
        SpillingStream out = new SpillingStream(store, budget, nanos);
        try {
            in.transferTo(out);
            requireSize(out.size(), size);
            return out.finish(nanos, 0, Place.UNKNOWN);
        } catch (IOException | RuntimeException e) {
            out.discard();
            throw e;
        }
    }

    private static void requireSize(long given, long expected) throws IOException {
        if (given != expected) {
            throw new IOException("bytes: given=" + given + " expected=" + expected);
        }
    }
}
