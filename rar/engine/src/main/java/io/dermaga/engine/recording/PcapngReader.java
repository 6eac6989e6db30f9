package io.dermaga.engine.recording;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the blocks of a recording one after another; ends at the first that is not whole. Holds one
 * block in memory. Not thread-safe.
 */
final class PcapngReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 128 * 1024;
    private static final int MOST_BLOCK_BYTES = 256 * 1024;

    /**
     * A packet.
     *
     * @param listener name of its interface
     * @param nanos since 1970
     * @param inbound whether the peer has sent it
     * @param tcp its headers
     * @param payload of TCP; valid until the next packet is read
     * @param comment empty if there is none
     */
    record Packet(
            String listener,
            long nanos,
            boolean inbound,
            TcpPacket.Parsed tcp,
            ByteBuffer payload,
            String comment) {

        byte[] bytes() {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(payload.position(), bytes);
            return bytes;
        }
    }

    private final DataInputStream in;
    private final List<String> interfaces = new ArrayList<>();
    private long whole;

    PcapngReader(InputStream file) {
        this.in = new DataInputStream(new BufferedInputStream(file, BUFFER_BYTES));
    }

    /** Bytes of the blocks that were read. */
    long whole() {
        return whole;
    }

    /** Null after the last one that is whole. */
    @Nullable Packet next() throws IOException {
        while (true) {
            ByteBuffer block = block();
            if (block == null) {
                return null;
            }
            int type = block.getInt(0);
            try {
                if (type == Pcapng.INTERFACE) {
                    interfaces.add(text(block, 16, Pcapng.NAME));
                } else if (type == Pcapng.PACKET) {
                    return packet(block);
                }
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException("block before byte " + whole + " is damaged: " + e, e);
            }
        }
    }

    private @Nullable ByteBuffer block() throws IOException {
        try {
            int type = in.readInt();
            int length = in.readInt();
            if (length < Pcapng.LEAST_BLOCK_BYTES
                    || length > MOST_BLOCK_BYTES
                    || length % 4 != 0
                    || (whole == 0) != (type == Pcapng.SECTION)) {
                return null;
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes, 8, length - 8);
            ByteBuffer block = ByteBuffer.wrap(bytes).putInt(0, type).putInt(4, length);
            if (block.getInt(length - 4) != length) {
                return null;
            }
            whole += length;
            return block;
        } catch (EOFException e) {
            return null;
        }
    }

    private Packet packet(ByteBuffer block) {
        int fixed = 8;
        long nanos =
                ((long) block.getInt(fixed + 4) << 32) | (block.getInt(fixed + 8) & 0xFFFFFFFFL);
        int length = block.getInt(fixed + 12);
        int data = fixed + Pcapng.PACKET_FIXED_BYTES;
        int options = data + Pcapng.padded(length);
        ByteBuffer packet = block.duplicate().limit(data + length).position(data);
        TcpPacket.Parsed tcp = TcpPacket.parse(packet);
        int flags = option(block, options, Pcapng.FLAGS);
        boolean inbound = flags >= 0 && (block.getInt(flags + 4) & 3) == Pcapng.INBOUND;
        return new Packet(
                interfaces.get(block.getInt(fixed)),
                nanos,
                inbound,
                tcp,
                packet.position(tcp.payload()),
                text(block, options, Pcapng.COMMENT));
    }

    /** Empty if there is no such option. */
    private static String text(ByteBuffer block, int options, int code) {
        int at = option(block, options, code);
        if (at < 0) {
            return "";
        }
        byte[] value = new byte[block.getShort(at + 2) & 0xFFFF];
        block.get(at + 4, value);
        return new String(value, StandardCharsets.UTF_8);
    }

    /** Where an option is; -1 if it is not there. */
    private static int option(ByteBuffer block, int from, int code) {
        int at = from;
        while (at + 8 <= block.limit()) {
            int found = block.getShort(at) & 0xFFFF;
            if (found == code) {
                return at;
            }
            if (found == 0) {
                return -1;
            }
            at += 4 + Pcapng.padded(block.getShort(at + 2) & 0xFFFF);
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
