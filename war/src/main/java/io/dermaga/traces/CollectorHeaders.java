package io.dermaga.traces;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a collector is sent besides, secrets mostly: {@code name=value} pairs in the form of {@code
 * OTEL_EXPORTER_OTLP_HEADERS}, separated by commas or lines. A file is read for each request, so
 * that what somebody replaces in it is used.
 *
 * @param text pairs
 * @param file of more pairs; null if there is none
 */
record CollectorHeaders(String text, @Nullable Path file) {

    static final String PROPERTY = "dermaga.trace.headers";

    private static final int MOST_BYTES = 64 << 10;

    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<String> OURS =
            Set.of("content-type", "content-encoding", "content-length", "host", "user-agent");

    /**
     * By their names.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalStateException DMG4204 if they are none
     */
    Map<String, String> read() throws IOException {
        Map<String, String> all = new LinkedHashMap<>(parsed(PROPERTY, text));
        Path from = file;
        if (from != null) {
            if (Files.size(from) > MOST_BYTES) {
                throw new IOException(from + " has more than " + MOST_BYTES + " bytes");
            }
            all.putAll(parsed(PROPERTY + "File", Files.readString(from)));
        }
        return all;
    }

    private static Map<String, String> parsed(String property, String pairs) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : pairs.split("[,\\r\\n]", -1)) {
            if (!pair.isBlank()) {
                add(property, pair, all);
            }
        }
        return all;
    }

    private static void add(String property, String pair, Map<String, String> to) {
        int equals = pair.indexOf('=');
        String name = pair.substring(0, Math.max(0, equals)).strip();
        String value = decoded(pair.substring(equals + 1).strip());
        if (!TOKEN.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw refused(property, "a name that is none, or is sent anyway");
        }
        if (value == null || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw refused(property, name + "=…");
        }
        to.put(name, value);
    }

    /** Without escapes; null if they are none. */
    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException noEscape) {
            return null;
        }
    }

    private static IllegalStateException refused(String property, String given) {
        return new IllegalStateException(
                "DMG4204 property '%s': given '%s', allowed: NAME=VALUE, …, values in printable ASCII, with %%-escapes"
                        .formatted(property, given));
    }
}
