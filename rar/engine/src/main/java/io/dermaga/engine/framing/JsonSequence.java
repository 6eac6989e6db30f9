package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * JSON text sequences (RFC 7464): a record separator before each text and LF after it.
 *
 * <pre>
 *  bytes    1e 7b 7d 0a 1e 31 0a      payloads  7b 7d | 31
 * </pre>
 *
 * A text is complete with the LF (or other white space) after it. One that another record separator
 * cuts off is discarded and told of, as are bytes before the first record separator and after a
 * text (RFC 7464, 2.3: the parser goes on with the next text).
 */
record JsonSequence(boolean keepEnvelope) implements Framing {

    private static final byte SEPARATOR = 0x1e;

    @Override
    public String form() {
        return "json-seq";
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        return Head.startsWith(head, SEPARATOR);
    }

    @Override
    public Scanner newScanner() {
        return new SequenceScanner(keepEnvelope);
    }

    private static final class SequenceScanner implements Scanner {

        private enum State {
            /** Between texts. */
            BETWEEN,
            /** After a record separator. */
            SEPARATED,
            TEXT,
            /** The text is whole; white space is to follow. */
            ENDING
        }

        private static final String EXPECTED = "a record separator 1e before each text";

        private final boolean keep;
        private final JsonValue value = new JsonValue();
        private State state = State.BETWEEN;

        SequenceScanner(boolean keep) {
            this.keep = keep;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int limit = chunk.writerIndex();
            int at = chunk.readerIndex();
            int from = at; // of the text in this chunk
            while (at < limit) {
                byte b = chunk.getByte(at);
                if (b == SEPARATOR) {
                    cutOff(from, at, sink);
                    state = State.SEPARATED;
                    from = keep ? at : at + 1;
                    at++;
                    continue;
                }
                switch (state) {
                    case BETWEEN -> at = between(chunk, at, limit, sink);
                    case SEPARATED -> {
                        if (JsonValue.isSpace(b)) {
                            at++;
                            from = keep ? from : at;
                        } else if (value.begin(b)) {
                            state = State.TEXT;
                            at++;
                        } else {
                            sink.none(at);
                            state = State.BETWEEN;
                        }
                    }
                    case TEXT -> at = text(chunk, at, limit);
                    case ENDING -> {
                        if (JsonValue.isSpace(b)) {
                            sink.frame(from, keep ? at + 1 : at, 0, at + 1);
                        } else {
                            sink.invalid(from, at, 0, at, "white space after each text");
                        }
                        state = State.BETWEEN;
                        at += JsonValue.isSpace(b) ? 1 : 0;
                    }
                }
            }
            if (state != State.BETWEEN && from < limit) {
                sink.partial(from, limit, 0);
            }
        }

        /** Before a record separator: a text that is not complete. */
        private void cutOff(int from, int at, FrameSink sink) throws FramingException {
            if (state == State.TEXT || state == State.ENDING) {
                sink.invalid(from, at, 0, at, "a whole JSON text before the next record separator");
                value.reset();
            } else {
                sink.none(at);
            }
        }

        /** The index after what is no text. */
        private int between(ByteBuf chunk, int at, int limit, FrameSink sink) {
            if (JsonValue.isSpace(chunk.getByte(at))) {
                sink.pass(at + 1);
                return at + 1;
            }
            int next = at;
            while (next < limit && isStray(chunk.getByte(next))) {
                next++;
            }
            sink.stray(at, next, EXPECTED);
            return next;
        }

        private static boolean isStray(byte b) {
            return b != SEPARATOR && !JsonValue.isSpace(b);
        }

        /** A record separator is in no JSON text: it ends the search. */
        private int text(ByteBuf chunk, int at, int limit) {
            int separator = chunk.indexOf(at, limit, SEPARATOR);
            int stop = separator < 0 ? limit : separator;
            int end = value.end(chunk, at, stop);
            if (end < 0) {
                return stop;
            }
            state = State.ENDING;
            return end;
        }

        @Override
        public boolean betweenFrames() {
            return state == State.BETWEEN;
        }
    }
}
