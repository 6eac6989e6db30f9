package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * Payloads of one size, without anything between them.
 *
 * <pre>
 *  fixed(3)   bytes  61 62 63 64 65 66 67    payloads  61 62 63 | 64 65 66 | incomplete: 67
 * </pre>
 */
record Fixed(int size) implements Framing {

    static Fixed of(Form form) {
        return new Fixed(form.next(1, Integer.MAX_VALUE));
    }

    @Override
    public String form() {
        return "fixed(" + size + ")";
    }

    @Override
    public Scanner newScanner() {
        return new FixedScanner(size);
    }

    private static final class FixedScanner implements Scanner {

        private final int size;
        private int carried;

        FixedScanner(int size) {
            this.size = size;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int start = chunk.readerIndex();
            int limit = chunk.writerIndex();
            while (limit - start >= size - carried) {
                int end = start + size - carried;
                sink.frame(start, end, 0, end);
                carried = 0;
                start = end;
            }
            if (start < limit) {
                if (carried == 0) {
                    sink.announce(size);
                }
                carried += limit - start;
                sink.partial(start, limit, 0);
            }
        }

        @Override
        public long missing() {
            return carried == 0 ? 0 : size - carried;
        }
    }
}
