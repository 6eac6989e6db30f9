package io.dermaga.engine.payload;

import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A nameless file that one payload grows into. {@link #append} is called by one event loop and
 * returns at once; the store's thread writes; one worker reads when all is written.
 */
public final class SpillFile {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Told of progress, on the writing thread. */
    public interface Observer {

        /** A part was written and given back. */
        void written(long pendingBytes);

        /** The disk refused; nothing more is written. */
        void failed(IOException cause);
    }

    private final SpillStore store;
    private final Observer observer;
    private final AtomicLong pending = new AtomicLong();
    private final CompletableFuture<Void> complete = new CompletableFuture<>();

    // confined to the writing thread until complete
    private @Nullable FileChannel channel;
    private long reserved;
    private boolean failed;

    SpillFile(SpillStore store, Observer observer) {
        this.store = store;
        this.observer = observer;
    }

    /** Bytes that wait to be written. */
    public long pendingBytes() {
        return pending.get();
    }

    /**
     * Writes a part at the end.
     *
     * @param part owned from now on
     * @param budget gets {@code held} back when the part is written
     */
    void append(ByteBuf part, ByteBudget budget, long held) {
        int bytes = part.readableBytes();
        pending.addAndGet(bytes);
        store.write(
                () -> {
                    try {
                        if (!failed) {
                            writeFully(part, bytes);
                        }
                    } catch (IOException e) {
                        fail(e);
                    } catch (RuntimeException e) {
                        fail(new IOException(e)); // nor may it leave a payload short
                    } finally {
                        part.release();
                        budget.release(held);
                        observer.written(pending.addAndGet(-bytes));
                    }
                });
    }

    private void fail(IOException cause) {
        failed = true;
        complete.completeExceptionally(cause);
        observer.failed(cause);
    }

    private void writeFully(ByteBuf part, int bytes) throws IOException {
        store.reserve(bytes);
        reserved += bytes;
        FileChannel file = channel;
        if (file == null) {
            file = store.openChannel();
            channel = file;
        }
        while (part.isReadable()) {
            part.readBytes(file, part.readableBytes());
        }
    }

    /** No part follows. */
    void finish() {
        store.write(() -> complete.complete(null));
    }

    /** Waits until all parts are written. */
    void awaitWritten() throws IOException {
        try {
            complete.join();
        } catch (CompletionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    InputStream stream(long size) {
        return new Reader(size);
    }

    /** Gives the disk space back, after what is queued. */
    void close() {
        store.write(
                () -> {
                    store.unreserve(reserved);
                    reserved = 0;
                    try {
                        FileChannel file = channel;
                        if (file != null) {
                            file.close();
                        }
                    } catch (IOException e) {
                        observer.failed(e);
                    }
                });
    }

    /** Reads by position, so that several readers do not disturb each other. */
    private final class Reader extends InputStream {

        private final long size;
        private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).flip();
        private long position;

        Reader(long size) {
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            return fill() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int bytes = Math.min(length, buffer.remaining());
            buffer.get(target, offset, bytes);
            return bytes;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }

        private boolean fill() throws IOException {
            if (buffer.hasRemaining()) {
                return true;
            }
            FileChannel file = channel;
            if (position >= size || file == null) {
                return false;
            }
            buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
            int bytes = file.read(buffer, position);
            buffer.flip();
            if (bytes <= 0) {
                throw new EOFException("at byte " + position + " of " + size);
            }
            position += bytes;
            return true;
        }
    }
}
