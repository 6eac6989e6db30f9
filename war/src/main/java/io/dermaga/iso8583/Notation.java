package io.dermaga.iso8583;

import io.dermaga.iso8583.MessageBytes.Unreadable;
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
record Notation(
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
    static final List<Notation> ALL =
            Stream.concat(ascii(), Charset.isSupported(EBCDIC) ? ebcdic() : Stream.of()).toList();

    private static Stream<Notation> ascii() {
        Charset charset = StandardCharsets.ISO_8859_1;
        return Stream.concat(
                Stream.of(
                        of("ASCII, bitmap in hex", Digits.TEXT, Digits.TEXT, true, true, charset),
                        of(
                                "ASCII, bitmap in hex, other bytes as they are",
                                Digits.TEXT,
                                Digits.TEXT,
                                true,
                                false,
                                charset)),
                binary("ASCII", charset));
    }

    private static Stream<Notation> ebcdic() {
        return binary("EBCDIC", Charset.forName(EBCDIC));
    }

    /** Those with a binary bitmap. */
    private static Stream<Notation> binary(String texts, Charset charset) {
        String packed = "BCD, texts in " + texts;
        return Stream.of(
                of(texts + ", bitmap binary", Digits.TEXT, Digits.TEXT, false, false, charset),
                of(packed, Digits.PACKED, Digits.PACKED, false, false, charset),
                of(packed + ", lengths binary", Digits.PACKED, Digits.BYTE, false, false, charset));
    }

    private static Notation of(
            String name,
            Digits type,
            Digits lengths,
            boolean hexBitmap,
            boolean hexBytes,
            Charset charset) {
        return new Notation(
                name, type, type == Digits.PACKED, lengths, hexBitmap, hexBytes, charset);
    }

    /** The message type: four digits. */
    String type(MessageBytes bytes) throws Unreadable {
        return digits(bytes, 4);
    }

    /** A bitmap: sixteen hex digits. */
    String bitmap(MessageBytes bytes) throws Unreadable {
        String bitmap = hexBitmap ? bytes.hex(8, charset) : bytes.raw(8);
        if (bitmap.indexOf('*') >= 0) {
            throw MessageBytes.malformed();
        }
        return bitmap;
    }

    /** The size of an element, which may come before it. */
    int size(Element element, MessageBytes bytes) throws Unreadable {
        return element.isFixed() ? element.size() : length(element, bytes);
    }

    /** The value of an element of this size, as it is shown. */
    String value(Element element, int size, MessageBytes bytes) throws Unreadable {
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

    /** Whether two digits of the value of an element are in a byte. */
    boolean isPacked(Element element) {
        return packed
                && switch (element.kind()) {
                    case N, XN, Z -> true;
                    case AN, ANS, B -> false;
                };
    }

    /** The byte that stands for a star in the value of an element. */
    byte star(Element element) {
        return isPacked(element) ? MessageBytes.STAR : "*".getBytes(charset)[0];
    }

    private String digits(MessageBytes bytes, int count) throws Unreadable {
        return packed ? bytes.packed(count, false) : bytes.digits(count, charset);
    }

    private int length(Element element, MessageBytes bytes) throws Unreadable {
        int digits = element.lengthDigits();
        int length =
                switch (lengths) {
                    case TEXT -> number(bytes.digits(digits, charset));
                    case PACKED -> number(bytes.packed(digits, false));
                    case BYTE -> HexFormat.fromHexDigits(bytes.raw(1));
                };
        if (length > element.size()) {
            throw MessageBytes.malformed();
        }
        return length;
    }

    private static int number(String digits) throws Unreadable {
        if (digits.indexOf('*') >= 0) {
            throw MessageBytes.malformed();
        }
        return Integer.parseInt(digits);
    }
}
