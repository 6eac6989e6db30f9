package io.dermaga.engine.recording;

import io.dermaga.engine.recording.TcpPacket.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;

/** A pcapng file that is written, block by block. On the thread of the recording. */
final class PcapngFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 * 1024;

    /** Larger than every block. */
    private static final int ROOM_BYTES = 64 * 1024;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Map<String, Integer> interfaces = new HashMap<>();
    private long written;

    PcapngFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Bytes that it has, those included that are still in memory. */
    long bytes() {
        return written + buffer.position();
    }

    /** Says what the file is. */
    void begin(String application, String recording) throws IOException {
        Pcapng.section(
                room(),
                application,
                "Recording "
                        + recording
                        + " of Dermaga: payload bytes as they were read and written, those inside of TLS"
                        + " where a connection is encrypted; headers of IP and TCP are made up.");
    }

    /** The number of the interface that stands for a listener. */
    int networkInterface(String listener) throws IOException {
        Integer known = interfaces.get(listener);
        if (known != null) {
            return known;
        }
        Pcapng.networkInterface(room(), listener, "Dermaga listener " + listener);
        interfaces.put(listener, interfaces.size());
        return interfaces.size() - 1;
    }

    void packet(
            int networkInterface,
            long nanos,
            boolean inbound,
            Header header,
            byte[] data,
            int offset,
            int length,
            String comment)
            throws IOException {
        ByteBuffer out = room();
        int bytes = TcpPacket.bytes(header, length);
        int start = Pcapng.beginPacket(out, networkInterface, nanos, bytes);
        TcpPacket.write(out, header, data, offset, length);
        Pcapng.endPacket(out, start, bytes, inbound, comment);
    }

    private ByteBuffer room() throws IOException {
        if (buffer.remaining() < ROOM_BYTES) {
            flush();
        }
        return buffer;
    }

    /** Gives whole blocks to the system. */
    void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            written += channel.write(buffer);
        }
        buffer.clear();
    }

    /** Bytes that others can read. */
    long flushed() {
        return written;
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
            channel.force(true);
        } finally {
            channel.close();
        }
    }
}
