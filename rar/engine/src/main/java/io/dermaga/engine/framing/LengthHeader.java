package io.dermaga.engine.framing;

import io.dermaga.api.CloseReason;
import io.netty.buffer.ByteBuf;

/**
 * A binary big-endian length before each payload.
 *
 * <pre>
 *  length(2)             bytes  00 03 61 62 63 00 00     payloads  61 62 63 | (empty)
 *  length(2,including)   bytes  00 05 61 62 63 00 02     payloads  61 62 63 | (empty)
 * </pre>
 *
 * A length that is negative as a signed 64-bit number, or smaller than the header that it includes,
 * is a framing error; one above {@code maxPayload} is refused before a byte of the payload is kept
 * (a peer cannot make the adapter reserve memory by announcing a length).
 *
 * @param width of the header in bytes, 1 to 8
 * @param including whether the length counts the header as well
 */
record LengthHeader(int width, boolean including) implements Framing {

    static LengthHeader parse(String[] arguments) {
        boolean including = arguments.length == 2 && arguments[1].equals("including");
        if (arguments.length >= 1
                && arguments[0].matches("[1-8]")
                && arguments.length == (including ? 2 : 1)) {
            return new LengthHeader(Integer.parseInt(arguments[0]), including);
        }
        throw new IllegalArgumentException("allowed: " + ALLOWED);
    }

    @Override
    public Scanner newScanner() {
        return new HeaderScanner(width, including ? width : 0);
    }

    private static final class HeaderScanner implements Scanner {

        private final int width;
        private final int counted;

        /** Header bytes seen; {@code width} while the payload is read. */
        private int headerBytes;

        private long length;
        private long missing;

        HeaderScanner(int width, int counted) {
            this.width = width;
            this.counted = counted;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int at = chunk.readerIndex();
            int limit = chunk.writerIndex();
            while (at < limit) {
                if (headerBytes == 0 && width == Integer.BYTES && limit - at >= Integer.BYTES) {
                    length = chunk.getUnsignedInt(at); // the usual header, read at once
                    at += Integer.BYTES;
                    headerBytes = width;
                    accept(sink);
                }
                while (headerBytes < width && at < limit) {
                    length = length << 8 | chunk.getUnsignedByte(at++);
                    if (++headerBytes == width) {
                        accept(sink);
                    }
                }
                if (headerBytes < width) {
                    return;
                }
                int here = (int) Math.min(missing, limit - at);
                missing -= here;
                if (missing > 0) {
                    if (here > 0) {
                        sink.partial(at, at + here, 0);
                    }
                    return;
                }
                headerBytes = 0;
                length = 0;
                sink.frame(at, at + here, 0);
                at += here;
            }
        }

        private void accept(FrameSink sink) throws FramingException {
            missing = length - counted;
            if (length < 0 || missing < 0) {
                throw new FramingException(
                        CloseReason.FRAMING_ERROR,
                        "DMG2104 length header of "
                                + Long.toUnsignedString(length)
                                + ": allowed are "
                                + counted
                                + " to "
                                + Long.MAX_VALUE);
            }
            sink.announce(missing);
        }

        /** With the header of the next frame, so that each read begins with a payload. */
        @Override
        public long missing() {
            return headerBytes == width ? missing + width : 0;
        }

        @Override
        public boolean endCompletes() {
            return false;
        }

        @Override
        public boolean betweenFrames() {
            return headerBytes == 0;
        }
    }
}
