package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * JSON texts without a delimiter (RFC 8259), white space between them allowed.
 *
 * <pre>
 *  bytes    7b 22 61 22 3a 31 7d 5b 5d 20 31 32 20     payloads  {"a":1} | [] | 12
 * </pre>
 *
 * An object, an array and a string end with their last character; a number, {@code true}, {@code
 * false} and {@code null} end where something else begins, white space for example: at the end of
 * the stream one could be cut. Any other byte between two texts is a framing error.
 */
record Json() implements Framing {

    @Override
    public String form() {
        return "json";
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        return JsonValue.likeness(head);
    }

    @Override
    public Scanner newScanner() {
        return new JsonScanner();
    }

    private static final class JsonScanner implements Scanner {

        private final JsonValue value = new JsonValue();

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int at = chunk.readerIndex();
            int limit = chunk.writerIndex();
            int from = at;
            while (at < limit) {
                if (value.isBefore()) {
                    byte b = chunk.getByte(at);
                    if (JsonValue.isSpace(b)) {
                        at++;
                        continue;
                    }
                    if (!value.begin(b)) {
                        throw FramingException.unexpected(at, "the beginning of a JSON text");
                    }
                    sink.pass(at);
                    from = at++;
                }
                int end = value.end(chunk, at, limit);
                if (end < 0) {
                    break;
                }
                sink.frame(from, end, 0, end);
                at = end;
                from = end;
            }
            if (!value.isBefore()) {
                sink.partial(from, limit, 0);
            }
        }
    }
}
