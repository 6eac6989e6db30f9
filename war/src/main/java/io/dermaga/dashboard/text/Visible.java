package io.dermaga.dashboard.text;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * Makes what does not print visible, so that text of a peer can neither change a page nor break the
 * XML of a partial response. HTML escaping is the view's part.
 */
public final class Visible {

    private static final int REPLACEMENT = 0xFFFD;

    private Visible() {}

    /** One line: control characters become escapes like {@code \\x1B}, line ends included. */
    public static String line(String text) {
        return visible(text, false);
    }

    /** Several lines: as {@link #line}, but tab and line feed stay what they are. */
    public static String lines(String text) {
        return visible(text, true);
    }

    /** Decodes bytes; malformed input becomes U+FFFD. An unknown charset is read as UTF-8. */
    public static String decode(ByteBuffer bytes, String charset) {
        return lines(charset(charset).decode(bytes).toString());
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String visible(String text, boolean lines) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        point -> {
                            if (lines && (point == '\n' || point == '\t')) {
                                visible.append((char) point);
                            } else {
                                append(visible, point);
                            }
                        });
        return visible.toString();
    }

    private static void append(StringBuilder visible, int point) {
        if (point == '\n') {
            visible.append("\\n");
        } else if (point == '\r') {
            visible.append("\\r");
        } else if (point == '\t') {
            visible.append("\\t");
        } else if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
            visible.append("\\x%02X".formatted(point));
        } else if (point < 0x80) {
            visible.append((char) point);
        } else if (isUnpaired(point) || (point & 0xFFFE) == 0xFFFE) {
            visible.append((char) REPLACEMENT);
        } else if (changesDirectionOrHides(point)) {
            visible.append("\\u%04X".formatted(point));
        } else {
            visible.appendCodePoint(point);
        }
    }

    private static boolean isUnpaired(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    /** Zero-width, bidirectional and line separators, with which text can pretend to be another. */
    private static boolean changesDirectionOrHides(int point) {
        return switch (Character.getType(point)) {
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
