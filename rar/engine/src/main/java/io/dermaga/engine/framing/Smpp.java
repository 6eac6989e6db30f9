package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * Protocol data units of SMPP (Short Message Peer-to-Peer Protocol 3.4, 3.2; 5.0, 3.1); the whole
 * unit is the payload.
 *
 * <pre>
 *  bytes    00 00 00 10 00 00 00 15 00 00 00 00 00 00 00 01      enquire_link
 *           |           |           |           +- sequence number
 *           |           |           +- status
 *           |           +- command
 *           +- length, itself included, 16 or more
 * </pre>
 */
record Smpp() implements Framing, HeaderScanner.Header {

    private static final int WIDTH = 4;
    private static final int LEAST_LENGTH = 16;
    private static final int LONGEST_BIND = 255;

    @Override
    public String form() {
        return "smpp";
    }

    /** A session begins with bind_receiver (1), bind_transmitter (2) or bind_transceiver (9). */
    @Override
    public Likeness likeness(ByteBuf head) {
        int length = Head.at(head, 3);
        int command = Head.at(head, 7);
        boolean wrong =
                Head.at(head, 0) > 0
                        || Head.at(head, 1) > 0
                        || Head.at(head, 2) > 0
                        || (length >= 0 && (length < LEAST_LENGTH || length > LONGEST_BIND))
                        || Head.at(head, 4) > 0
                        || Head.at(head, 5) > 0
                        || Head.at(head, 6) > 0;
        if (wrong) {
            return Likeness.NO;
        }
        if (command < 0) {
            return Likeness.MORE;
        }
        return command == 1 || command == 2 || command == 9 ? Likeness.YES : Likeness.NO;
    }

    @Override
    public Scanner newScanner() {
        return new HeaderScanner(this);
    }

    @Override
    public int headerBytes() {
        return WIDTH;
    }

    /** A payload is the whole of it. */
    @Override
    public boolean keepEnvelope() {
        return true;
    }

    @Override
    public long rest(ByteBuf header, int at, int fault, FrameSink sink) throws FramingException {
        long length = header.getUnsignedInt(at);
        if (length < LEAST_LENGTH) {
            throw FramingException.unexpected(fault, "a length from 16 on, given " + length);
        }
        return length - WIDTH;
    }
}
