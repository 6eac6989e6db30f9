package io.dermaga.engine.recording;

import io.dermaga.engine.recording.TcpPacket.Header;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One connection as packets: makes up what TCP adds, so that what reads the file finds every byte
 * at its place and nothing missing, repeated or out of order. On the thread of the recording.
 */
final class Conversation {

    /** How a recording of a connection ends that was faster than the disk. */
    static final String CUT = "CUT";

    /** Comments begin with it, and are read again by {@link RecordedPackets}. */
    static final String CONNECTION = "connection=";

    static final String END = "end=";
    static final String MIDDLE = "beginning=missing";

    /**
     * Payload of a packet, at most. As much is acknowledged at the latest, so that the window of 64
     * KiB is never full.
     */
    static final int MOST_PAYLOAD = 32 * 1024 - 1;

    private static final int SEQUENCE_STEP = 0x9E37_79B1;

    private final PcapngFile file;
    private final Subject subject;
    private final int networkInterface;
    private final Side peer;
    private final Side own;

    /** One end of it. */
    private static final class Side {
        final InetSocketAddress address;
        final boolean inbound;

        /** Of its next byte. */
        int next;

        /** What it has acknowledged of the other's. */
        int acknowledged;

        boolean finished;

        Side(InetSocketAddress address, boolean inbound, int next) {
            this.address = address;
            this.inbound = inbound;
            this.next = next;
        }
    }

    /**
     * @param number of it in the file: no two that have the same addresses begin alike
     */
    Conversation(PcapngFile file, Subject subject, int networkInterface, int number) {
        this.file = file;
        this.subject = subject;
        this.networkInterface = networkInterface;
        int first = number * SEQUENCE_STEP;
        this.peer = new Side(TcpPacket.plain(subject.remote()), true, first);
        this.own = new Side(TcpPacket.plain(subject.local()), false, first);
    }

    void open(long nanos) throws IOException {
        String comment =
                "%s%s tls=%s %s"
                        .formatted(
                                CONNECTION,
                                subject.id(),
                                subject.tls() == null ? "none" : subject.tls(),
                                subject.whole() ? "beginning=recorded" : MIDDLE);
        if (subject.whole()) {
            Side first = subject.dialed() ? own : peer;
            Side second = first == own ? peer : own;
            packet(first, second, TcpPacket.SYN, nanos, comment);
            packet(second, first, TcpPacket.SYN | TcpPacket.ACK, nanos, "");
            packet(first, second, TcpPacket.ACK, nanos, "");
        } else {
            peer.next += 1 + (int) subject.bytesRead();
            own.next += 1 + (int) subject.bytesWritten();
            own.acknowledged = peer.next;
            packet(peer, own, TcpPacket.ACK, nanos, comment);
        }
    }

    void read(byte[] data, long nanos) throws IOException {
        data(peer, own, data, nanos);
    }

    void written(byte[] data, long nanos) throws IOException {
        data(own, peer, data, nanos);
    }

    private void data(Side from, Side to, byte[] data, long nanos) throws IOException {
        for (int at = 0; at < data.length; at += MOST_PAYLOAD) {
            int length = Math.min(MOST_PAYLOAD, data.length - at);
            boolean last = at + length == data.length;
            Header header = header(from, to, TcpPacket.ACK | (last ? TcpPacket.PSH : 0));
            file.packet(networkInterface, nanos, from.inbound, header, data, at, length, "");
            from.next += length;
            if (from.next - to.acknowledged >= MOST_PAYLOAD) {
                packet(to, from, TcpPacket.ACK, nanos, "");
            }
        }
    }

    void peerEnded(long nanos) throws IOException {
        finish(peer, own, nanos, "");
    }

    void ended(long nanos) throws IOException {
        finish(own, peer, nanos, "");
    }

    private void finish(Side from, Side to, long nanos, String comment) throws IOException {
        if (!from.finished) {
            from.finished = true;
            packet(from, to, TcpPacket.FIN | TcpPacket.ACK, nanos, comment);
        }
    }

    /** Both sides have ended, or are given up. */
    void closed(String reason, long nanos) throws IOException {
        String comment = end(reason);
        if (own.finished) {
            lastAcknowledgement(nanos, comment);
        } else {
            finish(own, peer, nanos, comment);
        }
    }

    void reset(boolean byPeer, String reason, long nanos) throws IOException {
        Side from = byPeer ? peer : own;
        packet(from, from == own ? peer : own, TcpPacket.RST | TcpPacket.ACK, nanos, end(reason));
    }

    /** Nothing more of it is recorded. */
    void cut(long nanos) throws IOException {
        lastAcknowledgement(nanos, end(CUT));
    }

    /** Of the side that has something to acknowledge, so that it is no duplicate. */
    private void lastAcknowledgement(long nanos, String comment) throws IOException {
        Side from = own.acknowledged == peer.next ? peer : own;
        packet(from, from == own ? peer : own, TcpPacket.ACK, nanos, comment);
    }

    private String end(String reason) {
        return CONNECTION + subject.id() + " " + END + reason;
    }

    private void packet(Side from, Side to, int flags, long nanos, String comment)
            throws IOException {
        Header header = header(from, to, flags);
        file.packet(networkInterface, nanos, from.inbound, header, Entry.NONE, 0, 0, comment);
        if ((flags & (TcpPacket.SYN | TcpPacket.FIN)) != 0) {
            from.next++;
        }
    }

    private static Header header(Side from, Side to, int flags) {
        boolean acknowledges = (flags & TcpPacket.ACK) != 0;
        if (acknowledges) {
            from.acknowledged = to.next;
        }
        return new Header(from.address, to.address, from.next, acknowledges ? to.next : 0, flags);
    }
}
