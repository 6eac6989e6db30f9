package io.dermaga.engine.framing;

import io.dermaga.engine.framing.LengthField.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a sender puts around a payload so that a framing finds it again: the opposite of scanning.
 *
 * <pre>
 *  lines       a       ->  a CR LF
 *  length(2)   a b c   ->  00 03 a b c
 *  mllp        a       ->  0b a 1c 0d
 *  fix, dicom  a       ->  a              the envelope is part of the payload
 * </pre>
 */
public final class Enclosure {

    private static final byte[] NONE = {};
    private static final byte[] LF = {'\n'};
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] NUL = {0};
    private static final byte[] RECORD_SEPARATOR = {0x1e};
    private static final byte[] BLOCK_START = {0x0b};
    private static final byte[] BLOCK_END = {0x1c, 0x0d};
    private static final byte[] ETX = {3};
    private static final int TPKT_VERSION = 3;

    private Enclosure() {}

    /**
     * The payload with what belongs around it.
     *
     * @param payload without an envelope that the framing takes off
     * @return empty where only the application knows: {@code custom}, {@code auto}, {@code
     *     teltonika}
     * @throws IllegalArgumentException if the payload is longer than its header can say
     */
    public static Optional<byte[]> of(Framing framing, byte[] payload) {
        if (framing instanceof Custom || framing instanceof Auto || framing instanceof Teltonika) {
            return Optional.empty();
        }
        byte[] head = head(framing, payload.length);
        byte[] tail = tail(framing, payload);
        byte[] all = Arrays.copyOf(head, head.length + payload.length + tail.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        System.arraycopy(tail, 0, all, head.length + payload.length, tail.length);
        return Optional.of(all);
    }

    /**
     * The payload with what belongs around it, for an operator.
     *
     * @param text of the framing as it was configured
     * @param listener its name
     * @throws IllegalArgumentException DMG1011 if that is not known, or the payload is too long
     */
    public static byte[] inListener(Framing framing, byte[] payload, String text, String listener) {
        try {
            return of(framing, payload)
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "only who speaks it knows what belongs around a payload"));
        } catch (IllegalArgumentException impossible) {
            throw new IllegalArgumentException(
                    "DMG1011 a payload of %d bytes cannot be put into framing %s of listener '%s': %s; allowed: bytes as they are to be sent"
                            .formatted(payload.length, text, listener, impossible.getMessage()),
                    impossible);
        }
    }

    private static byte[] head(Framing framing, int size) {
        if (framing instanceof StartEnd startEnd) {
            return new byte[] {startEnd.start()};
        }
        if (framing instanceof Mllp) {
            return BLOCK_START;
        }
        if (framing instanceof JsonSequence) {
            return RECORD_SEPARATOR;
        }
        if (framing instanceof Syslog syslog && syslog.mode() != Syslog.Mode.NON_TRANSPARENT) {
            return (size + " ").getBytes(StandardCharsets.US_ASCII);
        }
        if (framing instanceof LengthHeader header) {
            long counted = (header.including() ? header.headerBytes() : 0L) - header.adjust();
            byte[] bytes = new byte[header.headerBytes()];
            header.field().write(size + counted, bytes, header.offset());
            return bytes;
        }
        if (framing instanceof Iso8583 iso) {
            return iso.header(size);
        }
        if (framing instanceof Tpkt) {
            byte[] bytes = {TPKT_VERSION, 0, 0, 0};
            new LengthField(Encoding.BINARY, 2).write(size + 4L, bytes, 2);
            return bytes;
        }
        return NONE;
    }

    private static byte[] tail(Framing framing, byte[] payload) {
        if (framing instanceof Lines lines) {
            // a CR before an LF would be lost
            boolean isCr = lines.ending() == LineEnding.LF_OR_CRLF;
            return isCr || lines.ending() == LineEnding.CRLF ? CRLF : LF;
        }
        if (framing instanceof Delimiter delimiter) {
            return delimiter.search().after(payload);
        }
        if (framing instanceof StartEnd startEnd) {
            return startEnd.end().after(payload);
        }
        if (framing instanceof Mllp) {
            return BLOCK_END;
        }
        if (framing instanceof Nmea) {
            return CRLF;
        }
        if (framing instanceof Stomp) {
            return NUL;
        }
        if (framing instanceof Iso8583 iso && iso.trailerBytes() > 0) {
            return ETX;
        }
        boolean isLine =
                framing instanceof Json
                        || framing instanceof Ndjson
                        || framing instanceof Graphite
                        || framing instanceof JsonSequence
                        || (framing instanceof Syslog syslog
                                && syslog.mode() == Syslog.Mode.NON_TRANSPARENT);
        return isLine ? LF : NONE;
    }
}
