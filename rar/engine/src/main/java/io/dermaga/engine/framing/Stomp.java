package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Frames of STOMP 1.2 (and 1.0, 1.1): the payload is the frame without the NUL that ends it.
 *
 * <pre>
 *  bytes    53 45 4e 44 0a 64 65 73 .. 3a 61 0a 0a 68 69 00 0a      payload  SEND LF des…:a LF LF hi
 *            S  E  N  D LF headers         LF LF body  NUL LF
 * </pre>
 *
 * With a {@code content-length} header the body has as many bytes, and may have NUL among them;
 * else it ends at the first NUL. The first of several such headers counts (STOMP 1.2, "Repeated
 * Header Entries"). Ends of lines between frames are heart-beats.
 */
record Stomp(boolean keepEnvelope) implements Framing {

    @Override
    public String form() {
        return "stomp";
    }

    /** A client begins with CONNECT or STOMP. */
    @Override
    public Likeness likeness(ByteBuf head) {
        Likeness connect = command(head, "CONNECT");
        return connect == Likeness.NO ? command(head, "STOMP") : connect;
    }

    private static Likeness command(ByteBuf head, String name) {
        Likeness command = Head.startsWith(head, name.getBytes(StandardCharsets.US_ASCII));
        int after = Head.at(head, name.length());
        if (command != Likeness.YES || after == '\n' || after == '\r') {
            return command;
        }
        return after < 0 ? Likeness.MORE : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new FrameScanner(keepEnvelope);
    }

    private static final class FrameScanner implements Scanner {

        private static final byte[] CONTENT_LENGTH =
                "content-length:".getBytes(StandardCharsets.US_ASCII);
        private static final int MOST_DIGITS = 18;
        private static final long UNKNOWN = -1;

        private enum State {
            BETWEEN,
            HEAD,
            /** A body of known length. */
            COUNTED_BODY,
            BODY
        }

        private final boolean keep;
        private State state = State.BETWEEN;

        // of the line that is read
        private int lineBytes;
        private int matched; // of CONTENT_LENGTH

        private long contentLength;
        private long given; // of the header that is read
        private int digits;
        private long missing;

        FrameScanner(boolean keep) {
            this.keep = keep;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int limit = chunk.writerIndex();
            int at = chunk.readerIndex();
            int from = at;
            while (at < limit) {
                switch (state) {
                    case BETWEEN -> {
                        byte b = chunk.getByte(at);
                        from = at;
                        if (b == '\n' || b == '\r') {
                            sink.pass(++at);
                        } else {
                            begin(b, at);
                        }
                    }
                    case HEAD -> head(chunk.getByte(at), at++, sink);
                    case COUNTED_BODY -> {
                        int here = (int) Math.min(missing, limit - at);
                        missing -= here;
                        at += here;
                        if (missing == 0 && at < limit) {
                            if (chunk.getByte(at) != 0) {
                                throw FramingException.unexpected(at, "NUL after the body");
                            }
                            at = complete(from, at, sink);
                        }
                    }
                    case BODY -> {
                        int nul = chunk.indexOf(at, limit, (byte) 0);
                        at = nul < 0 ? limit : complete(from, nul, sink);
                    }
                }
            }
            if (state != State.BETWEEN) {
                sink.partial(from, limit, 0);
            }
        }

        private void begin(byte b, int at) throws FramingException {
            if (b < 'A' || b > 'Z') {
                throw FramingException.unexpected(at, "a command in upper case");
            }
            state = State.HEAD;
            contentLength = UNKNOWN;
            beginLine();
        }

        private void beginLine() {
            lineBytes = 0;
            matched = 0;
            given = 0;
            digits = 0;
        }

        private void head(byte b, int at, FrameSink sink) throws FramingException {
            if (b == 0) {
                throw FramingException.unexpected(at, "a blank line after the headers");
            }
            if (b == '\r') {
                return;
            }
            if (b != '\n') {
                headerByte(b, at);
                return;
            }
            if (lineBytes > 0) {
                if (digits > 0 && contentLength == UNKNOWN) {
                    contentLength = given;
                }
                beginLine();
                return;
            }
            state = contentLength == UNKNOWN ? State.BODY : State.COUNTED_BODY;
            missing = contentLength;
            if (contentLength != UNKNOWN) {
                sink.announce(contentLength);
            }
        }

        private void headerByte(byte b, int at) throws FramingException {
            boolean inName = matched == lineBytes && matched < CONTENT_LENGTH.length;
            if (inName && b == CONTENT_LENGTH[matched]) {
                matched++;
            } else if (matched == CONTENT_LENGTH.length && (b != ' ' || digits > 0)) {
                if (b < '0' || b > '9' || ++digits > MOST_DIGITS) {
                    throw FramingException.unexpected(
                            at, "digits, at most " + MOST_DIGITS + ", in header content-length");
                }
                given = given * 10 + (b - '0');
            }
            lineBytes++;
        }

        /** The frame ends with the NUL at {@code nul}. */
        private int complete(int from, int nul, FrameSink sink) throws FramingException {
            state = State.BETWEEN;
            sink.frame(from, keep ? nul + 1 : nul, 0, nul + 1);
            return nul + 1;
        }

        @Override
        public long missing() {
            return state == State.COUNTED_BODY ? missing + 1 : 0;
        }
    }
}
