package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * ISO transport over TCP (RFC 1006, section 6; RFC 2126): the payload is the TPDU.
 *
 * <pre>
 *  bytes    03 00 00 07 02 f0 80      payload  02 f0 80
 *           |     +- length, its header included, 7 to 65535
 *           +- version
 * </pre>
 */
record Tpkt(boolean keepEnvelope) implements Framing, HeaderScanner.Header {

    private static final int HEADER_BYTES = 4;
    private static final int VERSION = 3;
    private static final int LEAST_LENGTH = 7;
    private static final int CONNECTION_REQUEST = 0xe0;

    @Override
    public String form() {
        return "tpkt";
    }

    /** A connection begins with a CR TPDU (ISO 8073, 13.3). */
    @Override
    public Likeness likeness(ByteBuf head) {
        int code = Head.at(head, 5);
        if (Head.at(head, 0) != VERSION || Head.at(head, 1) > 0) {
            return Likeness.NO;
        }
        if (code < 0) {
            return Likeness.MORE;
        }
        return (code & 0xf0) == CONNECTION_REQUEST ? Likeness.YES : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new HeaderScanner(this);
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    @Override
    public long rest(ByteBuf header, int at, int fault, FrameSink sink) throws FramingException {
        int version = header.getUnsignedByte(at);
        long length = header.getUnsignedShort(at + 2);
        if (version != VERSION) {
            throw FramingException.unexpected(fault, "TPKT version 3, given " + version);
        }
        if (length < LEAST_LENGTH) {
            throw FramingException.unexpected(fault, "a length from 7 on, given " + length);
        }
        return length - HEADER_BYTES;
    }
}
