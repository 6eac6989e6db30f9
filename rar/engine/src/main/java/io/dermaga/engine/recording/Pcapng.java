package io.dermaga.engine.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Layout of the blocks of a pcapng file that recordings have (draft-ietf-opsawg-pcapng), in network
 * order:
 *
 * <pre>
 * +------+--------+---------------------+---------+--------+
 * | type | length | fixed part, data    | options | length |
 * +------+--------+---------------------+---------+--------+
 * </pre>
 *
 * Everything is padded to 32 bits; an option is a code, a length and its value.
 */
final class Pcapng {

    static final int SECTION = 0x0A0D0D0A;
    static final int INTERFACE = 1;
    static final int PACKET = 6;

    /** The shortest block: type and both lengths. */
    static final int LEAST_BLOCK_BYTES = 12;

    static final int COMMENT = 1;
    static final int NAME = 2;
    static final int FLAGS = 2;
    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    /** Before the data of a packet: interface, time, both lengths. */
    static final int PACKET_FIXED_BYTES = 20;

    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int RAW_IP = 101;
    private static final int APPLICATION = 4;
    private static final int DESCRIPTION = 3;
    private static final int RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final int END = 0;

    private Pcapng() {}

    /** The first block of the file. */
    static void section(ByteBuffer out, String application, String comment) {
        int start = begin(out, SECTION);
        out.putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
        text(out, COMMENT, comment);
        text(out, APPLICATION, application);
        end(out, start);
    }

    /** Packets of a listener follow. */
    static void networkInterface(ByteBuffer out, String name, String description) {
        int start = begin(out, INTERFACE);
        out.putShort((short) RAW_IP).putShort((short) 0).putInt(0);
        text(out, NAME, name);
        text(out, DESCRIPTION, description);
        out.putShort((short) RESOLUTION).putShort((short) 1).put(NANOSECONDS);
        pad(out, 1);
        end(out, start);
    }

    /**
     * The beginning of a packet, after which its bytes are put.
     *
     * @param number of its interface, from 0 on
     * @param nanos since 1970
     * @return to be given to {@link #endPacket}
     */
    static int beginPacket(ByteBuffer out, int number, long nanos, int length) {
        int start = begin(out, PACKET);
        out.putInt(number).putInt((int) (nanos >>> 32)).putInt((int) nanos);
        out.putInt(length).putInt(length);
        return start;
    }

    /** The end of a packet. */
    static void endPacket(ByteBuffer out, int start, int length, boolean inbound, String comment) {
        pad(out, length);
        if (!comment.isEmpty()) {
            text(out, COMMENT, comment);
        }
        out.putShort((short) FLAGS).putShort((short) 4).putInt(inbound ? INBOUND : OUTBOUND);
        end(out, start);
    }

    /** Bytes that a packet takes in the file, at most. */
    static int mostPacketBytes(int length, String comment) {
        int options = 4 + utf8(comment).length + 3 + 8 + 4;
        return LEAST_BLOCK_BYTES + PACKET_FIXED_BYTES + length + 3 + options;
    }

    private static int begin(ByteBuffer out, int type) {
        int start = out.position();
        out.putInt(type).putInt(0);
        return start;
    }

    private static void end(ByteBuffer out, int start) {
        out.putShort((short) END).putShort((short) 0);
        int length = out.position() + 4 - start;
        out.putInt(length);
        out.putInt(start + 4, length);
    }

    private static void text(ByteBuffer out, int code, String text) {
        byte[] bytes = utf8(text);
        out.putShort((short) code).putShort((short) bytes.length).put(bytes);
        pad(out, bytes.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void pad(ByteBuffer out, int length) {
        for (int i = length; i % 4 != 0; i++) {
            out.put((byte) 0);
        }
    }

    /** As it is with its padding. */
    static int padded(int length) {
        return (length + 3) / 4 * 4;
    }
}
