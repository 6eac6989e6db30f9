package io.dermaga.engine.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What tells a payload from others. Chars stand for bytes.
 *
 * @param value what is compared and kept: the key, or its SHA-256 if it is longer than {@link
 *     #MOST_CHARS}
 * @param beginning as much of the key as is shown to an operator, not escaped
 */
public record PayloadKey(String value, String beginning) {

    /** Longest key that is kept as it is. */
    static final int MOST_CHARS = 64;

    /**
     * With the digits after it longer than any key that is kept as it is, so never equal to one.
     */
    private static final String DIGEST = "sha-256:";

    static PayloadKey of(String key) {
        return key.length() <= MOST_CHARS
                ? new PayloadKey(key, key)
                : new PayloadKey(DIGEST + digest(key), key.substring(0, MOST_CHARS));
    }

    private static String digest(String key) {
        try {
            byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }
}
