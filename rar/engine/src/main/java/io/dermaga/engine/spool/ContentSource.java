package io.dermaga.engine.spool;

import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.SpillFile;
import io.dermaga.engine.payload.SpillStore;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/** Makes contents of messages: in memory, or in a file if it is a large payload. Thread-safe. */
final class ContentSource {

    /** What of a large payload may be in memory on its way to the file. */
    private static final long MOST_PENDING_BYTES = 2 * 1024 * 1024;

    private static final long DISK_POLL_MILLIS = 200;

    private final SpillStore store;
    private final long largeFrom;

    ContentSource(SpillStore store, long largeFrom) {
        this.store = store;
        this.largeFrom = largeFrom;
    }

    /**
     * Takes the payloads of a message; waits for the disk if it is large.
     *
     * @param from index of the first payload that is wanted
     * @param budget books what is in memory, and {@code overhead}
     * @throws IllegalArgumentException if head and body do not fit each other
     * @throws IOException if the file cannot be written
     */
    Content of(ClientMessage message, EntryHead head, int from, ByteBudget budget, int overhead)
            throws ActiveMQException, IOException {
        long first = WallClock.nanosOf(head.firstByteAt());
        long last = WallClock.nanosOf(head.lastByteAt());
        if (head.count() == 1 && head.bytes() > largeFrom && message.isLargeMessage()) {
            return spill(message, head, budget, first, last);
        }
        byte[] body = body(message, head);
        int[] bounds = new int[2 * (head.count() - from)];
        int start = 0;
        int end = 0;
        for (int i = 0; i < head.count(); i++) {
            if (i == from) {
                start = end;
            }
            if (i >= from) {
                bounds[2 * (i - from)] = end;
                bounds[2 * (i - from) + 1] = end + (int) head.size(i);
            }
            end += (int) head.size(i);
        }
        if (end != body.length) {
            throw new IllegalArgumentException("bytes: given=" + body.length + " expected=" + end);
        }
        long held = (long) body.length + overhead;
        budget.acquire(held);
        return new Frames(
                Unpooled.wrappedBuffer(body),
                bounds,
                end - start,
                first,
                last,
                budget,
                held,
                head.cut());
    }

    /** Of an entry that nobody gets. */
    static Content none(ByteBudget budget) {
        return new Frames(Unpooled.EMPTY_BUFFER, new int[0], 0, 0, 0, budget, 0);
    }

    private static byte[] body(ClientMessage message, EntryHead head) throws ActiveMQException {
        if (message.isLargeMessage()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream((int) head.bytes());
            message.saveToOutputStream(out);
            return out.toByteArray();
        }
        byte[] body = new byte[message.getBodySize()];
        message.getBodyBuffer().readBytes(body);
        return body;
    }

    private Content spill(
            ClientMessage message, EntryHead head, ByteBudget budget, long first, long last)
            throws ActiveMQException, IOException {
        Progress progress = new Progress();
        GrowingPayload payload =
                new GrowingPayload(UnpooledByteBufAllocator.DEFAULT, budget, store, progress);
        payload.spill();
        try {
            message.saveToOutputStream(new Spilling(payload, progress, first));
            if (payload.size() != head.bytes()) {
                throw new IllegalArgumentException(
                        "bytes: given=" + payload.size() + " expected=" + head.bytes());
            }
            progress.await(payload, 0);
            return payload.finish(0, last, head.cut());
        } catch (ActiveMQException | IOException | RuntimeException e) {
            payload.discard();
            IOException cause = progress.failure;
            if (cause != null) {
                throw new IOException("large payload cannot be received", cause);
            }
            throw e;
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
                    boolean told = written.tryAcquire(DISK_POLL_MILLIS, TimeUnit.MILLISECONDS);
                    if (told) {
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
