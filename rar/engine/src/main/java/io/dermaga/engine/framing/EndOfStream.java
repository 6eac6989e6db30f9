package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * One connection, one payload: everything until the peer ends its side (FIN), as in a Node.js
 * server that collects {@code data} and takes the whole at {@code end}.
 *
 * <pre>
 *  bytes    68 65 6c 6c 6f FIN        payload  68 65 6c 6c 6f
 *  bytes    FIN                       none
 * </pre>
 *
 * A reset instead of an orderly end discards what was read.
 */
record EndOfStream() implements Framing {

    @Override
    public String form() {
        return "eof";
    }

    @Override
    public boolean answersByClosing() {
        return true;
    }

    @Override
    public Scanner newScanner() {
        return UntilEnd.INSTANCE;
    }

    private enum UntilEnd implements Scanner {
        INSTANCE;

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            sink.partial(chunk.readerIndex(), chunk.writerIndex(), 0);
        }

        @Override
        public boolean endCompletes() {
            return true;
        }
    }
}
