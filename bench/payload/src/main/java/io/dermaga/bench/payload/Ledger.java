package io.dermaga.bench.payload;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Verifies payloads and counts them: each must be whole, and the next of its connection.
 *
 * <p>Any number of threads may verify at once, but the payloads of one connection must come one
 * after another, each seeing what the one before has done. That is the order a server owes its
 * connections anyway, so nothing is synchronised here. Counts are exact once the servers are quiet.
 *
 * <p>{@code verify} takes some nanoseconds and allocates nothing for a right payload.
 */
public final class Ledger {

    /** How many connection ids there are; ids are smaller than this. */
    public static final int CONNECTIONS = 1 << 20;

    private static final int TOLD = 5;

    private final int[] expected = new int[CONNECTIONS];
    private final AtomicLong errors = new AtomicLong();

    /**
     * Verifies a payload in a byte array.
     *
     * @return whether it was right
     */
    public boolean verify(byte[] bytes, int offset, int size) {
        if (size < Payload.MIN_SIZE) {
            return tooSmall(size);
        }
        int connection = Payload.intAt(bytes, offset + Payload.CONNECTION);
        int sequence = Payload.intAt(bytes, offset + Payload.SEQUENCE);
        int mask = Payload.intAt(bytes, offset + Payload.MASK);
        int check = Payload.intAt(bytes, offset + Payload.CHECK);
        int computed = Payload.check(bytes, offset, size, connection, sequence, mask);
        return enter(size, connection, sequence, mask, check, computed);
    }

    /**
     * Verifies a payload in a buffer; position and limit are neither used nor moved.
     *
     * @param bytes a big-endian buffer, as buffers are unless told otherwise
     * @param offset where the payload starts, from index 0 of the buffer
     * @return whether it was right
     */
    public boolean verify(ByteBuffer bytes, int offset, int size) {
        if (size < Payload.MIN_SIZE) {
            return tooSmall(size);
        }
        int connection = bytes.getInt(offset + Payload.CONNECTION);
        int sequence = bytes.getInt(offset + Payload.SEQUENCE);
        int mask = bytes.getInt(offset + Payload.MASK);
        int check = bytes.getInt(offset + Payload.CHECK);
        int computed = Payload.check(bytes, offset, size, connection, sequence, mask);
        return enter(size, connection, sequence, mask, check, computed);
    }

    /**
     * Verifies a payload in any other kind of buffer.
     *
     * @return whether it was right
     */
    public boolean verify(IntAt bytes, int size) {
        if (size < Payload.MIN_SIZE) {
            return tooSmall(size);
        }
        int connection = bytes.at(Payload.CONNECTION);
        int sequence = bytes.at(Payload.SEQUENCE);
        int mask = bytes.at(Payload.MASK);
        int check = bytes.at(Payload.CHECK);
        int computed = Payload.check(bytes, size, connection, sequence, mask);
        return enter(size, connection, sequence, mask, check, computed);
    }

    /** Returns how many payloads were right so far. */
    public long verified() {
        long sum = 0;
        for (int count : expected) {
            sum += Integer.toUnsignedLong(count);
        }
        return sum;
    }

    /** Returns how many payloads were wrong so far. */
    public long errors() {
        return errors.get();
    }

    private boolean enter(
            int size, int connection, int sequence, int mask, int check, int computed) {
        if (check == computed
                && Integer.compareUnsigned(connection, CONNECTIONS) < 0
                && sequence == (expected[connection] & mask)) {
            expected[connection]++;
            return true;
        }
        return wrong(size, connection, sequence, mask, check, computed);
    }

    private boolean wrong(
            int size, int connection, int sequence, int mask, int check, int computed) {
        String what;
        if (check != computed) {
            what = "is damaged: computed=0x%08x".formatted(computed);
        } else if (Integer.compareUnsigned(connection, CONNECTIONS) >= 0) {
            what = "has no valid connection: connections=" + CONNECTIONS;
        } else {
            what = "is not the next of its connection: expected=" + (expected[connection] & mask);
        }
        return error(
                "A payload %s, size=%d, connection=%d, sequence=%d, mask=0x%x, check=0x%08x"
                        .formatted(what, size, connection, sequence, mask, check));
    }

    private boolean tooSmall(int size) {
        return error("A payload is too small: size=" + size + ", smallest=" + Payload.MIN_SIZE);
    }

    private boolean error(String sentence) {
        if (errors.incrementAndGet() <= TOLD) {
            System.err.println(sentence);
        }
        return false;
    }
}
