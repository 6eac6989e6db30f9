package io.dermaga.engine.monitor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How many bytes wait in the kernel's receive queue of each TCP connection of this machine, as
 * Linux tells in {@code /proc/net/tcp} and {@code tcp6} (proc(5), column {@code rx_queue}). Reading
 * it takes milliseconds for ten thousand connections and is done only when somebody looks.
 */
public final class KernelQueues {

    private static final Path[] TABLES = {
        Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6")
    };

    private final Map<List<InetSocketAddress>, Long> bytes;
    private final boolean known;

    private KernelQueues(Map<List<InetSocketAddress>, Long> bytes, boolean known) {
        this.bytes = bytes;
        this.known = known;
    }

    /** The queues now. */
    public static KernelQueues read() {
        Map<List<InetSocketAddress>, Long> bytes = new HashMap<>();
        boolean known = false;
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
                    lines.skip(1).forEach(line -> add(bytes, line));
                    known = true;
                } catch (IOException | RuntimeException e) {
                    return new KernelQueues(Map.of(), false);
                }
            }
        }
        return new KernelQueues(bytes, known);
    }

    /** Bytes in the queue of one connection; -1 where the system does not tell. */
    public long bytes(InetSocketAddress local, InetSocketAddress remote) {
        return known ? bytes.getOrDefault(List.of(local, remote), 0L) : -1;
    }

    /** Whether the system tells at all. */
    public boolean known() {
        return known;
    }

    private static void add(Map<List<InetSocketAddress>, Long> bytes, String line) {
        String[] columns = line.strip().split("\\s+", 6);
        if (columns.length < 5) {
            return;
        }
        long queued = Long.parseLong(columns[4].substring(columns[4].indexOf(':') + 1), 16);
        if (queued > 0) {
            bytes.put(List.of(address(columns[1]), address(columns[2])), queued);
        }
    }

    /** The kernel prints each 32-bit word of an address in its own byte order. */
    private static InetSocketAddress address(String text) {
        int colon = text.indexOf(':');
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(text.substring(0, colon)));
        ByteBuffer raw = ByteBuffer.allocate(words.capacity()).order(ByteOrder.nativeOrder());
        while (words.hasRemaining()) {
            raw.putInt(words.getInt());
        }
        try {
            // an IPv4 address inside IPv6 becomes IPv4, as in Java's own addresses
            return new InetSocketAddress(
                    InetAddress.getByAddress(raw.array()),
                    Integer.parseInt(text.substring(colon + 1), 16));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
