package io.dermaga.engine.framing;

import io.dermaga.engine.payload.Place;

/**
 * Bytes that belong to no payload that is delivered, and to no envelope.
 *
 * @param kind how they were lost
 * @param frames that were discarded; 0 if it was none
 * @param size of the payload as the peer sent it; for {@link Kind#STRAY} of the bytes
 * @param firstByteNanos {@link System#nanoTime()} of the first of them
 * @param place of the frame; unknown where it is none, or several
 * @param text numbered, one sentence
 */
public record LostBytes(
        Kind kind, long frames, long size, long firstByteNanos, Place place, String text) {

    /** How bytes are lost. */
    public enum Kind {
        /** A payload was larger than {@code maxPayload} and was cut. */
        TRUNCATED,
        /** A payload was larger than {@code maxPayload} and was discarded. */
        OVERSIZE,
        /** A frame is complete, but not valid. */
        INVALID,
        /** Bytes lie between frames. */
        STRAY,
        /** More frames than are told of one by one were lost in one read. */
        MORE
    }

    static LostBytes truncated(
            FramingOptions options, long size, long firstByteNanos, Place place) {
        String text = oversizeText(options, size, "cut");
        return new LostBytes(Kind.TRUNCATED, 0, size, firstByteNanos, place, text);
    }

    static LostBytes oversize(FramingOptions options, long size, long firstByteNanos, Place place) {
        String text = oversizeText(options, size, "discarded");
        return new LostBytes(Kind.OVERSIZE, 1, size, firstByteNanos, place, text);
    }

    private static String oversizeText(FramingOptions options, long size, String what) {
        return "DMG2111 payload of %d bytes exceeds maxPayload=%d bytes; %s"
                .formatted(size, options.maxPayload(), what);
    }

    static LostBytes invalid(
            Framing framing, long size, long firstByteNanos, Place place, String expected) {
        String text =
                "DMG2109 frame of %d bytes does not follow framing '%s': expected %s"
                        .formatted(size, framing.form(), expected);
        return new LostBytes(Kind.INVALID, 1, size, firstByteNanos, place, text);
    }

    static LostBytes stray(long size, long firstByteNanos, String what) {
        String text = "DMG2110 " + size + " bytes between frames " + what;
        return new LostBytes(Kind.STRAY, 0, size, firstByteNanos, Place.UNKNOWN, text);
    }

    static LostBytes more(
            Framing framing, FramingOptions options, long frames, long size, long firstByteNanos) {
        String text =
                "DMG2113 %d more frames of %d bytes do not follow framing '%s' or exceed maxPayload=%d bytes"
                        .formatted(frames, size, framing.form(), options.maxPayload());
        return new LostBytes(Kind.MORE, frames, size, firstByteNanos, Place.UNKNOWN, text);
    }
}
