package io.dermaga.engine.payload;

/**
 * Where a frame lies in the stream of its connection: bytes as they were read, without PROXY header
 * and TLS, those of the framing included.
 *
 * @param start offset of its first byte, from 0; -1 if it is not known
 * @param end offset after its last byte
 * @param reads that brought it
 */
public record Place(long start, long end, int reads) {

    /** Of what came another way. */
    public static final Place UNKNOWN = new Place(-1, -1, 0);
}
