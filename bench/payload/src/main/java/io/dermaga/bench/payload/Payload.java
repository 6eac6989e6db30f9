package io.dermaga.bench.payload;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The layout of a payload: four big-endian ints, then a body of any bytes.
 *
 * <pre>
 *   0            4          8      12      16
 *   +------------+----------+------+-------+----------------+
 *   | connection | sequence | mask | check | body, 4 or more |
 *   +------------+----------+------+-------+----------------+
 * </pre>
 *
 * <p>The check covers the size, the first three ints and eight ints spread evenly over the body
 * from its first byte to its last. It finds a payload that is cut short, shifted or joined wrongly,
 * at a cost that does not depend on the size; a byte changed between two samples it does not find.
 */
public final class Payload {

    /** Where the id of the connection is. */
    public static final int CONNECTION = 0;

    /** Where the number of the payload on its connection is, cut to {@link #MASK}. */
    public static final int SEQUENCE = 4;

    /** Where the bits of the sequence that count are; all ones unless sequences repeat. */
    public static final int MASK = 8;

    /** Where the check is. */
    public static final int CHECK = 12;

    /** Where the body starts. */
    public static final int BODY = 16;

    /** The size of the smallest payload in bytes. */
    public static final int MIN_SIZE = 20;

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int SEED = 0x811C9DC5;
    private static final int PRIME = 16777619;
    private static final int LAST_SAMPLE = 7;

    private Payload() {}

    /**
     * Makes a payload of bytes whose body is already there: writes the four ints before it.
     *
     * @param offset where the payload starts in the array
     * @param size of the whole payload, {@link #MIN_SIZE} or more
     * @param number of the payload on its connection, counted from 0; cut to the mask here
     */
    public static void write(
            byte[] bytes, int offset, int size, int connection, int number, int mask) {
        if (size < MIN_SIZE) {
            throw new IllegalArgumentException("payload too small: size=" + size);
        }
        int sequence = number & mask;
        INT.set(bytes, offset + CONNECTION, connection);
        INT.set(bytes, offset + SEQUENCE, sequence);
        INT.set(bytes, offset + MASK, mask);
        int check = check(bytes, offset, size, connection, sequence, mask);
        INT.set(bytes, offset + CHECK, check);
    }

    static int intAt(byte[] bytes, int index) {
        return (int) INT.get(bytes, index);
    }

    // The loop is written once for each kind of buffer, so that each is compiled with plain reads.

    static int check(byte[] bytes, int offset, int size, int connection, int sequence, int mask) {
        int check = begin(size, connection, sequence, mask);
        for (int k = 0; k <= LAST_SAMPLE; k++) {
            check = mix(check, intAt(bytes, offset + sample(size, k)));
        }
        return check;
    }

    static int check(
            ByteBuffer bytes, int offset, int size, int connection, int sequence, int mask) {
        int check = begin(size, connection, sequence, mask);
        for (int k = 0; k <= LAST_SAMPLE; k++) {
            check = mix(check, bytes.getInt(offset + sample(size, k)));
        }
        return check;
    }

    static int check(IntAt bytes, int size, int connection, int sequence, int mask) {
        int check = begin(size, connection, sequence, mask);
        for (int k = 0; k <= LAST_SAMPLE; k++) {
            check = mix(check, bytes.at(sample(size, k)));
        }
        return check;
    }

    private static int begin(int size, int connection, int sequence, int mask) {
        return mix(mix(mix(SEED ^ size, connection), sequence), mask);
    }

    private static int mix(int check, int value) {
        return (check ^ value) * PRIME;
    }

    private static int sample(int size, int k) {
        return BODY + (size - MIN_SIZE) * k / LAST_SAMPLE;
    }
}
