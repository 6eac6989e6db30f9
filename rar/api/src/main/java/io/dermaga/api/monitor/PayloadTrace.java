package io.dermaga.api.monitor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * The trace of a payload (W3C Trace Context, Level 1). Its identifiers are computed of what is
 * known of the payload anyway, so that the adapter, which hands them to a bean, and whoever exports
 * the spans afterwards come to the same without a word. Copies, and deliveries of a dead letter,
 * belong to the trace of their payload and have spans of their own.
 *
 * @param payloadId {@link io.dermaga.api.Payload#id()}
 * @param copy group of beans that it was for; empty where there is but one
 * @param firstByteAt when its first byte was read, or was read again
 */
public record PayloadTrace(String payloadId, String copy, Instant firstByteAt) {

    /** Name of the span that has no parent. */
    public static final String WHOLE = "whole";

    /** Name of the span that is the parent of what a bean does. */
    public static final String IN_BEAN = "in-bean";

    private static final HexFormat HEX = HexFormat.of();
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    /** Digits of a trace id that count as random, the last ones (Level 2, "random-trace-id"). */
    private static final int RANDOM_DIGITS = 14;

    private static final long ALL_RANDOM = 1L << (4 * RANDOM_DIGITS);

    /** Of a message that has ended. */
    public static PayloadTrace of(MessageRecord message) {
        String end = message.copy().isEmpty() ? "" : "." + message.copy();
        String id = message.id();
        return new PayloadTrace(
                id.endsWith(end) ? id.substring(0, id.length() - end.length()) : id,
                message.copy(),
                message.firstByteAt());
    }

    /** 32 hexadecimal digits. */
    public String traceId() {
        return digits("trace", TRACE_ID_BYTES);
    }

    /**
     * 16 hexadecimal digits.
     *
     * @param span name of one of its spans
     */
    public String spanId(String span) {
        return digits(span + " " + copy + " " + firstByteAt, SPAN_ID_BYTES);
    }

    /**
     * Whether it is one of those that are exported: the last 56 bits of its trace id are compared
     * with the share, as samplers of OpenTelemetry do that decide alike everywhere.
     *
     * @param share of all payloads, 0 to 1
     */
    public boolean isSampled(double share) {
        return share >= 1 || (share > 0 && isSampled(traceId(), share));
    }

    private static boolean isSampled(String id, double share) {
        long random = HexFormat.fromHexDigitsToLong(id, id.length() - RANDOM_DIGITS, id.length());
        return random >= Math.round((1 - share) * ALL_RANDOM);
    }

    /**
     * The header {@code traceparent} for what a bean does.
     *
     * @param share of all payloads that is exported, 0 to 1
     */
    public String traceParent(double share) {
        String id = traceId();
        return "00-" + id + "-" + spanId(IN_BEAN) + (isSampled(id, share) ? "-01" : "-00");
    }

    private String digits(String what, int bytes) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((what + " " + payloadId).getBytes(StandardCharsets.UTF_8));
            return HEX.formatHex(hash, 0, bytes);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
