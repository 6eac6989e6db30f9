package io.dermaga.engine.recording;

import io.dermaga.api.monitor.RecordedConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connections in a recording, found by reading it from beginning to end. Not thread-safe. */
final class RecordedPackets implements AutoCloseable {

    /** One of them, as far as it is read. */
    private static final class Found {
        final PcapngReader.Packet first;
        final InetSocketAddress remote;
        final InetSocketAddress local;
        final boolean whole;
        @Nullable String end;
        long lastNanos;
        long bytesRead;
        long bytesWritten;

        Found(PcapngReader.Packet first) {
            this.first = first;
            this.remote = remote(first);
            this.local = local(first);
            this.whole = !first.comment().contains(Conversation.MIDDLE);
        }
    }

    /**
     * A packet, and whose it is.
     *
     * @param connection id of the connection
     */
    record Item(String connection, PcapngReader.Packet packet) {}

    private final PcapngReader reader;
    private final Map<List<InetSocketAddress>, String> open = new HashMap<>();

    RecordedPackets(InputStream file) {
        this.reader = new PcapngReader(file);
    }

    private static InetSocketAddress remote(PcapngReader.Packet packet) {
        TcpPacket.Header header = packet.tcp().header();
        return packet.inbound() ? header.source() : header.destination();
    }

    private static InetSocketAddress local(PcapngReader.Packet packet) {
        TcpPacket.Header header = packet.tcp().header();
        return packet.inbound() ? header.destination() : header.source();
    }

    /** Null after the last. */
    @Nullable Item next() throws IOException {
        PcapngReader.Packet packet = reader.next();
        while (packet != null) {
            List<InetSocketAddress> key = List.of(remote(packet), local(packet));
            String id = word(packet.comment(), Conversation.CONNECTION);
            if (id != null) {
                open.put(key, id); // addresses are used again
            }
            String whose = open.get(key);
            if (whose != null) {
                return new Item(whose, packet);
            }
            packet = reader.next();
        }
        return null;
    }

    /** Bytes of the blocks that were read. */
    long whole() {
        return reader.whole();
    }

    /** All of them, in the order of their beginning; reads to the end. */
    List<RecordedConnection> connections() throws IOException {
        Map<String, Found> all = new LinkedHashMap<>();
        for (Item item = next(); item != null; item = next()) {
            PcapngReader.Packet packet = item.packet();
            Found found = all.computeIfAbsent(item.connection(), id -> new Found(packet));
            found.lastNanos = packet.nanos();
            int bytes = packet.payload().remaining();
            found.bytesRead += packet.inbound() ? bytes : 0;
            found.bytesWritten += packet.inbound() ? 0 : bytes;
            String end = word(packet.comment(), Conversation.END);
            found.end = end == null ? found.end : end;
        }
        List<RecordedConnection> connections = new ArrayList<>();
        all.forEach((id, found) -> connections.add(described(id, found)));
        return connections;
    }

    private static RecordedConnection described(String id, Found found) {
        return new RecordedConnection(
                id,
                found.first.listener(),
                found.remote,
                found.local,
                instant(found.first.nanos()),
                instant(found.lastNanos),
                found.whole,
                found.end,
                found.bytesRead,
                found.bytesWritten);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    private static @Nullable String word(String comment, String name) {
        int at = comment.indexOf(name);
        if (at < 0) {
            return null;
        }
        String rest = comment.substring(at + name.length());
        int blank = rest.indexOf(' ');
        return blank < 0 ? rest : rest.substring(0, blank);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
