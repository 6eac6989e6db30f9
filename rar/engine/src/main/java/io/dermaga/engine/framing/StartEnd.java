package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.List;

/**
 * A byte before each payload and one or more after it.
 *
 * <pre>
 *  stx-etx                    bytes  02 61 62 03 02 03       payloads  61 62 | (empty)
 *  start-end(0x24,0x0d0a)     bytes  24 61 62 0d 0a          payloads  61 62
 * </pre>
 *
 * Any other byte between two frames is a framing error; with {@code lenient} it is discarded and
 * told of. STX and ETX: ISO/IEC 646, and most scales, printers and barcode readers.
 */
record StartEnd(String form, byte start, DelimiterSearch end, boolean lenient, boolean keepEnvelope)
        implements Framing {

    private static final int MOST_BYTES = 8;

    static StartEnd of(Form form, Catalog.Terms terms) {
        byte[] start = form.nextBytes(1);
        byte[] end = form.nextBytes(MOST_BYTES);
        boolean lenient = form.flag("lenient");
        HexFormat hex = HexFormat.of();
        String written =
                "start-end(0x%s,0x%s%s)"
                        .formatted(
                                hex.formatHex(start),
                                hex.formatHex(end),
                                lenient ? ",lenient" : "");
        return new StartEnd(
                written,
                start[0],
                new DelimiterSearch(List.of(end)),
                lenient,
                terms.keepEnvelope());
    }

    static StartEnd stxEtx(Form form, Catalog.Terms terms) {
        boolean lenient = form.flag("lenient");
        return new StartEnd(
                lenient ? "stx-etx(lenient)" : "stx-etx",
                (byte) 2,
                new DelimiterSearch(List.of(new byte[] {3})),
                lenient,
                terms.keepEnvelope());
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        return head.getByte(head.readerIndex()) == start ? Likeness.YES : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new StartEndScanner(this);
    }

    private static final class StartEndScanner implements Scanner {

        private final StartEnd framing;
        private final DelimiterSearch.Position position = new DelimiterSearch.Position();
        private boolean inside;

        StartEndScanner(StartEnd framing) {
            this.framing = framing;
        }

        @Override
        public void scan(ByteBuf chunk, FrameSink sink) throws FramingException {
            int at = chunk.readerIndex();
            int limit = chunk.writerIndex();
            while (at < limit) {
                int from = at;
                if (!inside) {
                    from = findStart(chunk, at, limit, sink);
                    if (from < 0) {
                        return;
                    }
                    inside = true;
                    at = from + 1;
                    from = framing.keepEnvelope ? from : at;
                }
                if (!framing.end.find(chunk, at, limit, position)) {
                    goesOn(from, limit, sink);
                    return;
                }
                DelimiterSearch.frame(position, from, framing.keepEnvelope, sink);
                inside = false;
                at = position.end;
            }
        }

        private void goesOn(int from, int limit, FrameSink sink) throws FramingException {
            if (from < limit) {
                sink.partial(from, limit, framing.keepEnvelope ? 0 : position.undecided);
            }
        }

        private int findStart(ByteBuf chunk, int at, int limit, FrameSink sink)
                throws FramingException {
            if (chunk.getByte(at) == framing.start) {
                return at;
            }
            String expected = "the start byte " + HexFormat.of().toHexDigits(framing.start);
            if (!framing.lenient) {
                throw FramingException.unexpected(at, expected);
            }
            int start = chunk.indexOf(at, limit, framing.start);
            sink.stray(at, start < 0 ? limit : start, expected);
            return start;
        }

        @Override
        public boolean betweenFrames() {
            return !inside;
        }
    }
}
