package io.dermaga.engine.trial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bytes of which it is not known how they are framed. */
final class Sample {

    private final byte[] bytes;
    private final boolean utf8;

    Sample(byte[] bytes) {
        this.bytes = bytes;
        this.utf8 = isUtf8(bytes);
    }

    /** The end may be cut within a character. */
    private static boolean isUtf8(byte[] bytes) {
        for (int cut = 0; cut < Math.min(4, bytes.length); cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut));
                return true;
            } catch (CharacterCodingException malformed) {
                // with one byte less, perhaps
            }
        }
        return false;
    }

    /** A control character that is no white space. */
    static boolean isControl(byte b) {
        return (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') || b == 0x7f;
    }

    static boolean isPrintable(byte b) {
        return b >= ' ' && b <= '~';
    }

    static boolean isLetterOrDigit(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }

    int size() {
        return bytes.length;
    }

    byte at(int index) {
        return bytes[index];
    }

    /** A view of the bytes, for one reader. */
    ByteBuf buffer() {
        return Unpooled.wrappedBuffer(bytes);
    }

    /** How many bytes between two places are text: no control characters, nor broken UTF-8. */
    int text(int from, int to) {
        int text = 0;
        for (int i = from; i < to; i++) {
            text += isControl(bytes[i]) || (bytes[i] < 0 && !utf8) ? 0 : 1;
        }
        return text;
    }

    /** Whether all bytes are the same. */
    boolean isUniform() {
        for (byte b : bytes) {
            if (b != bytes[0]) {
                return false;
            }
        }
        return true;
    }

    /** Whether these bytes are at a place. */
    boolean has(int index, byte[] expected) {
        if (index < 0 || index + expected.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[index + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where these bytes are first; -1 if nowhere. */
    int find(byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (has(i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * How much the bytes are alike at a distance, beyond chance: 0 to 1.
     *
     * @param distance 1 and more, less than the size
     */
    double likeness(int distance) {
        int alike = 0;
        int[] kinds = new int[256];
        for (int i = 0; i < bytes.length; i++) {
            kinds[kind(bytes[i])]++;
            if (i >= distance && kind(bytes[i]) == kind(bytes[i - distance])) {
                alike++;
            }
        }
        double chance = 0;
        for (int kind : kinds) {
            chance += (double) kind * kind / bytes.length / bytes.length;
        }
        double share = (double) alike / (bytes.length - distance);
        return chance > 0.99 ? 0 : Math.max(0, (share - chance) / (1 - chance));
    }

    /** Letters are alike, and digits; all else is like itself. */
    private static int kind(byte b) {
        if (b >= '0' && b <= '9') {
            return '0';
        }
        return isLetterOrDigit(b) ? 'a' : b & 0xff;
    }
}
