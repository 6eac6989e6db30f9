package io.dermaga.engine.framing;

/**
 * Bytes that belong to no payload that is delivered, and to no envelope.
 *
 * @param kind how they were lost
 * @param frames that were discarded; 0 if it was none
 * @param size of the payload as the peer sent it; for {@link Kind#STRAY} of the bytes
 * @param firstByteNanos {@link System#nanoTime()} of the first of them
 * @param text numbered, one sentence
 */
public record LostBytes(Kind kind, long frames, long size, long firstByteNanos, String text) {

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
}
