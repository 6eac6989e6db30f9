package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Messages of the Financial Information eXchange (FIX tag-value encoding, "Standard header",
 * "Standard trailer"); the whole message is the payload.
 *
 * <pre>
 *  8=FIX.4.2 ␁ 9=49 ␁ 35=5 ␁ 34=1 ␁ … 10=121 ␁
 *                    |                |      |
 *                    +-- 49 bytes ----+      +- sum of all bytes before 10=, modulo 256
 * </pre>
 *
 * A message whose checksum is wrong is garbled: it is discarded and told of, the stream goes on
 * (FIX session layer, "Message validation"). One that does not begin with the tags 8 and 9, or has
 * no tag 10 where its length says, is a framing error.
 */
record Fix() implements Framing {

    private static final byte SOH = 1;
    private static final byte[] BEGIN = "8=FIX".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String form() {
        return "fix";
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        return Head.startsWith(head, BEGIN);
    }

    @Override
    public Scanner newScanner() {
        return new MessageScanner();
    }

    private static final class MessageScanner implements Scanner {

        private static final int MOST_VERSION_BYTES = 16;
        private static final int MOST_DIGITS = 9;
        private static final int CHECKSUM_DIGITS = 3;
        private static final byte[] LENGTH_TAG = "9=".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] CHECKSUM_TAG = "10=".getBytes(StandardCharsets.US_ASCII);

        private enum State {
            BEGIN,
            VERSION,
            LENGTH_TAG,
            LENGTH,
            BODY,
            CHECKSUM_TAG,
            CHECKSUM
        }

        private State state = State.BEGIN;
        private int seen; // bytes in this state
        private long number; // length or checksum
        private long missing; // of the body
        private int sum;

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int limit = chunk.writerIndex();
            int at = chunk.readerIndex();
            int from = at;
            while (at < limit) {
                if (state == State.BODY) {
                    int here = (int) Math.min(missing, limit - at);
                    for (int i = at; i < at + here; i++) {
                        sum += chunk.getByte(i);
                    }
                    missing -= here;
                    at += here;
                    if (missing == 0) {
                        enter(State.CHECKSUM_TAG);
                    }
                } else if (state == State.CHECKSUM && seen == CHECKSUM_DIGITS) {
                    require(chunk.getByte(at) == SOH, at, "SOH after the checksum");
                    complete(from, ++at, sink);
                    from = at;
                } else {
                    field(chunk.getByte(at), at, sink);
                    at++;
                }
            }
            if (from < limit) {
                sink.partial(from, limit, 0);
            }
        }

        private void enter(State next) {
            state = next;
            seen = 0;
        }

        private void field(byte b, int at, FrameSink sink) throws FramingException {
            if (state != State.CHECKSUM_TAG && state != State.CHECKSUM) {
                sum += b;
            }
            switch (state) {
                case BEGIN -> tag(b, at, Fix.BEGIN, State.VERSION);
                case VERSION -> version(b, at);
                case LENGTH_TAG -> {
                    tag(b, at, LENGTH_TAG, State.LENGTH);
                    number = 0;
                }
                case LENGTH -> length(b, at, sink);
                case CHECKSUM_TAG -> {
                    tag(b, at, CHECKSUM_TAG, State.CHECKSUM);
                    number = 0;
                }
                default -> digit(b, at, CHECKSUM_DIGITS);
            }
        }

        private void tag(byte b, int at, byte[] tag, State next) throws FramingException {
            require(b == tag[seen], at, "tag " + new String(tag, StandardCharsets.US_ASCII));
            if (++seen == tag.length) {
                enter(next);
            }
        }

        private void version(byte b, int at) throws FramingException {
            if (b == SOH) {
                enter(State.LENGTH_TAG);
                return;
            }
            require(++seen <= MOST_VERSION_BYTES, at, "SOH after the version");
        }

        private void length(byte b, int at, FrameSink sink) throws FramingException {
            if (b != SOH || seen == 0) {
                digit(b, at, MOST_DIGITS);
                return;
            }
            require(number > 0, at, "a body of at least one byte");
            missing = number;
            sink.announce(missing);
            enter(State.BODY);
        }

        private void digit(byte b, int at, int most) throws FramingException {
            require(b >= '0' && b <= '9' && ++seen <= most, at, "at most " + most + " digits");
            number = number * 10 + (b - '0');
        }

        private static void require(boolean condition, int at, String expected)
                throws FramingException {
            if (!condition) {
                throw FramingException.unexpected(at, expected);
            }
        }

        private void complete(int from, int end, FrameSink sink) throws FramingException {
            int right = sum & 0xff;
            if (number == right) {
                sink.frame(from, end, 0, end);
            } else {
                String expected = "checksum %03d, given %03d".formatted(right, number);
                sink.invalid(from, end, 0, end, expected);
            }
            sum = 0;
            enter(State.BEGIN);
        }

        @Override
        public long missing() {
            return state == State.BODY ? missing + CHECKSUM_TAG.length + CHECKSUM_DIGITS + 1 : 0;
        }
    }
}
