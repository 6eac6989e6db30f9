package io.dermaga.engine.framing;

import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The chunk that is being read: keeps what is found in it and gives it to the output, in the order
 * of the stream. One object serves all connections of an event loop, which is confined to it:
 * nothing of a chunk stays here after its read, and an idle connection needs no room for it.
 */
public final class Chunk {

    private final Boundaries boundaries = new Boundaries();
    private final Losses losses = new Losses();
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private @Nullable ByteBudget budget;
    private @Nullable Assembly output;

    /** What was made of kept bytes and those that were read; released after the read. */
    private @Nullable ByteBuf joined;

    private long nanos;

    /** Offset in the stream of what would be index 0. */
    private long base;

    // of the first payload that waits here
    private long firstByteNanos;
    private int reads;

    private long payloads;
    private long payloadBytes;
    private long lostBytes;

    /** Whether payloads hold the bytes, and their size is booked. */
    private boolean booked;

    /**
     * A read begins.
     *
     * @param read stays the caller's
     * @param readNanos {@link System#nanoTime()} of the read
     * @param streamOffset of its first byte in the stream
     * @param listenerBudget what payloads that lie in the chunk are booked in
     */
    void begin(
            ByteBuf read,
            long readNanos,
            long streamOffset,
            ByteBudget listenerBudget,
            Assembly reader) {
        bytes = read;
        nanos = readNanos;
        base = streamOffset - read.readerIndex();
        budget = listenerBudget;
        output = reader;
    }

    /** The read is over: gives the output what it does not have yet. */
    void end(Framing framing, FramingOptions options) {
        try {
            flush();
            losses.tell(framing, options, nanos, output());
            output().counted(payloads, payloadBytes, lostBytes);
        } finally {
            clear();
        }
    }

    private void clear() {
        if (joined != null) {
            joined.release();
            joined = null;
        }
        bytes = Unpooled.EMPTY_BUFFER;
        budget = null;
        output = null;
        boundaries.clear();
        losses.clear();
        payloads = 0;
        payloadBytes = 0;
        lostBytes = 0;
        booked = false;
    }

    private Assembly output() {
        return Objects.requireNonNull(output);
    }

    /** What is scanned: offsets are indices of it. */
    ByteBuf bytes() {
        return bytes;
    }

    long nanos() {
        return nanos;
    }

    /** Offset in the stream of an index. */
    long streamOffset(int index) {
        return base + index;
    }

    /** Of the payloads that the output has. */
    long payloadBytes() {
        return payloadBytes;
    }

    long lostBytes() {
        return lostBytes;
    }

    /** Puts bytes of chunks before at the beginning. */
    ByteBuf prepend(ByteBuf kept) {
        ByteBuf whole = bytes.alloc().buffer(kept.readableBytes() + bytes.readableBytes());
        whole.writeBytes(kept, kept.readerIndex(), kept.readableBytes());
        whole.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
        base += bytes.readerIndex() - kept.readableBytes();
        bytes = whole;
        joined = whole;
        return whole;
    }

    /**
     * A payload lies here as a whole.
     *
     * @param frameStart offset in the stream of its frame
     * @param frameEnd index after its frame
     * @param frameNanos of the first byte of its frame
     * @param frameReads that brought its frame
     */
    void add(int start, int end, long frameStart, int frameEnd, long frameNanos, int frameReads) {
        if (boundaries.isEmpty()) {
            firstByteNanos = frameNanos;
            reads = frameReads;
        }
        long before = Math.max(Integer.MIN_VALUE, frameStart - base);
        boundaries.add(start, end, (int) before, frameEnd);
    }

    /** Gives the output the payloads that were added. */
    void flush() {
        if (boundaries.isEmpty()) {
            return;
        }
        long size = boundaries.bytes();
        int[] bounds = boundaries.take();
        long held = (booked ? size : bytes.capacity()) + (long) Integer.BYTES * bounds.length;
        booked = true;
        ByteBudget holder = Objects.requireNonNull(budget);
        holder.acquire(held);
        complete(
                Frames.of(
                        bytes.retain(),
                        bounds,
                        size,
                        firstByteNanos,
                        nanos,
                        holder,
                        held,
                        base,
                        reads));
    }

    /** Payloads end here; those before are flushed. */
    void complete(Content content) {
        payloads += content.count();
        payloadBytes += content.bytes();
        output().complete(content);
    }

    /** Bytes are lost; less than 0 if such bytes belong to no payload after all. */
    void lose(long size) {
        lostBytes += size;
    }

    /** Tells of what is lost, unless that is done at the end. */
    void tell(LostBytes lost, boolean answered) {
        if (answered) {
            flush(); // answers keep the order of the stream
        }
        if (answered || !losses.defers(lost)) {
            output().lost(lost);
        }
    }

    /** Bytes between frames are lost; told of at the end. */
    void stray(int start, int end, Framing framing, String expected) {
        lose(end - start);
        losses.stray(framing, bytes, start, end, expected);
    }
}
