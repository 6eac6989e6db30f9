package io.dermaga.engine.framing;

import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.GrowingPayload;
import io.dermaga.engine.payload.Place;
import io.dermaga.engine.settings.OnOversize;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Makes payloads of the chunks of one connection: those that lie whole in a {@link Chunk} are
 * delivered together; one that spans chunks grows in a {@link GrowingPayload}. Confined to the
 * event loop of its connection.
 */
public final class Assembler implements FrameSink {

    private final Framing framing;
    private final Framing.Scanner scanner;
    private final FramingOptions options;
    private final long spillThreshold;
    private final ByteBudget budget;
    private final GrowingPayload growing;
    private final Chunk chunk;
    private final Assembly output;

    /** Bytes of the stream so far. */
    private long offset;

    /** Chunks so far, and where the latest one begins in the stream. */
    private int reads;

    private long readStart;

    // the frame that begins or has begun: where in the stream, and with which chunk
    private long frameStart;
    private long frameNanos = System.nanoTime();
    private int frameRead;

    /** Bytes of the unfinished payload that are too many: counted as lost, not kept. */
    private long overflow;

    /** Frames that have ended, whatever became of them. */
    private long frames;

    /**
     * @param spillThreshold a growing payload larger than this goes to disk
     * @param chunk shared with other connections of the event loop
     */
    public Assembler(
            Framing framing,
            FramingOptions options,
            long spillThreshold,
            ByteBudget budget,
            GrowingPayload growing,
            Chunk chunk,
            Assembly output) {
        this.framing = framing;
        this.scanner = framing.newScanner();
        this.options = options;
        this.spillThreshold = spillThreshold;
        this.budget = budget;
        this.growing = growing;
        this.chunk = chunk;
        this.output = output;
    }

    /** Whether a peer may be answered to each payload, those that are lost included. */
    public boolean answers() {
        return options.answered() || framing().answersOutcome();
    }

