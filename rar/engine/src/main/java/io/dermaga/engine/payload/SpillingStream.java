package io.dermaga.engine.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes a large payload that comes from elsewhere into a file of its own, no faster than the disk
 * does. Blocks: never use it on an event loop. Confined to one thread; it ends with {@link #finish}
 * or {@link #discard}.
 */
public final class SpillingStream extends OutputStream {

    /** What may be in memory on its way to the file. */
    private static final long MOST_PENDING_BYTES = 2 * 1024 * 1024;

    private static final long DISK_POLL_MILLIS = 200;

    private final Progress progress = new Progress();
    private final GrowingPayload payload;
    private final long nanos;

    /**
     * @param budget books what is in memory
     * @param nanos {@link System#nanoTime()} of its first byte
     */
    public SpillingStream(SpillStore store, ByteBudget budget, long nanos) {
        this.payload =
                new GrowingPayload(UnpooledByteBufAllocator.DEFAULT, budget, store, progress);
        this.nanos = nanos;
        payload.spill();
    }

    /** Bytes so far. */
    public long size() {
        return payload.size();
    }

    /** Why the file cannot be written; null if it can. */
    public @Nullable IOException failure() {
        return progress.failure;
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
        await(MOST_PENDING_BYTES);
    }

    /**
     * Waits until all is in the file.
     *
     * @param lastByteNanos {@link System#nanoTime()} of its last byte
     * @param cut bytes that were left out at its end
     * @param place of its frame
     */
    public Content finish(long lastByteNanos, long cut, Place place) throws IOException {
        await(0);
        return payload.finish(0, lastByteNanos, cut, place);
    }

    /** Gives the file back. */
    public void discard() {
        payload.discard();
    }

    private void await(long most) throws IOException {
        try {
            while (payload.pendingBytes() > most && progress.failure == null) {
                if (progress.written.tryAcquire(DISK_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    progress.written.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        IOException cause = progress.failure;
        if (cause != null) {
            throw cause;
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
    }
}
