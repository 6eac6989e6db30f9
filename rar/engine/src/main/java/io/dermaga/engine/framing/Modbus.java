package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * Modbus/TCP (MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3: MBAP header); the whole
 * application data unit is the payload, whose transaction identifier an answer must repeat.
 *
 * <pre>
 *  bytes    00 01 00 00 00 06 11 03 00 6b 00 03
 *           |     |     |     +- unit, function, data
 *           |     |     +- length of the rest, 2 to 254
 *           |     +- protocol, 0
 *           +- transaction
 * </pre>
 */
record Modbus() implements Framing, HeaderScanner.Header {

    private static final int HEADER_BYTES = 6;
    private static final int LEAST_REST = 2;
    private static final int MOST_REST = 254;

    @Override
    public String form() {
        return "modbus";
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        int function = Head.at(head, 7);
        int length = Head.at(head, 5);
        boolean wrong =
                Head.at(head, 2) > 0
                        || Head.at(head, 3) > 0
                        || Head.at(head, 4) > 0
                        || (length >= 0 && (length < LEAST_REST || length > MOST_REST))
                        || function == 0
                        || function > 127;
        if (wrong) {
            return Likeness.NO;
        }
        return function < 0 ? Likeness.MORE : Likeness.YES;
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
        int protocol = header.getUnsignedShort(at + 2);
        int length = header.getUnsignedShort(at + 4);
        if (protocol != 0) {
            throw FramingException.unexpected(fault, "protocol identifier 0, given " + protocol);
        }
        if (length < LEAST_REST || length > MOST_REST) {
            throw FramingException.unexpected(fault, "a length from 2 to 254, given " + length);
        }
        return length;
    }
}
