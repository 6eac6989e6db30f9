package io.dermaga.dashboard.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** How a reader writes bytes into a text field. A text field has LF as its line end. */
public enum Notation {
    /** Text with the escapes {@code \r \n \t \b \f \v \0 \e \\ \xHH}. */
    TEXT {
        @Override
        byte[] read(String written, Charset charset) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(written.length());
            int at = 0;
            while (at < written.length()) {
                int escape = written.indexOf('\\', at);
                int end = escape < 0 ? written.length() : escape;
                bytes.writeBytes(encoded(written.substring(at, end), charset));
                at = escape < 0 ? end : escaped(written, escape, bytes);
            }
            return bytes.toByteArray();
        }
    },
    /** Two digits for a byte; white space, commas, colons and {@code 0x} between bytes. */
    HEX {
        @Override
        byte[] read(String written, Charset charset) {
            String digits = written.replaceAll("0[xX]|\\\\x", " ").replaceAll("[\\s,:;-]+", "");
            for (int i = 0; i < digits.length(); i++) {
                if (!HexFormat.isHexDigit(digits.charAt(i))) {
                    throw new IllegalArgumentException(digits.substring(i, i + 1));
                }
            }
            if (digits.length() % 2 != 0) {
                throw new IllegalArgumentException(digits.substring(digits.length() - 1));
            }
            return HexFormat.of().parseHex(digits);
        }
    },
    /** RFC 4648, sections 4 and 5, with white space anywhere. */
    BASE64 {
        @Override
        byte[] read(String written, Charset charset) {
            String digits = written.replaceAll("\\s+", "").replace('-', '+').replace('_', '/');
            for (int i = 0; i < digits.length(); i++) {
                char c = digits.charAt(i);
                if (!isDigit(c) && (c != '=' || i < digits.length() - 2)) {
                    throw new IllegalArgumentException(String.valueOf(c));
                }
            }
            try {
                return Base64.getDecoder().decode(digits);
            } catch (IllegalArgumentException cut) {
                throw new IllegalArgumentException(
                        digits.substring(Math.max(0, digits.length() - 4)), cut);
            }
        }

        private boolean isDigit(char c) {
            return c < 0x80 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
        }
    };

    private static final int MOST_BEGINNING = 32;
    private static final String NAMES = "rntbfv0e\\";
    private static final String MEANT = "\r\n\t\b\f\u000b\0\u001b\\";

    /**
     * The bytes that are meant.
     *
     * @param written as a browser sends it: CRLF stands for one line end
     * @throws IllegalArgumentException if it cannot be read; its message is the part that is wrong
     */
    public byte[] bytes(String written) {
        return bytes(written, StandardCharsets.UTF_8);
    }

    /** The same, where text is in a charset; what that cannot say is wrong. */
    public byte[] bytes(String written, Charset charset) {
        return read(written.replace("\r\n", "\n").replace('\r', '\n'), charset);
    }

    abstract byte[] read(String written, Charset charset);

    private static byte[] encoded(String text, Charset charset) {
        CharsetEncoder encoder = charset.newEncoder();
        if (!encoder.canEncode(text)) {
            throw new IllegalArgumentException(
                    text.codePoints()
                            .mapToObj(Character::toString)
                            .filter(one -> !encoder.canEncode(one))
                            .findFirst()
                            .orElse(text));
        }
        return text.getBytes(charset);
    }

    /** Bytes as {@link #TEXT} has them, in one line. */
    public static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 16);
        for (byte b : bytes) {
            int named = MEANT.indexOf(b);
            // a digit after \0 would be read as one in other languages
            if (named >= 0 && b != 0) {
                text.append('\\').append(NAMES.charAt(named));
            } else if (b >= ' ' && b <= '~') {
                text.append((char) b);
            } else {
                text.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return text.toString();
    }

    /**
     * How many bytes there are and how they begin, in one line: {@code 12 bytes, 'abc\r\n'}.
     *
     * @param covered the same with what nobody should read covered
     */
    public static String beginning(int bytes, byte[] covered) {
        byte[] first = Arrays.copyOf(covered, Math.min(covered.length, MOST_BEGINNING));
        return "%d bytes, '%s%s'"
                .formatted(bytes, text(first), first.length < covered.length ? "…" : "");
    }

    /** Returns where the text goes on after an escape. */
    private static int escaped(String written, int escape, ByteArrayOutputStream bytes) {
        char name = escape + 1 < written.length() ? written.charAt(escape + 1) : ' ';
        int named = NAMES.indexOf(name);
        if (named >= 0) {
            bytes.write(MEANT.charAt(named));
            return escape + 2;
        }
        int end = Math.min(written.length(), escape + 4);
        String hex = written.substring(Math.min(end, escape + 2), end);
        boolean whole =
                name == 'x' && hex.length() == 2 && hex.chars().allMatch(HexFormat::isHexDigit);
        if (!whole) {
            throw new IllegalArgumentException(written.substring(escape, end));
        }
        bytes.write(HexFormat.fromHexDigits(hex));
        return end;
    }
}
