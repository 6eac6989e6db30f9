package io.dermaga.dashboard.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a framing puts around a payload, for those framings where that is the same, or follows from
 * the size.
 *
 * @param before the payload
 * @param after the payload
 */
record Envelope(ByteBuffer before, ByteBuffer after) {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final Pattern WRITTEN = Pattern.compile("([a-z0-9-]+)(?:\\((.*)\\))?");
    private static final Pattern LENGTH = Pattern.compile("([124])(\\s*,\\s*including)?");
    private static final Pattern BYTES =
            Pattern.compile("\\s*(?:0x((?:[0-9a-fA-F]{2})+)|'([^']+)')\\s*(?:,.*)?");

    private static final Envelope NONE = of("", "");

    Envelope {
        before = before.asReadOnlyBuffer();
        after = after.asReadOnlyBuffer();
    }

    /**
     * That of a payload of this size.
     *
     * @param framing as it is configured
     * @return empty if it cannot be told
     */
    static Optional<Envelope> of(String framing, int size) {
        Matcher written = WRITTEN.matcher(framing.strip());
        if (!written.matches()) {
            return Optional.empty();
        }
        String arguments = written.group(2) == null ? "" : written.group(2);
        return switch (written.group(1)) {
            case "eof", "fixed", "json" -> Optional.of(NONE);
            case "lines" -> Optional.of(of("", arguments.equals("crlf") ? "\r\n" : "\n"));
            case "ndjson", "graphite" -> Optional.of(of("", "\n"));
            case "nul" -> Optional.of(of("", "\0"));
            case "stx-etx" -> Optional.of(of("\2", "\3"));
            case "mllp", "mllp-r2" -> Optional.of(of("\u000b", "\u001c\r"));
            case "json-seq" -> Optional.of(of("\u001e", "\n"));
            case "delimiter" -> delimiter(arguments);
            case "length" -> length(arguments, size);
            default -> Optional.empty();
        };
    }

    /** Bytes as characters. */
    private static Envelope of(String before, String after) {
        return new Envelope(
                ByteBuffer.wrap(before.getBytes(StandardCharsets.ISO_8859_1)),
                ByteBuffer.wrap(after.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Optional<Envelope> delimiter(String arguments) {
        Matcher first = BYTES.matcher(arguments);
        if (!first.matches()) {
            return Optional.empty();
        }
        byte[] bytes =
                first.group(1) == null
                        ? first.group(2).getBytes(StandardCharsets.UTF_8)
                        : HexFormat.of().parseHex(first.group(1));
        return Optional.of(new Envelope(ByteBuffer.allocate(0), ByteBuffer.wrap(bytes)));
    }

    private static Optional<Envelope> length(String arguments, int size) {
        Matcher simple = LENGTH.matcher(arguments.strip());
        if (!simple.matches()) {
            return Optional.empty();
        }
        int digits = Integer.parseInt(simple.group(1));
        long told = size + (simple.group(2) == null ? 0L : digits);
        if (told >= 1L << (8 * digits)) {
            return Optional.empty();
        }
        byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(told).array();
        return Optional.of(
                new Envelope(
                        ByteBuffer.wrap(number, Long.BYTES - digits, digits).slice(),
                        ByteBuffer.allocate(0)));
    }

    /** The bytes before the payload: a view of its own for every caller. */
    @Override
    public ByteBuffer before() {
        return before.duplicate();
    }

    /** The bytes after the payload: a view of its own for every caller. */
    @Override
    public ByteBuffer after() {
        return after.duplicate();
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static String hex(ByteBuffer buffer) {
        return HEX.formatHex(bytes(buffer));
    }
}