    /** Frames that have ended so far, whatever became of them. */
    public long frames() {
        return frames;
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

    /** {@link System#nanoTime()} of the first byte of the frame that has begun. */
    public long frameNanos() {
        return frameNanos;
    }

    /** Where all lies that was read since the last frame ended. */
    public Place unfinished() {
        return reads == 0 ? Place.UNKNOWN : new Place(frameStart, offset, frameReads(offset));
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
        long open = begin(read, readNanos);
        try {
            scanner.scan(read, this);
        } catch (FramingException e) {
            throw located(e, open);
        } finally {
            chunk.end(framing, options);
        }
        if (!inFrame()) {
            frameStart = offset;
        }
    }

    /**
     * The peer has ended orderly: completes the payload if the end does.
     *
     * @throws FramingException if the bytes so far do not follow the framing
     */
    public void end(long endNanos) throws FramingException {
        long open = begin(Unpooled.EMPTY_BUFFER, endNanos);
        try {
            scanner.end(this);
            if (carried() > 0 && scanner.endCompletes()) {
                frame(0, 0, 0, 0);
            } else if (carried() > 0 && options.deliverTail()) {
                scanner.tail(this);
            }
        } catch (FramingException e) {
            throw located(e, open);
        } finally {
            chunk.end(framing, options);
        }
    }

    /** Returns how many bytes there are of which it is open what becomes of them. */
    private long begin(ByteBuf read, long nanos) {
        long open = scanner.kept() + growing.size() + read.readableBytes();
        if (read.isReadable()) {
            reads++;
            readStart = offset;
            if (frameStart == offset) { // nothing of it has come before
                frameNanos = nanos;
                frameRead = reads;
            }
        }
        chunk.begin(read, nanos, offset, budget, output);
        offset += read.readableBytes();
        return open;
    }

    private FramingException located(FramingException fault, long open) {
        chunk.flush();
        long rest = open - chunk.payloadBytes() - chunk.lostBytes() - growing.size();
        ByteBuf bytes = chunk.bytes();
        return fault.in(framing, bytes, offset - bytes.readableBytes(), rest);
    }

    @Override
    public void frame(int start, int end, int trim, int next) throws FramingException {
        long size = carried() - trim + (end - start);
        if (size == 0 && !options.deliverEmpty()) {
            none(next);
            if (answers()) {
                chunk.flush(); // answers keep the order of the stream
                output.skipped();
            }
            return;
        }
        frames++;
        if (size > options.maxPayload()) {
            announce(size);
            shorten(size, start, end, next);
        } else if (growing.size() > 0) {
            append(start, end);
            complete(trim, 0, next);
        } else {
            int read = frameReads(chunk.streamOffset(next));
            chunk.add(start, end, frameStart, next, frameNanos, read);
        }
        pass(next);
    }

    @Override
    public void partial(int start, int end, int undecided) throws FramingException {
        long size = carried() + (end - start);
        if (size - undecided <= options.maxPayload()) {
            keep(start, end);
            return;
        }
        announce(size - undecided);
        long room = Math.max(0, options.maxPayload() - growing.size());
        if (options.onOversize().cuts()) {
            int kept = (int) Math.min(room, end - start);
            keep(start, start + kept);
            growing.shorten(options.maxPayload()); // it may have kept part of a delimiter
        } else {
            forget();
        }
        chunk.lose(size - growing.size() - overflow);
        overflow = size - growing.size();
    }

    private void keep(int start, int end) {
        append(start, end);
        if (growing.size() > spillThreshold) {
            growing.spill();
        }
    }

    private void append(int start, int end) {
        chunk.flush();
        growing.append(chunk.bytes(), start, end, frameNanos);
    }

    @Override
    public void announce(long size) throws FramingException {
        if (size > options.maxPayload() && options.onOversize() == OnOversize.CLOSE) {
            throw FramingException.oversize(size, options.maxPayload());
        }
    }

    @Override
    public void invalid(int start, int end, int trim, int next, String expected)
            throws FramingException {
        long size = carried() - trim + (end - start);
        frames++;
        announce(size); // one that is too large ends the stream however it was read
        forget();
        chunk.lose(size);
        LostBytes lost = LostBytes.invalid(framing, size, frameNanos, place(next), expected);
        chunk.tell(lost, answers());
        pass(next);
    }

    @Override
    public void none(int next) {
        frames++;
        forget();
        pass(next);
    }

    @Override
    public void pass(int next) {
        frameStart = chunk.streamOffset(next);
        if (frameStart >= readStart) { // else it begins in what was kept of reads before
            frameNanos = chunk.nanos();
            frameRead = reads;
        }
    }

    @Override
    public void stray(int start, int end, String expected) {
        chunk.stray(start, end, framing, expected);
        pass(end);
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
        return chunk.prepend(kept);
    }

    /** Bytes of the unfinished payload before this chunk, kept or not. */
    private long carried() {
        return growing.size() + overflow;
    }

    /** Where the frame lies that ends before an index of the chunk. */
    private Place place(int next) {
        long end = chunk.streamOffset(next);
        return new Place(frameStart, end, frameReads(end));
    }

    /** The latest chunk may have ended a frame without a byte of it. */
    private int frameReads(long end) {
        int last = end > readStart ? reads : reads - 1;
        return Math.max(1, last - frameRead + 1);
    }

    /** What was carried over is no payload's. */
    private void forget() {
        chunk.lose(-overflow);
        overflow = 0;
        if (growing.size() > 0) {
            growing.discard();
        }
    }

    /** A payload that is too large is complete, the part in this chunk included. */
    private void shorten(long size, int start, int end, int next) {
        long most = options.maxPayload();
        Place place = place(next);
        if (options.onOversize() == OnOversize.DISCARD) {
            forget();
            chunk.lose(size);
            chunk.tell(LostBytes.oversize(options, size, frameNanos, place), answers());
            return;
        }
        long room = Math.max(0, most - growing.size());
        append(start, start + (int) Math.min(room, end - start));
        int surplus = (int) (growing.size() - most); // of a delimiter that had begun
        chunk.lose(size - most - overflow);
        overflow = 0;
        if (options.onOversize() == OnOversize.TRUNCATE) { // else whoever keeps it tells of it
            chunk.tell(LostBytes.truncated(options, size, frameNanos, place), answers());
        }
        complete(surplus, size - most, next);
    }

    /**
     * The growing payload is complete.
     *
     * @param trim bytes of it that belong to the delimiter
     * @param cut bytes that were too many
     * @param next index after its frame
     */
    private void complete(int trim, long cut, int next) {
        chunk.complete(growing.finish(trim, chunk.nanos(), cut, place(next)));
    }
}
