package io.dermaga.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pcapng file as a reader sees it that knows nothing of what has written it: checks lengths,
 * checksums, and that sequence numbers leave no hole.
 */
final class CapturedFile {

    /** Bytes that one port has sent to the other, and the flags of its packets in order. */
    static final class Stream {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Integer> flags = new ArrayList<>();
        private @Nullable Integer next;

        private void take(int sequence, int flag, byte[] payload) {
            if (next != null && next != sequence) {
                throw new IllegalStateException("hole: " + next + " expected, is " + sequence);
            }
            flags.add(flag);
            bytes.writeBytes(payload);
            next = sequence + payload.length + ((flag & 3) != 0 ? 1 : 0);
        }

        String text() {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }

        boolean has(int flag) {
            return flags.stream().anyMatch(one -> (one & flag) != 0);
        }
    }

    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;

    final List<String> interfaces = new ArrayList<>();
    final List<String> comments = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    private final Map<String, Stream> streams = new LinkedHashMap<>();

    CapturedFile(byte[] file) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(file);
        while (all.hasRemaining()) {
            int type = all.getInt(all.position());
            int length = all.getInt(all.position() + 4);
            ByteBuffer block = all.slice(all.position(), length);
            if (block.getInt(length - 4) != length) {
                throw new IOException("block is not whole");
            }
            block(type, block);
            all.position(all.position() + length);
        }
    }

    private void block(int type, ByteBuffer block) throws IOException {
        if (type == 1) {
            Map<Integer, byte[]> options = options(block, 16);
            interfaces.add(text(options, 2));
            if (Objects.requireNonNull(options.get(9))[0] != 9 || block.getShort(8) != 101) {
                throw new IOException("not nanoseconds, or not raw IP");
            }
        } else if (type == 6) {
            int length = block.getInt(20);
            times.add(((long) block.getInt(12) << 32) + (block.getInt(16) & 0xFFFFFFFFL));
            packet(block.slice(28, length));
            Map<Integer, byte[]> options = options(block, 28 + (length + 3) / 4 * 4);
            if (options.containsKey(1)) {
                comments.add(text(options, 1));
            }
        }
    }

    private static Map<Integer, byte[]> options(ByteBuffer block, int from) {
        Map<Integer, byte[]> options = new HashMap<>();
        int at = from;
        while (at + 4 < block.limit() && block.getShort(at) != 0) {
            byte[] value = new byte[block.getShort(at + 2)];
            block.get(at + 4, value);
            options.put((int) block.getShort(at), value);
            at += 4 + (value.length + 3) / 4 * 4;
        }
        return options;
    }

    private static String text(Map<Integer, byte[]> options, int code) {
        return new String(Objects.requireNonNull(options.get(code)), StandardCharsets.UTF_8);
    }

    private void packet(ByteBuffer packet) throws IOException {
        boolean four = packet.get(0) >> 4 == 4;
        int tcp = four ? 20 : 40;
        int length = four ? packet.getShort(2) & 0xFFFF : 40 + (packet.getShort(4) & 0xFFFF);
        if (length != packet.limit()) {
            throw new IOException("length of IP is " + length);
        }
        int pseudo = 6 + packet.limit() - tcp;
        int from = four ? 12 : 8;
        if (sum(packet.slice(from, packet.limit() - from), pseudo) != 0xFFFF
                || (four && sum(packet.slice(0, 20), 0) != 0xFFFF)) {
            throw new IOException("checksum is wrong");
        }
        byte[] payload = new byte[packet.limit() - tcp - 20];
        packet.get(tcp + 20, payload);
        String key = key(four, packet.getShort(tcp) & 0xFFFF, packet.getShort(tcp + 2) & 0xFFFF);
        if ((packet.get(tcp + 13) & SYN) != 0) {
            streams.remove(key);
        }
        streams.computeIfAbsent(key, none -> new Stream())
                .take(packet.getInt(tcp + 4), packet.get(tcp + 13), payload);
    }

    private static int sum(ByteBuffer bytes, int begin) {
        int sum = begin;
        for (int i = 0; i < bytes.limit(); i++) {
            sum += (bytes.get(i) & 0xFF) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return sum;
    }

    /** Both versions of IP have all the ports. */
    private static String key(boolean four, int from, int to) {
        return (four ? "IPv4 " : "IPv6 ") + from + ">" + to;
    }

    Stream stream(int from, int to) {
        Stream found = stream(true, from, to);
        return found.flags.isEmpty() ? stream(false, from, to) : found;
    }

    Stream stream(boolean four, int from, int to) {
        Stream found = streams.get(key(four, from, to));
        return found == null ? new Stream() : found;
    }

    int streams() {
        return streams.size();
    }
}
