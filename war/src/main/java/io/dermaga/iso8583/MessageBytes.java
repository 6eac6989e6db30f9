package io.dermaga.iso8583;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of a message that are taken one part after another. */
final class MessageBytes {

    /** That a part is not what it has to be. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean cut;

        private Unreadable(boolean cut) {
            super(cut ? "cut" : "malformed", null, false, false);
            this.cut = cut;
        }

        /** Whether there was too little of it. */
        boolean isCut() {
            return cut;
        }
    }

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** A character that is covered; where two digits are in a byte, both are. */
    static final byte STAR = '*';

    private final byte[] bytes;
    private int at;

    /**
     * @param at where the message begins
     */
    MessageBytes(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int position() {
        return at;
    }

    int remaining() {
        return bytes.length - at;
    }

    /** Goes back to where a part began. */
    void back(int position) {
        at = position;
    }

    byte[] take(int count) throws Unreadable {
        if (count > remaining()) {
            throw new Unreadable(true);
        }
        byte[] part = new byte[count];
        System.arraycopy(bytes, at, part, 0, count);
        at += count;
        return part;
    }

    static Unreadable malformed() {
        return new Unreadable(false);
    }

    /** Digits, of which some may be covered. */
    String digits(int count, Charset charset) throws Unreadable {
        String text = new String(take(count), charset);
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i)) && text.charAt(i) != STAR) {
                throw malformed();
            }
        }
        return text;
    }

    /** Two digits in a byte; where their number is odd, half a byte at one of the ends is left. */
    String packed(int count, boolean isTrack) throws Unreadable {
        String all = halves(take((count + 1) / 2), count, isTrack);
        if (all.length() == count) {
            return all;
        }
        char last = all.charAt(all.length() - 1);
        if (all.charAt(0) == '0' && last != 'F') {
            return all.substring(1);
        }
        if (last == STAR) {
            return all.substring(1);
        }
        if (last == '0' || last == 'F') {
            return all.substring(0, count);
        }
        throw malformed();
    }

    private static String halves(byte[] part, int count, boolean isTrack) throws Unreadable {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < part.length; i++) {
            String two = HEX.toHexDigits(part[i]);
            boolean isLeft = 2 * i + 1 == count;
            if (part[i] == STAR) {
                digits.append("**");
            } else if (isHalf(two.charAt(0), isTrack)
                    && (isHalf(two.charAt(1), isTrack) || (isLeft && two.charAt(1) == 'F'))) {
                digits.append(two);
            } else {
                throw malformed();
            }
        }
        return isTrack ? digits.toString().replace('D', '=') : digits.toString();
    }

    private static boolean isHalf(char c, boolean isTrack) {
        return isDigit(c) || (isTrack && c == 'D');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Bytes that are written as hex digits, of which some may be covered. */
    String hex(int count, Charset charset) throws Unreadable {
        String text = new String(take(2 * count), charset);
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i)) && text.charAt(i) != STAR) {
                throw malformed();
            }
        }
        return text;
    }

    /** Bytes as hex digits. */
    String raw(int count) throws Unreadable {
        return HEX.formatHex(take(count));
    }

    /** Characters that can be read. */
    String text(int count, Charset charset) throws Unreadable {
        String text = new String(take(count), charset);
        if (!isPrintable(text)) {
            throw malformed();
        }
        return text;
    }

    /** Characters, or hex digits if they cannot be read. */
    String anything(int count, Charset charset) throws Unreadable {
        byte[] part = take(count);
        String text = new String(part, charset);
        return isPrintable(text) ? text : HEX.formatHex(part);
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(c -> c < ' ' || (c >= 0x7f && c < 0xa0) || c > 0xff);
    }

    /** Whether these characters are next; they are taken then. */
    boolean skip(String text) {
        byte[] wanted = text.getBytes(StandardCharsets.ISO_8859_1);
        if (wanted.length > remaining()) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        at += wanted.length;
        return true;
    }
}
