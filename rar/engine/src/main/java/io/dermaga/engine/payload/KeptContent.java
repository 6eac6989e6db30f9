package io.dermaga.engine.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes a content of one payload that was kept elsewhere: in memory, or in a file of its own if it
 * is large. Thread-safe.
 */
public final class KeptContent {

    /** What of a large payload may be in memory on its way to the file. */
    private static final long MOST_PENDING_BYTES = 2 * 1024 * 1024;

    private static final long DISK_POLL_MILLIS = 200;

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
        Progress progress = new Progress();
        GrowingPayload payload =
                new GrowingPayload(UnpooledByteBufAllocator.DEFAULT, budget, store, progress);
        payload.spill();
        try {
            in.transferTo(new Spilling(payload, progress, nanos));
            requireSize(payload.size(), size);
            progress.await(payload, 0);
            return payload.finish(0, nanos, 0);
        } catch (IOException | RuntimeException e) {
            payload.discard();
            throw e;
        }
    }

    private static void requireSize(long given, long expected) throws IOException {
        if (given != expected) {
            throw new IOException("bytes: given=" + given + " expected=" + expected);
        }
    }

    /** How far the file is written. */
    private static final class Progress implements SpillFile.Observer {

        private final Semaphore written = new Semaphore(0);
        private volatile @Nullable IOException failure;

        @Override
        public void written(long pendingBytes) {
            written.release();
        }

        @Override
        public void failed(IOException cause) {
            failure = cause;
            written.release();
        }

        void await(GrowingPayload payload, long most) throws IOException {
            try {
                while (payload.pendingBytes() > most && failure == null) {
                    if (written.tryAcquire(DISK_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                        written.drainPermits();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            IOException cause = failure;
            if (cause != null) {
                throw cause;
            }
        }
    }

    /** Writes into a payload that grows on disk. */
    private static final class Spilling extends OutputStream {

        private final GrowingPayload payload;
        private final Progress progress;
        private final long nanos;

        Spilling(GrowingPayload payload, Progress progress, long nanos) {
            this.payload = payload;
            this.progress = progress;
            this.nanos = nanos;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuf part = Unpooled.copiedBuffer(bytes, offset, length);
            try {
                payload.append(part, 0, length, nanos);
            } finally {
                part.release();
            }
            progress.await(payload, MOST_PENDING_BYTES);
        }
    }
}
