package io.dermaga.engine.detect;

import io.dermaga.engine.monitor.Escape;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The first bytes of a connection.
 *
 * @param bytes the first of them; their indices are not changed
 * @param received how many there were so far, these and later ones
 */
record Opening(ByteBuf bytes, long received) {

    int size() {
        return bytes.readableBytes();
    }

    /** An unsigned byte; -1 if it is not there. */
    int at(int index) {
        return index >= 0 && index < size()
                ? bytes.getUnsignedByte(bytes.readerIndex() + index)
                : -1;
    }

    /** A number, most significant byte first; -1 if it is not there as a whole. */
    long number(int index, int width) {
        if (index + width > size()) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < width; i++) {
            number = number << 8 | at(index + i);
        }
        return number;
    }

    /** Whether these are the bytes at a place; chars stand for bytes. */
    boolean has(int index, String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (at(index + i) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean begins(String expected) {
        return has(0, expected);
    }

    /** Where a byte is found from a place on; -1 if it is not. */
    int find(int value, int from) {
        int start = bytes.readerIndex() + Math.min(from, size());
        int index = bytes.indexOf(start, bytes.writerIndex(), (byte) value);
        return index < 0 ? -1 : index - bytes.readerIndex();
    }

    /** How many decimal digits are at a place. */
    int digits(int from) {
        int at = from;
        while (isDigit(at(at))) {
            at++;
        }
        return at - from;
    }

    static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }

    static boolean isUpper(int value) {
        return value >= 'A' && value <= 'Z';
    }

    static boolean isPrintable(int value) {
        return value >= ' ' && value <= '~';
    }

    /** The bytes between two places, chars standing for bytes: to be looked at, not to be told. */
    String raw(int from, int to) {
        int end = Math.min(to, size());
        return end <= from
                ? ""
                : bytes.toString(
                        bytes.readerIndex() + from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** The same as {@link #raw} in lower case. */
    String lower(int from, int to) {
        return raw(from, to).toLowerCase(Locale.ROOT);
    }

    /** The bytes between two places, to be told: escaped and cut. */
    String told(int from, int to, int most) {
        return Escape.text(raw(from, Math.min(to, from + most + 1)), most);
    }
}
