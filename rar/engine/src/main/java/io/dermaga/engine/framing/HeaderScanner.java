package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames that begin with a header of fixed size, which tells how many bytes follow it. The
 * header and, after the payload, a trailer are left out or kept.
 */
final class HeaderScanner implements Framing.Scanner {

    /** What {@link Header#rest} says of a header that no payload follows. */
    static final long NO_FRAME = -1;

    /** What headers of a framing are like. */
    interface Header {

        /** Size of a header. */
        int headerBytes();

        /** Bytes after the header that are left out unless the envelope is kept. */
        default int skippedBytes() {
            return 0;
        }

        /** Bytes after the payload that are left out unless the envelope is kept. */
        default int trailerBytes() {
            return 0;
        }

        /** Whether header and trailer belong to the payload. */
        boolean keepEnvelope();

        /**
         * Reads a header.
         *
         * @param header holds it as a whole
         * @param at index of its first byte
         * @param fault index in the chunk, for {@link FramingException#unexpected}
         * @return bytes that follow it, trailer included; {@link #NO_FRAME} if it stands for itself
         */
        long rest(ByteBuf header, int at, int fault, FrameSink sink) throws FramingException;
    }

    private final Header header;

    /** Header bytes seen of the unfinished frame; all of them after its header. */
    private int seen;

    /** Header bytes of chunks before. */
    private @Nullable ByteBuf split;

    /** Bytes of the unfinished frame that are still to come, after its header. */
    private long missing;

    /** The first of them that are to be left out. */
    private int skipping;

    HeaderScanner(Header header) {
        this.header = header;
    }

    @Override
    public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
        int at = chunk.readerIndex();
        if (seen > 0) {
            at = goOn(chunk, at, sink);
        }
        at = wholeHeaders(chunk, at, sink);
        if (at < chunk.writerIndex()) {
            goOn(chunk, at, sink);
        }
    }

    /** Frames whose header lies whole in the chunk; returns where they end. */
    private int wholeHeaders(ByteBuf chunk, int from, FrameSink sink) throws FramingException {
        int width = header.headerBytes();
        int skip = skip();
        int trailer = trailer();
        boolean keep = header.keepEnvelope();
        int limit = chunk.writerIndex();
        int at = from;
        while (limit - at >= width) {
            int start = keep ? at : at + width;
            long rest = rest(chunk, at, at + width - 1, sink);
            at += width;
            if (rest > limit - at) {
                open(rest, sink);
                return body(chunk, start, at, sink);
            }
            if (rest != NO_FRAME) {
                at += (int) rest;
                sink.frame(start + skip, at - trailer, 0, at);
            }
        }
        return at;
    }

    /** A frame that began in chunks before, or whose header goes on in the next; where it ends. */
    private int goOn(ByteBuf chunk, int from, FrameSink sink) throws FramingException {
        int at = from;
        int width = header.headerBytes();
        if (seen < width) {
            at = readHeader(chunk, at, sink);
        }
        if (seen == width) {
            return body(chunk, header.keepEnvelope() ? from : at, at, sink);
        }
        if (seen > 0 && header.keepEnvelope()) {
            sink.partial(from, at, 0);
        }
        return at;
    }

    private int readHeader(ByteBuf chunk, int at, FrameSink sink) throws FramingException {
        int width = header.headerBytes();
        ByteBuf head = split;
        if (head == null) {
            head = Unpooled.buffer(width, width);
            split = head;
        }
        int bytes = Math.min(width - seen, chunk.writerIndex() - at);
        head.writeBytes(chunk, at, bytes);
        seen += bytes;
        if (seen == width) {
            split = null;
            long rest = rest(head, 0, at + bytes - 1, sink);
            if (rest == NO_FRAME) {
                seen = 0;
            } else {
                open(rest, sink);
            }
        }
        return at + bytes;
    }

    private long rest(ByteBuf buffer, int at, int fault, FrameSink sink) throws FramingException {
        long rest = header.rest(buffer, at, fault, sink);
        if (rest == NO_FRAME) {
            sink.none(fault + 1);
        } else if (rest < skip() + trailer()) {
            throw FramingException.unexpected(
                    fault, (skip() + trailer()) + " bytes or more after the header, given " + rest);
        }
        return rest;
    }

    /** The header of a frame was read that may end in another chunk. */
    private void open(long rest, FrameSink sink) throws FramingException {
        seen = header.headerBytes();
        missing = rest;
        skipping = skip();
        sink.announce(header.keepEnvelope() ? saturated(rest) : rest - skip() - trailer());
    }

    /**
     * What follows the header; returns where it ends.
     *
     * @param from first byte of the payload in this chunk, if nothing is to be left out
     */
    private int body(ByteBuf chunk, int from, int at, FrameSink sink) throws FramingException {
        int left = Math.min(skipping, chunk.writerIndex() - at);
        int start = from + left;
        int here = (int) Math.min(missing, chunk.writerIndex() - at);
        int end = at + here;
        skipping -= left;
        missing -= here;
        if (missing == 0) {
            int payloadEnd =
                    Math.max(start, end - trailer()); // it may have begun in a chunk before
            sink.frame(start, payloadEnd, Math.max(0, trailer() - (end - start)), end);
            seen = 0;
        } else if (start < end) {
            sink.partial(start, end, (int) Math.max(0, trailer() - missing));
        }
        return end;
    }

    private int skip() {
        return header.keepEnvelope() ? 0 : header.skippedBytes();
    }

    private int trailer() {
        return header.keepEnvelope() ? 0 : header.trailerBytes();
    }

    private long saturated(long rest) {
        return rest > Long.MAX_VALUE - header.headerBytes()
                ? Long.MAX_VALUE
                : rest + header.headerBytes();
    }

    /** With the header of the next frame, so that each read begins with a payload. */
    @Override
    public long missing() {
        return seen == header.headerBytes() ? saturated(missing) : 0;
    }

    @Override
    public boolean betweenFrames() {
        return seen == 0;
    }
}
