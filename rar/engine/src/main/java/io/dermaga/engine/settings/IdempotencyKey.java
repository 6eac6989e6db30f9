package io.dermaga.engine.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/**
 * What tells a payload from others, so that one which a peer sends again is known. It is looked for
 * in the first {@link #SEARCHED_BYTES} of a payload.
 */
public sealed interface IdempotencyKey {

    /** As much of a payload as is looked at. */
    int SEARCHED_BYTES = 64 * 1024;

    /** Longest pattern that is written in a setting. */
    int MOST_PATTERN_CHARS = 1000;

    /** Keys that have no parameters. */
    enum Fixed implements IdempotencyKey {
        /** No payload has a key: all are delivered. */
        NONE,
        /** Control id, sending application and facility of an HL7 v2 message (MSH-10, 3 and 4). */
        HL7
    }

    /**
     * Bytes at a fixed place.
     *
     * @param offset bytes before them, 0 or more
     * @param length 1 or more; both together at most {@link #SEARCHED_BYTES}
     */
    record Bytes(int offset, int length) implements IdempotencyKey {

        public Bytes {
            if (offset < 0 || length < 1 || (long) offset + length > SEARCHED_BYTES) {
                throw new IllegalArgumentException("out of range");
            }
        }
    }

    /**
     * What a pattern finds first: its first group, else the whole match. Bytes are looked at as
     * characters of ISO-8859-1, in time linear in their number, whatever a peer sends.
     */
    record Found(Pattern pattern) implements IdempotencyKey {}

    /**
     * Reads the written form: {@code NONE}, {@code bytes(4,8)}, {@code regex(id=(\d+))}, {@code
     * MSH-10}. All between the outer parentheses of {@code regex} is the pattern: it has commas and
     * parentheses of its own.
     *
     * @throws IllegalArgumentException if it is none; its message tells what is wrong with a
     *     pattern
     */
    static IdempotencyKey parse(String text) {
        return switch (text) {
            case "NONE" -> Fixed.NONE;
            case "MSH-10" -> Fixed.HL7;
            default -> Written.parse(text);
        };
    }

    /** Forms with parameters. */
    final class Written {

        private static final java.util.regex.Pattern BYTES =
                java.util.regex.Pattern.compile("bytes\\(\\s*(\\d{1,5})\\s*,\\s*(\\d{1,5})\\s*\\)");
        private static final String REGEX = "regex(";

        private Written() {}

        private static IdempotencyKey parse(String text) {
            Matcher bytes = BYTES.matcher(text);
            if (bytes.matches()) {
                return new Bytes(
                        Integer.parseInt(bytes.group(1)), Integer.parseInt(bytes.group(2)));
            }
            if (text.startsWith(REGEX) && text.endsWith(")")) {
                return found(text.substring(REGEX.length(), text.length() - 1));
            }
            throw new IllegalArgumentException("not a key");
        }

        private static IdempotencyKey found(String pattern) {
            if (pattern.isEmpty() || pattern.length() > MOST_PATTERN_CHARS) {
                throw new IllegalArgumentException("a pattern of that length is not allowed");
            }
            try {
                return new Found(Pattern.compile(pattern));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
