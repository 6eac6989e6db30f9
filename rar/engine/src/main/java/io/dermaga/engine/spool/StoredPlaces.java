package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import io.netty.buffer.ByteBuf;

/**
 * Where the frames of an entry lay in the stream of their connection. Bursts of small payloads are
 * many: where frames follow each other and have as many bytes of their own, that is said once.
 *
 * <pre>
 *   kind 1: 0 not known
 *           1 alike | reads 4 | start 8 | envelope
 *           2 each  | reads 4 | start 8 | for each payload: gap before it, envelope
 *   envelope: bytes of a frame beyond its payload; it and gaps as LEB128
 * </pre>
 */
final class StoredPlaces {

    private static final int UNKNOWN = 0;
    private static final int ALIKE = 1;
    private static final int EACH = 2;

    /** Of what came another way. */
    static final StoredPlaces NONE = new StoredPlaces(0, new long[0], new long[0]);

    private final int reads;
    private final long[] starts;
    private final long[] ends;

    private StoredPlaces(int reads, long[] starts, long[] ends) {
        this.reads = reads;
        this.starts = starts;
        this.ends = ends;
    }

    static StoredPlaces of(Content content) {
        int count = content.count();
        if (count == 0 || content.streamStart(0) < 0) {
            return NONE;
        }
        long[] starts = new long[count];
        long[] ends = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = content.streamStart(i);
            ends[i] = content.streamEnd(i);
        }
        return new StoredPlaces(content.reads(0), starts, ends);
    }

    boolean areKnown() {
        return starts.length > 0;
    }

    /** Of the first one; the others came with its last. */
    int reads() {
        return reads;
    }

    long start(int index) {
        return starts[index];
    }

    long end(int index) {
        return ends[index];
    }

    /**
     * @param sizes of the payloads
     */
    void encode(ByteBuf out, long[] sizes) {
        if (!areKnown()) {
            out.writeByte(UNKNOWN);
            return;
        }
        boolean alike = areAlike(sizes);
        out.writeByte(alike ? ALIKE : EACH).writeInt(reads).writeLong(starts[0]);
        if (alike) {
            writeNumber(out, envelope(0, sizes));
            return;
        }
        for (int i = 0; i < sizes.length; i++) {
            writeNumber(out, gap(i));
            writeNumber(out, envelope(i, sizes));
        }
    }

    private boolean areAlike(long[] sizes) {
        for (int i = 1; i < sizes.length; i++) {
            if (gap(i) != 0 || envelope(i, sizes) != envelope(0, sizes)) {
                return false;
            }
        }
        return true;
    }

    private long gap(int index) {
        return index == 0 ? 0 : starts[index] - ends[index - 1];
    }

    private long envelope(int index, long[] sizes) {
        return ends[index] - starts[index] - sizes[index];
    }

    /**
     * @throws IllegalArgumentException if it was not written by {@link #encode}
     */
    static StoredPlaces decode(ByteBuf in, long[] sizes) {
        int kind = in.readByte();
        if (kind == UNKNOWN) {
            return NONE;
        }
        if ((kind != ALIKE && kind != EACH) || sizes.length == 0) {
            throw new IllegalArgumentException("places: given=" + kind);
        }
        int reads = in.readInt();
        long next = in.readLong();
        long[] starts = new long[sizes.length];
        long[] ends = new long[sizes.length];
        long envelope = kind == ALIKE ? readNumber(in) : 0;
        for (int i = 0; i < sizes.length; i++) {
            if (kind == EACH) {
                next += readNumber(in);
                envelope = readNumber(in);
            }
            starts[i] = next;
            next += sizes[i] + envelope;
            ends[i] = next;
        }
        return new StoredPlaces(reads, starts, ends);
    }

    private static void writeNumber(ByteBuf out, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    private static long readNumber(ByteBuf in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte b = in.readByte();
            number |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("not a number");
    }
}
