package io.dermaga.bench.payload;

/** Reads a payload that is neither a byte array nor a {@link java.nio.ByteBuffer}. */
@FunctionalInterface
public interface IntAt {

    /**
     * Returns the big-endian int that starts at a byte of the payload.
     *
     * @param offset from the first byte of the payload; need not be a multiple of four
     */
    int at(int offset);
}
