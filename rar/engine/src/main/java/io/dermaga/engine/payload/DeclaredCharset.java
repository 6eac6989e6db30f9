package io.dermaga.engine.payload;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The charset that a message itself tells, by its beginning: a byte order mark (Unicode 15, 23.8),
 * an XML declaration (XML 1.0, appendix F), MSH-18 of HL7 v2 (table 0211), or JSON (RFC 8259, 8.1,
 * and the zero bytes of RFC 4627, 3).
 */
public final class DeclaredCharset {

    /** As much of a message as is looked at. */
    public static final int HEAD_BYTES = 1024;

    private static final int MSH_18 = 17;
    private static final byte START_BLOCK = 0x0b;
    private static final Pattern XML =
            Pattern.compile("<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

    private static final Map<String, Charset> HL7 =
            Map.of(
                    "ASCII", StandardCharsets.US_ASCII,
                    "UNICODE UTF-8", StandardCharsets.UTF_8,
                    "UNICODE UTF-16", StandardCharsets.UTF_16,
                    "UNICODE", StandardCharsets.UTF_8);

    /** Those that are not in every Java runtime, and have another name there. */
    private static final Map<String, String> HL7_NAMES =
            Map.of(
                    "UNICODE UTF-32", "UTF-32",
                    "GB 18030-2000", "GB18030",
                    "KS X 1001", "EUC-KR",
                    "CNS 11643-1992", "EUC-TW",
                    "BIG-5", "Big5",
                    "ISO IR87", "ISO-2022-JP",
                    "ISO IR159", "ISO-2022-JP-2");

    private DeclaredCharset() {}

    /**
     * Looks at the beginning of a message.
     *
     * @param head at most {@link #HEAD_BYTES} are of use
     * @return empty if it tells none, or one that is not known here
     */
    public static Optional<Charset> of(byte[] head) {
        Charset unicode = byZeroBytesOrMark(head);
        if (unicode != null) {
            return Optional.of(unicode);
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int start = !text.isEmpty() && text.charAt(0) == START_BLOCK ? 1 : 0;
        if (text.startsWith("MSH", start)) {
            return ofHl7(text.substring(start));
        }
        String trimmed = text.stripLeading();
        if (trimmed.startsWith("<?xml")) {
            Matcher declaration = XML.matcher(trimmed);
            return declaration.lookingAt()
                    ? named(declaration.group(1))
                    : Optional.of(StandardCharsets.UTF_8);
        }
        return trimmed.startsWith("{") || trimmed.startsWith("[")
                ? Optional.of(StandardCharsets.UTF_8)
                : Optional.empty();
    }

    private static @Nullable Charset byZeroBytesOrMark(byte[] head) {
        int first = at(head, 0) << 8 | at(head, 1);
        int second = at(head, 2) << 8 | at(head, 3);
        if (first == 0xefbb && at(head, 2) == 0xbf) {
            return StandardCharsets.UTF_8;
        }
        if (first == 0xfffe && second == 0 && head.length >= 4) {
            return Charset.forName("UTF-32LE");
        }
        if (first == 0 && second == 0xfeff) {
            return Charset.forName("UTF-32BE");
        }
        if (first == 0xfeff || (isMarkup(first) && isSmall(second))) {
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0xfffe || (isMarkup(swapped(first)) && isSmall(swapped(second)))) {
            return StandardCharsets.UTF_16LE;
        }
        return null;
    }

    /** {@code <}, an opening bracket or brace, as 16 bits. */
    private static boolean isMarkup(int unit) {
        return unit == '<' || unit == '{' || unit == '[';
    }

    private static boolean isSmall(int unit) {
        return unit > 0 && unit < 0x80;
    }

    private static int swapped(int unit) {
        return (unit & 0xff) << 8 | unit >> 8;
    }

    private static int at(byte[] head, int index) {
        return index < head.length ? head[index] & 0xff : 0;
    }

    private static Optional<Charset> ofHl7(String text) {
        String segment = text.split("[\r\n]", 2)[0];
        if (segment.length() < 6) {
            return Optional.empty();
        }
        String separator = Pattern.quote(segment.substring(3, 4));
        String repetition = Pattern.quote(segment.substring(5, 6));
        String[] fields = segment.split(separator, -1);
        if (fields.length <= MSH_18 || fields[MSH_18].isBlank()) {
            return Optional.empty();
        }
        String name = fields[MSH_18].split(repetition, 2)[0].strip().toUpperCase(Locale.ROOT);
        Charset known = HL7.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        String other = name.startsWith("8859/") ? "ISO-8859-" + name.substring(5) : name;
        return named(HL7_NAMES.getOrDefault(name, other));
    }

    private static Optional<Charset> named(String name) {
        try {
            return Optional.of(Charset.forName(name)).filter(Charset::canEncode);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
