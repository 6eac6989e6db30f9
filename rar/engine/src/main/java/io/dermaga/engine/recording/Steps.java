package io.dermaga.engine.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What happened on one recorded connection, step by step. Not thread-safe. */
final class Steps implements AutoCloseable {

    /** A read of a peer is put together again up to this size. */
    private static final int MOST_BYTES = 1024 * 1024;

    /** What has happened. */
    enum Kind {
        /** The peer has sent bytes that were read at once. */
        READ,
        WRITTEN,
        PEER_ENDED,
        PEER_RESET,
        ENDED,
        RESET
    }

    /** One step. */
    static final class Step {

        private final Kind kind;
        private final long nanos;
        private final byte[] data;

        /**
         * @param nanos since 1970
         */
        Step(Kind kind, long nanos, byte[] data) {
            this.kind = kind;
            this.nanos = nanos;
            this.data = data;
        }

        Kind kind() {
            return kind;
        }

        long nanos() {
            return nanos;
        }

        byte[] data() {
            return data;
        }
    }

    private final RecordedPackets packets;
    private final String connection;

    /**
     * @param connection id of it
     */
    Steps(InputStream file, String connection) {
        this.packets = new RecordedPackets(file);
        this.connection = connection;
    }

    /** Null after the last. */
    @Nullable Step next() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(0);
        for (PcapngReader.Packet packet = packet(); packet != null; packet = packet()) {
            Step step = step(packet, read);
            if (step != null) {
                return step;
            }
        }
        return null;
    }

    private @Nullable Step step(PcapngReader.Packet packet, ByteArrayOutputStream read) {
        boolean inbound = packet.inbound();
        TcpPacket.Parsed tcp = packet.tcp();
        if (tcp.has(TcpPacket.RST)) {
            return step(inbound ? Kind.PEER_RESET : Kind.RESET, packet, Entry.NONE);
        }
        if (tcp.has(TcpPacket.FIN)) {
            return step(inbound ? Kind.PEER_ENDED : Kind.ENDED, packet, Entry.NONE);
        }
        if (!packet.payload().hasRemaining()) {
            return null; // acknowledgements
        }
        if (!inbound) {
            return step(Kind.WRITTEN, packet, packet.bytes());
        }
        read.writeBytes(packet.bytes());
        boolean whole = tcp.has(TcpPacket.PSH) || read.size() >= MOST_BYTES;
        return whole ? step(Kind.READ, packet, read.toByteArray()) : null;
    }

    private static Step step(Kind kind, PcapngReader.Packet packet, byte[] data) {
        return new Step(kind, packet.nanos(), data);
    }

    private PcapngReader.@Nullable Packet packet() throws IOException {
        RecordedPackets.Item item = packets.next();
        while (item != null && !item.connection().equals(connection)) {
            item = packets.next();
        }
        return item == null ? null : item.packet();
    }

    @Override
    public void close() throws IOException {
        packets.close();
    }
}
