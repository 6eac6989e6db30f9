package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * Lines that end in LF or CRLF; the ending is not part of the payload.
 *
 * <pre>
 *  bytes    61 62 0d 0a 63 0a 0a 64   payloads  61 62 | 63 | (empty) | incomplete: 64
 * </pre>
 *
 * A CR that no LF follows is data. A last line without an ending is incomplete: it is discarded
 * when the peer ends.
 */
record Lines() implements Framing {

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    @Override
    public Scanner newScanner() {
        return new LineScanner();
    }

    private static final class LineScanner implements Scanner {

        /** The last byte of the chunk before was a CR that belongs to the unfinished line. */
        private boolean carriedCr;

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int start = chunk.readerIndex();
            int limit = chunk.writerIndex();
            while (start < limit) {
                int lf = chunk.indexOf(start, limit, LF);
                if (lf < 0) {
                    carriedCr = chunk.getByte(limit - 1) == CR;
                    sink.partial(start, limit, carriedCr ? 1 : 0);
                    return;
                }
                if (lf > start) {
                    sink.frame(start, chunk.getByte(lf - 1) == CR ? lf - 1 : lf, 0);
                } else {
                    sink.frame(start, start, carriedCr ? 1 : 0);
                }
                carriedCr = false;
                start = lf + 1;
            }
        }

        @Override
        public boolean endCompletes() {
            return false;
        }
    }
}
