package io.dermaga.engine.recording;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Layout of an IP packet with a TCP segment, as it could have been on the wire (RFC 791, RFC 8200,
 * RFC 9293):
 *
 * <pre>
 * +------------+-------------------------------------------+---------+
 * | IPv4 or 6  | ports, sequence, acknowledgement, flags … | payload |
 * | 20 or 40   | 20 bytes                                  |         |
 * +------------+-------------------------------------------+---------+
 * </pre>
 *
 * An IPv4 address beside an IPv6 one, as a proxy may tell it, becomes {@code ::ffff:a.b.c.d}.
 */
final class TcpPacket {

    static final int FIN = 1;
    static final int SYN = 2;
    static final int RST = 4;
    static final int PSH = 8;
    static final int ACK = 16;

    static final int TCP_BYTES = 20;
    private static final int IPV4_BYTES = 20;
    private static final int IPV6_BYTES = 40;
    private static final int PROTOCOL = 6;
    private static final int HOPS = 64;
    private static final int WINDOW = 0xFFFF;
    private static final int MAPPED_BYTES = 12;

    private TcpPacket() {}

    /** The larger of both headers of IP, and that of TCP. */
    static int mostHeaderBytes() {
        return IPV6_BYTES + TCP_BYTES;
    }

    /**
     * The fields of a header.
     *
     * @param sequence of the first byte of the payload
     * @param acknowledged the next byte that is expected of the other side
     * @param flags {@link #FIN} and the like
     */
    record Header(
            InetSocketAddress source,
            InetSocketAddress destination,
            int sequence,
            int acknowledged,
            int flags) {}

    /** Bytes of such a packet. */
    static int bytes(Header header, int payload) {
        return (isIpv4(header) ? IPV4_BYTES : IPV6_BYTES) + TCP_BYTES + payload;
    }

    private static boolean isIpv4(Header header) {
        return header.source().getAddress().getAddress().length == 4
                && header.destination().getAddress().getAddress().length == 4;
    }

    /** Appends one. */
    static void write(ByteBuffer out, Header header, byte[] data, int offset, int length) {
        boolean ipv4 = isIpv4(header);
        byte[] source = address(header.source(), ipv4);
        byte[] destination = address(header.destination(), ipv4);
        if (ipv4) {
            ipv4(out, source, destination, length);
        } else {
            out.putInt(0x6000_0000)
                    .putShort((short) (TCP_BYTES + length))
                    .put((byte) PROTOCOL)
                    .put((byte) HOPS)
                    .put(source)
                    .put(destination);
        }
        int tcp = out.position();
        out.putShort((short) header.source().getPort())
                .putShort((short) header.destination().getPort())
                .putInt(header.sequence())
                .putInt(header.acknowledged())
                .put((byte) ((TCP_BYTES / 4) << 4))
                .put((byte) header.flags())
                .putShort((short) WINDOW)
                .putInt(0) // checksum, below, and no urgent data
                .put(data, offset, length);
        long sum = sum(ByteBuffer.wrap(source)) + sum(ByteBuffer.wrap(destination));
        sum += PROTOCOL + TCP_BYTES + length;
        sum += sum(out.duplicate().flip().position(tcp));
        out.putShort(tcp + 16, checksum(sum));
    }

    private static void ipv4(ByteBuffer out, byte[] source, byte[] destination, int length) {
        int start = out.position();
        out.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IPV4_BYTES + TCP_BYTES + length))
                .putShort((short) 0)
                .putShort((short) 0x4000) // not to be fragmented
                .put((byte) HOPS)
                .put((byte) PROTOCOL)
                .putShort((short) 0)
                .put(source)
                .put(destination);
        out.putShort(start + 10, checksum(sum(out.duplicate().flip().position(start))));
    }

    private static byte[] address(InetSocketAddress address, boolean ipv4) {
        byte[] bytes = address.getAddress().getAddress();
        if (ipv4 || bytes.length > 4) {
            return bytes;
        }
        byte[] mapped = new byte[MAPPED_BYTES + 4];
        mapped[MAPPED_BYTES - 2] = (byte) 0xFF;
        mapped[MAPPED_BYTES - 1] = (byte) 0xFF;
        System.arraycopy(bytes, 0, mapped, MAPPED_BYTES, 4);
        return mapped;
    }

    /** Of words of 16 bits (RFC 1071). */
    private static long sum(ByteBuffer bytes) {
        long sum = 0;
        while (bytes.remaining() > 1) {
            sum += bytes.getShort() & 0xFFFF;
        }
        return bytes.hasRemaining() ? sum + ((bytes.get() & 0xFF) << 8) : sum;
    }

    private static short checksum(long sum) {
        long folded = sum;
        while (folded >> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >> 16);
        }
        return (short) ~folded;
    }

    /**
     * One that was read.
     *
     * @param payload where it begins in the packet
     */
    record Parsed(Header header, int payload) {

        boolean has(int flag) {
            return (header.flags() & flag) != 0;
        }
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Parsed parse(ByteBuffer packet) {
        int start = packet.position();
        int version = packet.remaining() > 0 ? (packet.get(start) >> 4) & 0xF : 0;
        int addresses = version == 4 ? start + 12 : start + 8;
        int size = version == 4 ? 4 : 16;
        int tcp = addresses + 2 * size;
        if ((version != 4 && version != 6) || packet.limit() < tcp + TCP_BYTES) {
            throw new IllegalArgumentException("no IP packet with TCP");
        }
        return new Parsed(
                new Header(
                        address(packet, addresses, size, packet.getShort(tcp)),
                        address(packet, addresses + size, size, packet.getShort(tcp + 2)),
                        packet.getInt(tcp + 4),
                        packet.getInt(tcp + 8),
                        packet.get(tcp + 13)),
                tcp + TCP_BYTES);
    }

    private static InetSocketAddress address(ByteBuffer from, int at, int size, short port) {
        byte[] bytes = new byte[size];
        from.get(at, bytes);
        try {
            InetAddress address = InetAddress.getByAddress(bytes);
            return new InetSocketAddress(address, port & 0xFFFF);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** The same whatever scope an address has, and whether it is mapped. */
    static InetSocketAddress plain(InetSocketAddress address) {
        if (address.getAddress() instanceof Inet6Address six) {
            try {
                byte[] bytes = six.getAddress();
                return new InetSocketAddress(
                        InetAddress.getByAddress(Arrays.copyOf(bytes, bytes.length)),
                        address.getPort());
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
        return address;
    }
}
