package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Syslog over TCP (RFC 6587): octet counting (3.4.1) and non-transparent framing (3.4.2).
 *
 * <pre>
 *  bytes    34 20 3c 31 3e 61 3c 31 3e 62 0a      payloads  3c 31 3e 61 | 3c 31 3e 62
 *            4     &lt;  1  &gt;  a  &lt;  1  &gt;  b LF
 * </pre>
 *
 * A frame that begins with a digit is counted, one that begins with {@code <} ends with LF, CRLF or
 * NUL; as the RFC suggests the first character decides, of each frame. LF, NUL and blanks between
 * frames belong to no message. Anything else is a framing error.
 */
record Syslog(Mode mode, boolean keepEnvelope) implements Framing {

    private static final DelimiterSearch TRAILERS =
            new DelimiterSearch(
                    List.of(new byte[] {'\n'}, new byte[] {'\r', '\n'}, new byte[] {0}));

    /** Which of the two framings is taken. */
    enum Mode {
        SNIFFED("syslog", "a digit or '<' at the beginning of a frame"),
        OCTET_COUNTING("syslog(octet-counting)", "the length of a message in digits"),
        NON_TRANSPARENT("syslog(non-transparent)", "'<' at the beginning of a message");

        private final String form;
        private final String expected;

        Mode(String form, String expected) {
            this.form = form;
            this.expected = expected;
        }
    }

    static Syslog of(Form form, Catalog.Terms terms) {
        boolean counting = form.flag("octet-counting");
        boolean lines = !counting && form.flag("non-transparent");
        Mode mode = counting ? Mode.OCTET_COUNTING : lines ? Mode.NON_TRANSPARENT : Mode.SNIFFED;
        return new Syslog(mode, terms.keepEnvelope());
    }

    @Override
    public String form() {
        return mode.form;
    }

    /** {@code <PRI>}, with an octet count before it or not. */
    @Override
    public Likeness likeness(ByteBuf head) {
        byte[] start = Head.bytes(head, 16);
        int at = 0;
        boolean counted = start[0] != '<';
        if (mode == (counted ? Mode.NON_TRANSPARENT : Mode.OCTET_COUNTING)) {
            return Likeness.NO;
        }
        while (at < start.length && start[at] >= (at == 0 ? '1' : '0') && start[at] <= '9') {
            at++;
        }
        if (at > SyslogScanner.MOST_DIGITS || (at > 0 && at < start.length && start[at++] != ' ')) {
            return Likeness.NO;
        }
        if (at >= start.length) {
            return Likeness.MORE;
        }
        if (start[at++] != '<') {
            return Likeness.NO;
        }
        int digits = 0;
        while (at < start.length && start[at] >= '0' && start[at] <= '9' && digits < 4) {
            at++;
            digits++;
        }
        if (at == start.length) {
            return digits > 3 ? Likeness.NO : Likeness.MORE;
        }
        return start[at] == '>' && digits > 0 && digits < 4 ? Likeness.YES : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new SyslogScanner(this);
    }

    private static final class SyslogScanner implements Scanner {

        private static final int MOST_DIGITS = 10;

        private enum State {
            BETWEEN,
            COUNT,
            COUNTED,
            LINE
        }

        private final Syslog framing;
        private final DelimiterSearch.Position position = new DelimiterSearch.Position();
        private State state = State.BETWEEN;
        private long missing;
        private int digits;

        SyslogScanner(Syslog framing) {
            this.framing = framing;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int at = chunk.readerIndex();
            int limit = chunk.writerIndex();
            int from = at;
            while (at < limit) {
                switch (state) {
                    case BETWEEN -> {
                        at = between(chunk, at, sink);
                        from = at;
                    }
                    case COUNT -> {
                        at = count(chunk, at, sink);
                        from = framing.keepEnvelope ? from : at;
                    }
                    case COUNTED -> at = counted(from, at, limit, sink);
                    case LINE -> at = line(chunk, from, at, limit, sink);
                }
            }
            boolean carries = state != State.COUNT || framing.keepEnvelope;
            if (state != State.BETWEEN && carries && from < limit) {
                boolean line = state == State.LINE && !framing.keepEnvelope;
                sink.partial(from, limit, line ? position.undecided : 0);
            }
        }

        /** Looks at the first byte of a frame; returns its index, or the one after other bytes. */
        private int between(ByteBuf chunk, int at, FrameSink sink) throws FramingException {
            byte b = chunk.getByte(at);
            boolean digit = b >= '1' && b <= '9';
            if (digit && framing.mode != Mode.NON_TRANSPARENT) {
                state = State.COUNT;
                missing = 0;
                digits = 0;
                return at;
            }
            if (b == '<' && framing.mode != Mode.OCTET_COUNTING) {
                state = State.LINE;
                return at;
            }
            if (b == '\n' || b == '\r' || b == 0 || b == ' ') {
                sink.pass(at + 1);
                return at + 1;
            }
            throw FramingException.unexpected(at, framing.mode.expected);
        }

        private int count(ByteBuf chunk, int at, FrameSink sink) throws FramingException {
            byte b = chunk.getByte(at);
            if (b == ' ') {
                state = State.COUNTED;
                sink.announce(missing);
                return at + 1;
            }
            if (b < '0' || b > '9' || ++digits > MOST_DIGITS) {
                throw FramingException.unexpected(
                        at, "a length of at most " + MOST_DIGITS + " digits and a blank");
            }
            missing = missing * 10 + (b - '0');
            return at + 1;
        }

        private int counted(int from, int at, int limit, FrameSink sink) throws FramingException {
            int here = (int) Math.min(missing, limit - at);
            missing -= here;
            if (missing == 0) {
                state = State.BETWEEN;
                sink.frame(from, at + here, 0, at + here);
            }
            return at + here;
        }

        private int line(ByteBuf chunk, int from, int at, int limit, FrameSink sink)
                throws FramingException {
            if (!TRAILERS.find(chunk, at, limit, position)) {
                return limit;
            }
            state = State.BETWEEN;
            DelimiterSearch.frame(position, from, framing.keepEnvelope, sink);
            return position.end;
        }

        @Override
        public long missing() {
            return state == State.COUNTED ? missing : 0;
        }

        @Override
        public boolean betweenFrames() {
            return state == State.BETWEEN;
        }
    }
}
