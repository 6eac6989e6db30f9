package io.dermaga.engine.settings;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a peer is answered, where the bean has not said it. */
public sealed interface Answer {

    /** Longest answer that is written in a setting. */
    int MOST_BYTES = 1024;

    /** What the framing has for it; for most that is nothing. */
    enum Automatic implements Answer {
        FRAMING
    }

    /** The same bytes for every payload; none: nothing. */
    @SuppressWarnings("ArrayRecordComponent") // copied where it is given out
    record Bytes(byte[] bytes) implements Answer {

        /** A copy; empty for nothing. */
        @Override
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    /**
     * Reads the written form: {@code auto}, {@code none}, or bytes as {@code 0x06}, {@code 'OK'} or
     * {@code 'OK' 0x0d0a}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Answer parse(String text) {
        return switch (text) {
            case "auto" -> Automatic.FRAMING;
            case "none" -> new Bytes(new byte[0]);
            default -> new Bytes(Written.bytes(text));
        };
    }

    /** Bytes in hex digits and text in quotes, one after the other. */
    final class Written {

        private static final Pattern PART =
                Pattern.compile("\\s*(?:0x((?:\\p{XDigit}{2})+)|'([^']+)')");

        private Written() {}

        private static byte[] bytes(String text) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Matcher part = PART.matcher(text);
            int at = 0;
            while (at < text.length()) {
                if (!part.find(at) || part.start() != at) {
                    throw new IllegalArgumentException("neither hex digits nor text in quotes");
                }
                bytes.writeBytes(
                        part.group(1) == null
                                ? part.group(2).getBytes(StandardCharsets.UTF_8)
                                : HexFormat.of().parseHex(part.group(1)));
                at = part.end();
            }
            if (bytes.size() == 0 || bytes.size() > MOST_BYTES) {
                throw new IllegalArgumentException("bytes of that length are not allowed");
            }
            return bytes.toByteArray();
        }
    }
}
