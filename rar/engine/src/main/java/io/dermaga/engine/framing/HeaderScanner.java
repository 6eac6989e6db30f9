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

    /** Reads headers. */
    interface Header {

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
    private final int width;
    private final int skip;
    private final int trailer;
    private final boolean keep;

    /** Header bytes seen of the current frame; {@code width} after its header. */
    private int seen;

    /** Header bytes of chunks before. */
    private @Nullable ByteBuf split;

    /** Bytes of the current frame that are still to come, after its header. */
    private long missing;

    /** Bytes after the header that are still to be left out. */
    private int skipping;

    /**
     * @param width of the header in bytes
     * @param skip bytes after the header that are left out unless kept
     * @param trailer bytes after the payload that are left out unless kept
     * @param keep whether header and trailer belong to the payload
     */
    HeaderScanner(Header header, int width, int skip, int trailer, boolean keep) {
        this.header = header;
        this.width = width;
        this.skip = keep ? 0 : skip;
        this.trailer = keep ? 0 : trailer;
        this.keep = keep;
    }

    @Override
    public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
        int at = chunk.readerIndex();
        int limit = chunk.writerIndex();
        int from = at; // first byte in this chunk of the current frame's payload
        while (at < limit) {
            if (seen < width) {
                if (seen == 0) {
                    from = at;
                }
                at = readHeader(chunk, at, sink);
                if (!keep) {
                    from = at;
                }
                if (seen < width) {
                    continue; // no more bytes, or the header stood for itself
                }
            }
            if (skipping > 0) {
                int left = Math.min(skipping, limit - at);
                skipping -= left;
                missing -= left;
                at += left;
                from = at;
                if (skipping > 0) {
                    break;
                }
            }
            int here = (int) Math.min(missing, limit - at);
            missing -= here;
            at += here;
            if (missing == 0) {
                sink.frame(from, payloadEnd(from, at), carriedTrailer(from, at));
                seen = 0;
                from = at;
            }
        }
        if (from < limit && seen > 0) {
            sink.partial(from, limit, (int) Math.max(0, trailer - missing));
        }
    }

    /** Without the trailer, whose first bytes may be in chunks before. */
    private int payloadEnd(int from, int end) {
        return Math.max(from, end - trailer);
    }

    private int carriedTrailer(int from, int end) {
        return Math.max(0, trailer - (end - from));
    }

    private int readHeader(ByteBuf chunk, int at, FrameSink sink) throws FramingException {
        int available = chunk.writerIndex() - at;
        if (seen == 0 && available >= width) {
            begin(chunk, at, at + width - 1, sink);
            return at + width;
        }
        ByteBuf head = split;
        if (head == null) {
            head = Unpooled.buffer(width, width);
            split = head;
        }
        int bytes = Math.min(width - seen, available);
        head.writeBytes(chunk, at, bytes);
        seen += bytes;
        if (seen == width) {
            split = null;
            begin(head, 0, at + bytes - 1, sink);
        }
        return at + bytes;
    }

    private void begin(ByteBuf buffer, int at, int fault, FrameSink sink) throws FramingException {
        long rest = header.rest(buffer, at, fault, sink);
        if (rest == NO_FRAME) {
            seen = 0;
            sink.none();
            return;
        }
        if (rest < skip + trailer) {
            throw FramingException.unexpected(
                    fault, (skip + trailer) + " bytes or more after the header, given " + rest);
        }
        seen = width;
        missing = rest;
        skipping = skip;
        sink.announce(keep ? saturated(rest) : rest - skip - trailer);
    }

    private long saturated(long rest) {
        return rest > Long.MAX_VALUE - width ? Long.MAX_VALUE : rest + width;
    }

    /** With the header of the next frame, so that each read begins with a payload. */
    @Override
    public long missing() {
        return seen == width ? saturated(missing) : 0;
    }

    @Override
    public boolean betweenFrames() {
        return seen == 0;
    }
}
