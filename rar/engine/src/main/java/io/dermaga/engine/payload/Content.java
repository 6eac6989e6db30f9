package io.dermaga.engine.payload;

/** The bytes of one or more complete payloads of one connection. */
public sealed interface Content permits Frames, SpilledFrame {

    /** How many payloads. */
    int count();

    /** Size of all payloads together. */
    long bytes();

    /** Size of one payload. */
    long size(int index);

    /** Size of one payload as the peer sent it; larger than {@link #size} if it was cut. */
    long originalSize(int index);

    /** Whether it is one payload that was too large, and is its beginning. */
    default boolean isCut() {
        return originalSize(0) > size(0);
    }

    /** {@link System#nanoTime()} of the first byte of one payload's frame. */
    long firstByteNanos(int index);

    /** {@link System#nanoTime()} of the last byte of all payloads. */
    long lastByteNanos();

    /** Offset in the stream of the first byte of one payload's frame; -1 if it is not known. */
    long streamStart(int index);

    /** Offset in the stream after the last byte of one payload's frame; -1 if it is not known. */
    long streamEnd(int index);

    /** Reads that brought one payload's frame; 0 if that is not known. */
    int reads(int index);

    /** Gives memory, budget or disk back. Exactly once, by the owner. */
    void release();
}
