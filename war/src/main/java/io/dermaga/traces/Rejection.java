package io.dermaga.traces;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a collector did not take of a request that it has taken: {@code partial_success} of an
 * {@code ExportTraceServiceResponse} of OTLP 1.x.
 *
 * @param spans how many; a warning comes with 0
 * @param why in the collector's words; empty if it says nothing
 */
record Rejection(long spans, String why) {

    static final Rejection NONE = new Rejection(0, "");

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    /** What an answer says; {@link #NONE} as well if it cannot be read. */
    static Rejection of(byte[] answer) {
        try {
            return read(ByteBuffer.wrap(answer));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            return NONE;
        }
    }

    private static Rejection read(ByteBuffer response) {
        Rejection found = NONE;
        while (response.hasRemaining()) {
            long tag = varint(response);
            if (tag == (1 << 3 | LENGTH)) {
                found = partial(bytes(response));
            } else {
                skip(response, tag);
            }
        }
        return found;
    }

    private static Rejection partial(ByteBuffer success) {
        long spans = 0;
        String why = "";
        while (success.hasRemaining()) {
            long tag = varint(success);
            if (tag == (1 << 3 | VARINT)) {
                spans = Math.max(0, varint(success));
            } else if (tag == (2 << 3 | LENGTH)) {
                why = StandardCharsets.UTF_8.decode(bytes(success)).toString();
            } else {
                skip(success, tag);
            }
        }
        return new Rejection(spans, why);
    }

    private static void skip(ByteBuffer from, long tag) {
        switch ((int) (tag & 7)) {
            case VARINT -> varint(from);
            case FIXED_64 -> from.getLong();
            case LENGTH -> bytes(from);
            case FIXED_32 -> from.getInt();
            default -> throw new IllegalArgumentException("tag " + tag);
        }
    }

    private static ByteBuffer bytes(ByteBuffer from) {
        long length = varint(from);
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer bytes = from.slice(from.position(), (int) length);
        from.position(from.position() + (int) length);
        return bytes;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = from.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }
}
