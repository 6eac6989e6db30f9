package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/** CRC-16/ARC, also called CRC-16/IBM: polynomial 8005, reflected, beginning with 0. */
final class Crc16 {

    private static final int REFLECTED_POLYNOMIAL = 0xa001;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ REFLECTED_POLYNOMIAL : crc >>> 1;
            }
            TABLE[i] = crc;
        }
    }

    private int crc;

    void reset() {
        crc = 0;
    }

    void update(ByteBuf bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            crc = crc >>> 8 ^ TABLE[(crc ^ bytes.getByte(i)) & 0xff];
        }
    }

    int value() {
        return crc;
    }
}
