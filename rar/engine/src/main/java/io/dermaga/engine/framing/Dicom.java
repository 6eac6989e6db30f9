package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * Protocol data units of the DICOM upper layer (DICOM PS3.8, 9.3); the whole unit is the payload.
 *
 * <pre>
 *  bytes    05 00 00 00 00 04 00 00 00 00      A-RELEASE-RQ
 *           |     |           +- 4 bytes
 *           |     +- length of the rest, big-endian
 *           +- type, 1 to 7
 * </pre>
 */
record Dicom() implements Framing, HeaderScanner.Header {

    private static final int HEADER_BYTES = 6;
    private static final int ASSOCIATE_REQUEST = 1;
    private static final int MOST_TYPE = 7;

    @Override
    public String form() {
        return "dicom";
    }

    /** A connection begins with A-ASSOCIATE-RQ, protocol version 1 (bit 0). */
    @Override
    public Likeness likeness(ByteBuf head) {
        int length = Head.at(head, 2);
        int version = Head.at(head, 7);
        if (Head.at(head, 0) != ASSOCIATE_REQUEST || Head.at(head, 1) > 0 || length > 0) {
            return Likeness.NO;
        }
        if (version < 0) {
            return Likeness.MORE;
        }
        return (version & 1) == 1 ? Likeness.YES : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new HeaderScanner(this);
    }

    @Override
    public int headerBytes() {
        return HEADER_BYTES;
    }

    /** A payload is the whole of it. */
    @Override
    public boolean keepEnvelope() {
        return true;
    }

    @Override
    public long rest(ByteBuf header, int at, int fault, FrameSink sink) throws FramingException {
        int type = header.getUnsignedByte(at);
        if (type < 1 || type > MOST_TYPE) {
            throw FramingException.unexpected(fault, "a PDU type from 1 to 7, given " + type);
        }
        return header.getUnsignedInt(at + 2);
    }
}
