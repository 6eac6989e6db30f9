package io.dermaga.engine.framing;

import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.GrowingPayload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Makes payloads of the chunks of one connection: those that lie whole in a chunk become one {@link
 * Frames}; one that spans chunks grows in a {@link GrowingPayload}. Confined to the event loop of
 * its connection.
 */
public final class Assembler implements FrameSink {

    private final Framing.Scanner scanner;
    private final long maxPayload;
    private final long spillThreshold;
    private final ByteBudget budget;
    private final GrowingPayload growing;
    private final Consumer<Content> output;

    private final Boundaries boundaries;
    private ByteBuf chunk;
    private long nanos;
    private long payloads;
    private long payloadBytes;

    /**
     * @param spillThreshold a growing payload larger than this goes to disk
     * @param boundaries empty between reads, and shared with other connections of the event loop
     * @param output gets payloads in the order of the stream, and owns them
     */
    public Assembler(
            Framing framing,
            long maxPayload,
            long spillThreshold,
            ByteBudget budget,
            GrowingPayload growing,
            Boundaries boundaries,
            Consumer<Content> output) {
        this.scanner = framing.newScanner();
        this.maxPayload = maxPayload;
        this.spillThreshold = spillThreshold;
        this.budget = budget;
        this.growing = growing;
        this.boundaries = boundaries;
        this.output = output;
        this.chunk = Unpooled.EMPTY_BUFFER;
    }

    /** Payloads completed so far. */
    public long payloads() {
        return payloads;
    }

    /** Their size. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** The payload that is not complete. */
    public GrowingPayload growing() {
        return growing;
    }

    /** Bytes that are still to come of the frame that has begun, as far as they are known. */
    public long missing() {
        return Math.max(scanner.missing(), scanner.endCompletes() ? growing.size() : 0);
    }

    /** Whether a frame has begun and is not complete. */
    public boolean inFrame() {
        return growing.size() > 0 || !scanner.betweenFrames();
    }

    /**
     * Takes a chunk.
     *
     * @param read stays the caller's; retained as long as payloads need it
     * @param readNanos {@link System#nanoTime()} of the read
     * @throws FramingException if the stream cannot be read on; payloads before the fault were
     *     given to the output
     */
    public void read(ByteBuf read, long readNanos) throws FramingException {
        chunk = read;
        nanos = readNanos;
        try {
            scanner.scan(read, this);
        } finally {
            flush();
            chunk = Unpooled.EMPTY_BUFFER;
        }
    }

    /** The peer has ended orderly: completes the payload if the framing says that the end does. */
    public void end(long endNanos) {
        if (growing.size() > 0 && scanner.endCompletes()) {
            complete(0, endNanos);
        }
    }

    @Override
    public void frame(int start, int end, int trim) throws FramingException {
        if (growing.size() > 0) {
            require(growing.size() - trim + (end - start));
            growing.append(chunk, start, end, nanos);
            complete(trim, nanos);
            return;
        }
        require((long) end - start);
        boundaries.add(start, end);
        payloads++;
        payloadBytes += end - start;
    }

    @Override
    public void partial(int start, int end, int undecided) throws FramingException {
        long size = growing.size() + (end - start);
        require(size - undecided);
        flush();
        growing.append(chunk, start, end, nanos);
        if (size > spillThreshold) {
            growing.spill();
        }
    }

    @Override
    public void announce(long size) throws FramingException {
        require(size);
    }

    private void require(long size) throws FramingException {
        if (size > maxPayload) {
            throw FramingException.oversize(size, maxPayload);
        }
    }

    private void complete(int trim, long at) {
        payloads++;
        payloadBytes += growing.size() - trim;
        output.accept(growing.finish(trim, at));
    }

    private void flush() {
        if (boundaries.isEmpty()) {
            return;
        }
        long bytes = boundaries.bytes();
        int[] bounds = boundaries.take();
        long held = chunk.capacity() + (long) Integer.BYTES * bounds.length;
        budget.acquire(held);
        output.accept(new Frames(chunk.retain(), bounds, bytes, nanos, nanos, budget, held));
    }
}
