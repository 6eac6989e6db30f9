package io.dermaga.bench.payload;

import java.nio.ByteBuffer;

/** What a server that echoes writes. */
public final class Answer {

    private Answer() {}

    /**
     * Returns a new array: the big-endian length of the payload in four bytes, then the payload.
     */
    public static byte[] framed(byte[] payload) {
        return ByteBuffer.allocate(Integer.BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
