package io.dermaga.engine.spool;

import io.dermaga.engine.payload.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is stored beside the bytes of an entry.
 *
 * <pre>
 *   version 1 | run 8 | number 8 | first payload 8 | opened, first byte, last byte: 8 each, µs since 1970
 *   cut 8 | connection id | remote | local | charset | payloads 4 | size of each: 4, or 8 if it is one
 *   from version 2 on: where they lay in the stream, see StoredPlaces
 *   text: length 2, UTF-8     address: length 1, bytes, port 2
 * </pre>
 */
final class EntryHead {

    private static final byte VERSION = 2;
    private static final byte VERSION_WITHOUT_PLACES = 1;

    private final EntryId id;
    private final SpooledConnection connection;
    private final long firstNumber;
    private final Instant firstByteAt;
    private final Instant lastByteAt;
    private final long cut;
    private final long[] sizes;
    private final StoredPlaces places;

    private EntryHead(
            EntryId id,
            SpooledConnection connection,
            long firstNumber,
            Instant firstByteAt,
            Instant lastByteAt,
            long cut,
            long[] sizes,
            StoredPlaces places) {
        this.id = id;
        this.connection = connection;
        this.firstNumber = firstNumber;
        this.firstByteAt = firstByteAt;
        this.lastByteAt = lastByteAt;
        this.cut = cut;
        this.sizes = sizes;
        this.places = places;
    }

    static EntryHead of(
            EntryId id,
            SpooledConnection connection,
            long firstNumber,
            Instant firstByteAt,
            Instant lastByteAt,
            Content content) {
        long[] sizes = new long[content.count()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = content.size(i);
        }
        long cut = sizes.length == 0 ? 0 : content.originalSize(0) - sizes[0];
        return new EntryHead(
                id,
                connection,
                firstNumber,
                firstByteAt,
                lastByteAt,
                cut,
                sizes,
                StoredPlaces.of(content));
    }

    EntryId id() {
        return id;
    }

    SpooledConnection connection() {
        return connection;
    }

    /** Number of its first payload on the connection, from 1. */
    long firstNumber() {
        return firstNumber;
    }

    Instant firstByteAt() {
        return firstByteAt;
    }

    Instant lastByteAt() {
        return lastByteAt;
    }

    /** Bytes that its payload was shortened by. */
    long cut() {
        return cut;
    }

    int count() {
        return sizes.length;
    }

    /** Of one payload; they follow each other in the body. */
    long size(int index) {
        return sizes[index];
    }

    /** Where they lay in the stream of their connection. */
    StoredPlaces places() {
        return places;
    }

    /** Of all payloads. */
    long bytes() {
        long sum = 0;
        for (long size : sizes) {
            sum += size;
        }
        return sum;
    }

    byte[] encode() {
        ByteBuf out = Unpooled.buffer(160 + sizes.length * Integer.BYTES);
        out.writeByte(VERSION);
        out.writeLong(id.run()).writeLong(id.number()).writeLong(firstNumber);
        writeTime(out, connection.openedAt());
        writeTime(out, firstByteAt);
        writeTime(out, lastByteAt);
        out.writeLong(cut);
        writeText(out, connection.id());
        writeAddress(out, connection.remote());
        writeAddress(out, connection.local());
        writeText(out, connection.charset().name());
        out.writeInt(sizes.length);
        for (long size : sizes) {
            if (sizes.length == 1) {
                out.writeLong(size);
            } else {
                out.writeInt((int) size);
            }
        }
        places.encode(out, sizes);
        return ByteBufUtil.getBytes(out);
    }

    /**
     * @throws IllegalArgumentException if it was not written by {@link #encode()}, of this version
     *     or one before
     */
    static EntryHead decode(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        try {
            byte version = in.readByte();
            if (version != VERSION && version != VERSION_WITHOUT_PLACES) {
                throw new IllegalArgumentException(
                        "version: given=" + version + " allowed=1 to " + VERSION);
            }
            EntryId id = new EntryId(in.readLong(), in.readLong());
            long firstNumber = in.readLong();
            Instant openedAt = readTime(in);
            Instant firstByteAt = readTime(in);
            Instant lastByteAt = readTime(in);
            long cut = in.readLong();
            SpooledConnection connection =
                    new SpooledConnection(
                            readText(in),
                            openedAt,
                            readAddress(in),
                            readAddress(in),
                            Charset.forName(readText(in)));
            long[] sizes = readSizes(in);
            StoredPlaces places =
                    version == VERSION_WITHOUT_PLACES
                            ? StoredPlaces.NONE
                            : StoredPlaces.decode(in, sizes);
            requireEnd(in);
            return new EntryHead(
                    id, connection, firstNumber, firstByteAt, lastByteAt, cut, sizes, places);
        } catch (IndexOutOfBoundsException | UnknownHostException e) {
            throw new IllegalArgumentException("not the head of an entry", e);
        }
    }

    private static long[] readSizes(ByteBuf in) {
        int count = in.readInt();
        if (count < 0
                || in.readableBytes() < (count == 1 ? Long.BYTES : (long) count * Integer.BYTES)) {
            throw new IllegalArgumentException("payloads: given=" + count);
        }
        long[] sizes = new long[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = count == 1 ? in.readLong() : in.readInt();
        }
        return sizes;
    }

    private static void requireEnd(ByteBuf in) {
        if (in.isReadable()) {
            throw new IllegalArgumentException("bytes after the head: " + in.readableBytes());
        }
    }

    private static void writeTime(ByteBuf out, Instant time) {
        out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    private static Instant readTime(ByteBuf in) {
        return Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
    }

    private static void writeText(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length).writeBytes(bytes);
    }

    private static String readText(ByteBuf in) {
        return in.readCharSequence(in.readUnsignedShort(), StandardCharsets.UTF_8).toString();
    }

    private static void writeAddress(ByteBuf out, InetSocketAddress address) {
        InetAddress host = address.getAddress();
        byte[] bytes = host == null ? new byte[Integer.BYTES] : host.getAddress();
        out.writeByte(bytes.length).writeBytes(bytes).writeShort(address.getPort());
    }

    private static InetSocketAddress readAddress(ByteBuf in) throws UnknownHostException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readBytes(bytes);
        return new InetSocketAddress(InetAddress.getByAddress(bytes), in.readUnsignedShort());
    }
}
