package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.tree.Iso8583Bytes.Unreadable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the parts of a message are written; the standard leaves it to the two sides.
 *
 * @param name in words
 * @param type how the message type and, if they are not packed, digits are written
 * @param packed whether two digits of a content are in a byte
 * @param lengths how lengths are written
 * @param hexBitmap whether the bitmaps are hex digits
 * @param hexBytes whether bytes of a content are hex digits
 * @param charset of texts
 */
record Iso8583Notation(
        String name,
        Digits type,
        boolean packed,
        Digits lengths,
        boolean hexBitmap,
        boolean hexBytes,
        Charset charset) {

    /** How digits are written. */
    enum Digits {
        /** One in a byte, in the charset of texts. */
        TEXT,
        /** Two in a byte. */
        PACKED,
        /** One byte with the number itself. */
        BYTE
    }

    private static final String EBCDIC = "IBM037";

    /** The usual ones, those that are told apart best first. */
    static final List<Iso8583Notation> ALL =
            Stream.concat(ascii(), Charset.isSupported(EBCDIC) ? ebcdic() : Stream.of()).toList();

    private static Stream<Iso8583Notation> ascii() {
        Charset charset = StandardCharsets.ISO_8859_1;
        return Stream.of(
                of("ASCII, bitmap in hex", Digits.TEXT, Digits.TEXT, true, true, charset),
                of(
                        "ASCII, bitmap in hex, other bytes as they are",
                        Digits.TEXT,
                        Digits.TEXT,
                        true,
                        false,
                        charset),
                of("ASCII, bitmap binary", Digits.TEXT, Digits.TEXT, false, false, charset),
                of("BCD, texts in ASCII", Digits.PACKED, Digits.PACKED, false, false, charset),
                of(
                        "BCD, texts in ASCII, lengths binary",
                        Digits.PACKED,
                        Digits.BYTE,
                        false,
                        false,
                        charset));
    }

    private static Stream<Iso8583Notation> ebcdic() {
        Charset charset = Charset.forName(EBCDIC);
        return Stream.of(
                of("EBCDIC, bitmap binary", Digits.TEXT, Digits.TEXT, false, false, charset),
                of("BCD, texts in EBCDIC", Digits.PACKED, Digits.PACKED, false, false, charset),
                of(
                        "BCD, texts in EBCDIC, lengths binary",
                        Digits.PACKED,
                        Digits.BYTE,
                        false,
                        false,
                        charset));
    }

    private static Iso8583Notation of(
            String name,
            Digits type,
            Digits lengths,
            boolean hexBitmap,
            boolean hexBytes,
            Charset charset) {
        return new Iso8583Notation(
                name, type, type == Digits.PACKED, lengths, hexBitmap, hexBytes, charset);
    }

    /** The message type: four digits. */
    String type(Iso8583Bytes bytes) throws Unreadable {
        return digits(bytes, 4);
    }

    /** A bitmap: sixteen hex digits. */
    String bitmap(Iso8583Bytes bytes) throws Unreadable {
        String bitmap = hexBitmap ? bytes.hex(8, charset) : bytes.raw(8);
        if (bitmap.indexOf('*') >= 0) {
            throw Iso8583Bytes.malformed();
        }
        return bitmap;
    }

    /** The size of an element, which may come before it. */
    int size(Iso8583Element element, Iso8583Bytes bytes) throws Unreadable {
        return element.isFixed() ? element.size() : length(element, bytes);
    }

    /** The value of an element of this size, as it is shown. */
    String value(Iso8583Element element, int size, Iso8583Bytes bytes) throws Unreadable {
        return switch (element.kind()) {
            case N -> digits(bytes, size);
            case XN -> bytes.text(1, charset) + digits(bytes, size);
            case AN -> bytes.text(size, charset);
            case ANS ->
                    element.isFixed() ? bytes.text(size, charset) : bytes.anything(size, charset);
            case Z -> packed ? bytes.packed(size, true) : bytes.text(size, charset);
            case B -> hexBytes ? bytes.hex(size, charset) : bytes.raw(size);
        };
    }

    private String digits(Iso8583Bytes bytes, int count) throws Unreadable {
        return packed ? bytes.packed(count, false) : bytes.digits(count, charset);
    }

    private int length(Iso8583Element element, Iso8583Bytes bytes) throws Unreadable {
        int digits = element.lengthDigits();
        int length =
                switch (lengths) {
                    case TEXT -> number(bytes.digits(digits, charset));
                    case PACKED -> number(bytes.packed(digits, false));
                    case BYTE -> HexFormat.fromHexDigits(bytes.raw(1));
                };
        if (length > element.size()) {
            throw Iso8583Bytes.malformed();
        }
        return length;
    }

    private static int number(String digits) throws Unreadable {
        if (digits.indexOf('*') >= 0) {
            throw Iso8583Bytes.malformed();
        }
        return Integer.parseInt(digits);
    }
}
