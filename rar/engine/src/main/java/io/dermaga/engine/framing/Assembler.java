package io.dermaga.engine.framing;

import io.dermaga.engine.framing.LostBytes.Kind;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Frames;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.settings.OnOversize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Makes payloads of the chunks of one connection: those that lie whole in a chunk become one {@link
 * Frames}; one that spans chunks grows in a {@link GrowingPayload}. Confined to the event loop of
 * its connection.
 */
public final class Assembler implements FrameSink {

    /** Frames that are lost in one chunk and told of one by one. */
    private static final int MOST_TOLD = 10;

    private final Framing framing;
    private final Framing.Scanner scanner;
    private final FramingOptions options;
    private final long spillThreshold;
    private final ByteBudget budget;
    private final GrowingPayload growing;
    private final Assembly output;

    private final Boundaries boundaries;
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;

    /** The chunk before which kept bytes were put: released after it was scanned. */
    private @Nullable ByteBuf prepended;

    private long offset;
    private long nanos;
    private long payloads;
    private long payloadBytes;
    private long lostBytes;

    /** Bytes of the unfinished payload that are too many: counted as lost, not kept. */
    private long overflow;

    // bytes between frames in this chunk
    private long strayBytes;
    private String strayText = "";

    // frames that were lost in this chunk
    private int told;
    private long untoldFrames;
    private long untoldBytes;

    /** Whether payloads hold this chunk, and its size is booked. */
    private boolean booked;

    /** Frames that have ended, whatever became of them. */
    private long frames;

    /**
     * @param spillThreshold a growing payload larger than this goes to disk
     * @param boundaries empty between reads, and shared with other connections of the event loop
     */
    public Assembler(
            Framing framing,
            FramingOptions options,
            long spillThreshold,
            ByteBudget budget,
            GrowingPayload growing,
            Boundaries boundaries,
            Assembly output) {
        this.framing = framing;
        this.scanner = framing.newScanner();
        this.options = options;
        this.spillThreshold = spillThreshold;
        this.budget = budget;
        this.growing = growing;
        this.boundaries = boundaries;
        this.output = output;
    }

    /** Payloads completed so far. */
    public long payloads() {
        return payloads;
    }

    /** Frames that have ended so far, whatever became of them. */
    public long frames() {
        return frames;
    }

    /** Their size. */
    public long payloadBytes() {
        return payloadBytes;
    }

    /** Bytes told of by {@link Assembly#lost}, and of the unfinished payload those not kept. */
    public long lostBytes() {
        return lostBytes;
    }

    /** Bytes of the unfinished payload that are too many. */
    public long overflow() {
        return overflow;
    }

    /** Bytes of which it is not known yet what they are. */
    public long kept() {
        return scanner.kept();
    }

    /** The framing that the stream follows. */
    public Framing framing() {
        return scanner.followed(framing);
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
        return carried() > 0 || !scanner.betweenFrames();
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
        int bytes = read.readableBytes();
        chunk = read;
        nanos = readNanos;
        try {
            scanner.scan(read, this);
        } catch (FramingException e) {
            throw e.in(framing, chunk, offset + bytes - chunk.readableBytes());
        } finally {
            offset += bytes;
            finishChunk();
        }
    }

    /**
     * The peer has ended orderly: completes the payload if the end does.
     *
     * @throws FramingException if the bytes so far do not follow the framing
     */
    public void end(long endNanos) throws FramingException {
        nanos = endNanos;
        try {
            scanner.end(this);
            if (carried() > 0 && scanner.endCompletes()) {
                frame(0, 0, 0);
            } else if (carried() > 0 && options.deliverTail()) {
                scanner.tail(this);
            }
        } catch (FramingException e) {
            throw e.in(framing, chunk, offset - chunk.readableBytes());
        } finally {
            finishChunk();
        }
    }

    private void finishChunk() {
        flush();
        tellStray();
        tellRest();
        booked = false;
        chunk = Unpooled.EMPTY_BUFFER;
        if (prepended != null) {
            prepended.release();
            prepended = null;
        }
    }

    @Override
    public void frame(int start, int end, int trim) throws FramingException {
        long size = carried() - trim + (end - start);
        frames++;
        if (size == 0 && !options.deliverEmpty()) {
            none();
            if (framing().answersOutcome()) {
                flush(); // answers keep the order of the stream
                output.skipped();
            }
        } else if (size > options.maxPayload()) {
            if (options.onOversize() == OnOversize.CLOSE) {
                throw FramingException.oversize(size, options.maxPayload());
            }
            shorten(size, start, end);
        } else if (growing.size() > 0) {
            complete(start, end, trim);
        } else {
            boundaries.add(start, end);
            payloads++;
            payloadBytes += size;
        }
    }

    @Override
    public void partial(int start, int end, int undecided) throws FramingException {
        long size = carried() + (end - start);
        if (size - undecided <= options.maxPayload()) {
            keep(start, end);
            return;
        }
        if (options.onOversize() == OnOversize.CLOSE) {
            throw FramingException.oversize(size - undecided, options.maxPayload());
        }
        long room = Math.max(0, options.maxPayload() - growing.size());
        if (options.onOversize() == OnOversize.TRUNCATE) {
            int kept = (int) Math.min(room, end - start);
            keep(start, start + kept);
        } else {
            forget();
        }
        lostBytes += size - growing.size() - overflow;
        overflow = size - growing.size();
    }

