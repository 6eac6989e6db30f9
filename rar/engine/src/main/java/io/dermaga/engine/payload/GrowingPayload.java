package io.dermaga.engine.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a connection that is not complete yet. Large parts are kept as slices of what was
 * read, small ones are copied together, so that memory stays within twice the payload whatever the
 * peer's packets look like. Confined to the event loop of its connection.
 */
public final class GrowingPayload {

    private static final int LEAST_TAIL_BYTES = 256;
    private static final int MOST_TAIL_BYTES = 64 * 1024;

    private final ByteBufAllocator allocator;
    private final ByteBudget budget;
    private final SpillStore store;
    private final SpillFile.Observer observer;

    /** None while nothing grows: most connections are idle most of the time. */
    private List<ByteBuf> parts = List.of();

    private long held;
    private long size;
    private long firstByteNanos;
    private @Nullable SpillFile file;

    public GrowingPayload(
            ByteBufAllocator allocator,
            ByteBudget budget,
            SpillStore store,
            SpillFile.Observer observer) {
        this.allocator = allocator;
        this.budget = budget;
        this.store = store;
        this.observer = observer;
    }

    public long size() {
        return size;
    }

    /** Bytes of it in memory. */
    public long memoryBytes() {
        return file == null ? size : 0;
    }

    /** Whether it has gone to disk. */
    public boolean isSpilled() {
        return file != null;
    }

    /** Bytes that wait for the disk. */
    public long pendingBytes() {
        return file == null ? 0 : file.pendingBytes();
    }

    /**
     * Takes bytes of a chunk.
     *
     * @param chunk stays the caller's
     * @param nanos of the first byte of its frame
     */
    public void append(ByteBuf chunk, int start, int end, long nanos) {
        int bytes = end - start;
        if (size == 0) {
            firstByteNanos = nanos;
        }
        size += bytes;
        if (bytes == 0) {
            return;
        }
        if (file != null) {
            spill(file, chunk, start, bytes);
        } else if (fitsTail(bytes)) {
            parts.get(parts.size() - 1).writeBytes(chunk, start, bytes);
        } else if (bytes >= chunk.capacity() / 2) {
            keep(chunk.retainedSlice(start, bytes).asReadOnly(), chunk.capacity());
        } else {
            int capacity =
                    (int)
                            Math.max(
                                    bytes,
                                    Math.min(MOST_TAIL_BYTES, Math.max(LEAST_TAIL_BYTES, size)));
            ByteBuf tail = allocator.buffer(capacity, capacity);
            tail.writeBytes(chunk, start, bytes);
            keep(tail, capacity);
        }
    }

    /** Forgets what is beyond so many bytes; no more are appended. */
    public void shorten(long most) {
        size = Math.min(size, most);
    }

    /** Few bytes would keep a large chunk in memory until they are written. */
    private void spill(SpillFile target, ByteBuf chunk, int start, int bytes) {
        boolean large = bytes >= chunk.capacity() / 2;
        int kept = large ? chunk.capacity() : bytes;
        ByteBuf part =
                large
                        ? chunk.retainedSlice(start, bytes)
                        : allocator.buffer(bytes, bytes).writeBytes(chunk, start, bytes);
        budget.acquire(kept);
        target.append(part, budget, kept);
    }

    private boolean fitsTail(int bytes) {
        ByteBuf tail = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        return tail != null && !tail.isReadOnly() && tail.writableBytes() >= bytes;
    }

    private void keep(ByteBuf part, int bytes) {
        if (parts.isEmpty()) {
            parts = new ArrayList<>(4);
        }
        parts.add(part);
        held += bytes;
        budget.acquire(bytes);
    }

    /** Goes to disk from now on; what it held in memory is given back as it is written. */
    public void spill() {
        if (file != null) {
            return;
        }
        SpillFile target = store.open(observer);
        file = target;
        long rest = held;
        for (int i = 0; i < parts.size(); i++) {
            ByteBuf part = parts.get(i);
            long share = i == parts.size() - 1 ? rest : Math.min(rest, part.readableBytes());
            rest -= share;
            target.append(part, budget, share);
        }
        parts = List.of();
        held = 0;
    }

    /**
     * Completes it without its last {@code trim} bytes and begins anew.
     *
     * @param cut bytes of it that were not kept because it is too large
     * @param place of its frame
     * @return owned by the caller
     */
    public Content finish(int trim, long nanos, long cut, Place place) {
        long length = size - trim;
        SpillFile target = file;
        Content content;
        if (target != null) {
            target.finish();
            content = new SpilledFrame(target, length, firstByteNanos, nanos, cut, place);
        } else {
            content =
                    Frames.one(
                            joined(),
                            (int) length,
                            firstByteNanos,
                            nanos,
                            budget,
                            held,
                            cut,
                            place);
        }
        reset();
        return content;
    }

    private ByteBuf joined() {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        CompositeByteBuf joined = allocator.compositeBuffer(Math.max(16, parts.size()));
        joined.addComponents(true, parts);
        return joined;
    }

    /** Forgets what was kept and begins anew. */
    public void discard() {
        SpillFile target = file;
        if (target != null) {
            target.close();
        }
        parts.forEach(ByteBuf::release);
        budget.release(held);
        reset();
    }

    private void reset() {
        parts = List.of();
        held = 0;
        size = 0;
        file = null;
    }
}
