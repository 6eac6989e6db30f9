package io.dermaga.engine.framing;

import io.dermaga.engine.framing.LengthField.Encoding;
import io.netty.buffer.ByteBuf;
import java.util.Locale;

/**
 * A header with a length before each payload.
 *
 * <pre>
 *  length(2)                     bytes  00 03 61 62 63 00 00     payloads  61 62 63 | (empty)
 *  length(2,including)           bytes  00 05 61 62 63 00 02     payloads  61 62 63 | (empty)
 *  length(4,ascii)               bytes  30 30 30 33 61 62 63     payloads  61 62 63
 *  length(2,offset=1,adjust=1)   bytes  ff 00 02 61 62 63        payloads  61 62 63
 * </pre>
 *
 * The header is what comes before the length ({@code offset}) and the length. A length that is
 * negative as a signed 64-bit number, or too small for what it includes, is a framing error; one
 * above {@code maxPayload} is refused before a byte of the payload is kept (a peer cannot make the
 * adapter reserve memory by announcing a length).
 *
 * @param field the length
 * @param offset bytes before the length
 * @param including whether the length counts the whole header as well
 * @param adjust added to the length
 */
record LengthHeader(
        String form,
        LengthField field,
        int offset,
        boolean including,
        int adjust,
        boolean keepEnvelope)
        implements Framing, HeaderScanner.Header {

    static LengthHeader of(Form form, Catalog.Terms terms) {
        int width = form.next(1, 8);
        boolean including = form.flag("including");
        Encoding encoding = Encoding.BINARY;
        for (Encoding one : Encoding.values()) {
            if (one != Encoding.BINARY && form.flag(one.name().toLowerCase(Locale.ROOT))) {
                encoding = one;
                break;
            }
        }
        int offset = form.number("offset", 0, 255, 0);
        int adjust = form.number("adjust", -65535, 65535, 0);
        return new LengthHeader(
                written(width, including, encoding, offset, adjust),
                new LengthField(encoding, width),
                offset,
                including,
                adjust,
                terms.keepEnvelope());
    }

    private static String written(
            int width, boolean including, Encoding encoding, int offset, int adjust) {
        return "length("
                + width
                + (including ? ",including" : "")
                + (encoding == Encoding.BINARY
                        ? ""
                        : "," + encoding.name().toLowerCase(Locale.ROOT))
                + (offset == 0 ? "" : ",offset=" + offset)
                + (adjust == 0 ? "" : ",adjust=" + adjust)
                + ")";
    }

    @Override
    public int headerBytes() {
        return offset + field.width();
    }

    @Override
    public Scanner newScanner() {
        return new HeaderScanner(this);
    }

    @Override
    public long rest(ByteBuf header, int at, int fault, FrameSink sink) throws FramingException {
        long length = field.read(header, at + offset, fault);
        long counted = (including ? headerBytes() : 0L) - adjust;
        if (length < counted || length - counted < 0) {
            throw FramingException.unexpected(
                    fault, "a length from " + Math.max(0, counted) + " on, given " + length);
        }
        return length - counted;
    }
}