    private void keep(int start, int end) {
        flush();
        growing.append(chunk, start, end, nanos);
        if (growing.size() > spillThreshold) {
            growing.spill();
        }
    }

    @Override
    public void announce(long size) throws FramingException {
        if (size > options.maxPayload() && options.onOversize() == OnOversize.CLOSE) {
            throw FramingException.oversize(size, options.maxPayload());
        }
    }

    @Override
    public void invalid(int start, int end, int trim, String expected) throws FramingException {
        long size = carried() - trim + (end - start);
        frames++;
        announce(size); // one that is too large ends the stream however it was read
        long first = firstByteNanos();
        forget();
        lostBytes += size;
        String text =
                "DMG2109 frame of %d bytes does not follow framing '%s': expected %s"
                        .formatted(size, framing.form(), expected);
        lose(new LostBytes(Kind.INVALID, 1, size, first, text));
    }

    @Override
    public void none() {
        frames++;
        forget();
    }

    @Override
    public void stray(int start, int end, String expected) {
        if (strayBytes == 0) {
            strayText =
                    "do not belong to framing '%s': expected %s; bytes: %s"
                            .formatted(
                                    framing.form(),
                                    expected,
                                    FramingException.around(chunk, start));
        }
        strayBytes += end - start;
        lostBytes += end - start;
    }

    private void tellStray() {
        if (strayBytes > 0) {
            String text = "DMG2110 " + strayBytes + " bytes between frames " + strayText;
            output.lost(new LostBytes(Kind.STRAY, 0, strayBytes, nanos, text));
            strayBytes = 0;
        }
    }

    @Override
    public void answer(byte[] bytes) {
        output.answer(bytes);
    }

    @Override
    public void attribute(String name, String value) {
        output.attribute(name, value);
    }

    @Override
    public ByteBuf prepend(ByteBuf kept) {
        ByteBuf joined = chunk.alloc().buffer(kept.readableBytes() + chunk.readableBytes());
        joined.writeBytes(kept, kept.readerIndex(), kept.readableBytes());
        joined.writeBytes(chunk, chunk.readerIndex(), chunk.readableBytes());
        chunk = joined;
        prepended = joined;
        return joined;
    }

    /** Bytes of the unfinished payload before this chunk, kept or not. */
    private long carried() {
        return growing.size() + overflow;
    }

    private long firstByteNanos() {
        return growing.size() > 0 ? growing.firstByteNanos() : nanos;
    }

    /** What was carried over is no payload's. */
    private void forget() {
        lostBytes -= overflow;
        overflow = 0;
        if (growing.size() > 0) {
            growing.discard();
        }
    }

    private void complete(int start, int end, int trim) {
        flush();
        growing.append(chunk, start, end, nanos);
        payloads++;
        payloadBytes += growing.size() - trim;
        output.complete(growing.finish(trim, nanos, 0));
    }

    /** A payload that is too large is complete, the part in this chunk included. */
    private void shorten(long size, int start, int end) {
        long most = options.maxPayload();
        long first = firstByteNanos();
        if (options.onOversize() == OnOversize.DISCARD) {
            forget();
            lostBytes += size;
            lose(new LostBytes(Kind.OVERSIZE, 1, size, first, oversizeText(size, "discarded")));
            return;
        }
        flush();
        long room = Math.max(0, most - growing.size());
        growing.append(chunk, start, start + (int) Math.min(room, end - start), nanos);
        int surplus = (int) (growing.size() - most); // of a delimiter that had begun
        payloads++;
        payloadBytes += most;
        lostBytes += size - most - overflow;
        overflow = 0;
        lose(new LostBytes(Kind.TRUNCATED, 0, size, first, oversizeText(size, "cut")));
        output.complete(growing.finish(surplus, nanos, size - most));
    }

    private String oversizeText(long size, String what) {
        return "DMG2111 payload of %d bytes exceeds maxPayload=%d bytes; %s"
                .formatted(size, options.maxPayload(), what);
    }

    /** A peer that sends nothing but such frames does not fill the log, nor the history. */
    private void lose(LostBytes lost) {
        boolean answered = framing().answersOutcome();
        if (answered) {
            flush(); // answers keep the order of the stream
        }
        if (answered || told++ < MOST_TOLD) {
            output.lost(lost);
        } else {
            untoldFrames++;
            untoldBytes += lost.size();
        }
    }

    private void tellRest() {
        if (untoldFrames > 0) {
            String text =
                    "DMG2113 %d more frames of %d bytes do not follow framing '%s' or exceed maxPayload=%d bytes"
                            .formatted(
                                    untoldFrames,
                                    untoldBytes,
                                    framing.form(),
                                    options.maxPayload());
            output.lost(new LostBytes(Kind.MORE, untoldFrames, untoldBytes, nanos, text));
        }
        told = 0;
        untoldFrames = 0;
        untoldBytes = 0;
    }

    private void flush() {
        if (boundaries.isEmpty()) {
            return;
        }
        long bytes = boundaries.bytes();
        int[] bounds = boundaries.take();
        long held = (booked ? bytes : chunk.capacity()) + (long) Integer.BYTES * bounds.length;
        booked = true;
        budget.acquire(held);
        output.complete(new Frames(chunk.retain(), bounds, bytes, nanos, nanos, budget, held));
    }
}
