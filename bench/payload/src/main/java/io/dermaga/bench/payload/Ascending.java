package io.dermaga.bench.payload;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads ints of a stream at ascending offsets, and copies nothing else of it. */
public final class Ascending implements IntAt {

    private final DataInputStream in;
    private int position;

    /**
     * @param in a payload, from its first byte
     */
    public Ascending(InputStream in) {
        this.in = new DataInputStream(in);
    }

    @Override
    public int at(int offset) {
        try {
            in.skipNBytes(offset - position);
            position = offset + Integer.BYTES;
            return in.readInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
