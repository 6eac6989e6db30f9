package io.dermaga.engine.framing;

import io.dermaga.engine.framing.LengthField.Encoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Locale;

/**
 * ISO 8583 over TCP: the message headers of the channels that are in use (the standard itself says
 * nothing of transport; the names are those of the jPOS channels).
 *
 * <pre>
 *  nac     00 05 | 30 38 30 30 ..       2 bytes, binary
 *  ascii   30 30 30 35 | ..             4 digits
 *  ncc     00 05 | ..                   4 digits in BCD (bcd: the same)
 *  hex     30 30 30 35 | ..             4 hex digits
 *  cmf     00 00 05 | ..                3 bytes, binary
 *  raw     00 00 00 05 | ..             4 bytes, binary
 *  amex    00 07 | ..                   2 bytes, binary, counting themselves
 *  base24  00 06 | .. 03                2 bytes, binary, counting the ETX after the message
 *  vap     00 05 00 00 | ..             2 bytes, binary, and two of zero (cs: the same)
 *  gicc    00 00 00 05 | ..             two bytes of zero, and 2 bytes, binary
 * </pre>
 *
 * {@code header=n} leaves out n more bytes at the beginning of each message, which its length
 * counts (a TPDU has 5). A header that announces no byte is a keep-alive ({@code amex}: a length of
 * 0 or 2): it is sent back unless {@code quiet}, and is no payload. The ETX of {@code base24} is
 * not checked.
 */
record Iso8583(
        String form,
        Channel channel,
        LengthField field,
        int header,
        boolean quiet,
        boolean keepEnvelope)
        implements Framing, HeaderScanner.Header {

    /** A channel. */
    enum Channel {
        NAC(Encoding.BINARY, 2, 0, 2),
        ASCII(Encoding.ASCII, 4, 0, 4),
        NCC(Encoding.BCD, 2, 0, 2),
        BCD(Encoding.BCD, 2, 0, 2),
        HEX(Encoding.HEX, 4, 0, 4),
        CMF(Encoding.BINARY, 3, 0, 3),
        RAW(Encoding.BINARY, 4, 0, 4),
        AMEX(Encoding.BINARY, 2, 0, 2),
        BASE24(Encoding.BINARY, 2, 0, 2),
        VAP(Encoding.BINARY, 2, 0, 4),
        CS(Encoding.BINARY, 2, 0, 4),
        GICC(Encoding.BINARY, 2, 2, 4);

        private final Encoding encoding;
        private final int width;
        private final int offset;
        private final int bytes;

        Channel(Encoding encoding, int width, int offset, int bytes) {
            this.encoding = encoding;
            this.width = width;
            this.offset = offset;
            this.bytes = bytes;
        }

        /** Bytes of the header that its length counts. */
        private int counted() {
            return this == AMEX ? bytes : 0;
        }

        private int trailer() {
            return this == BASE24 ? 1 : 0;
        }
    }

    static Iso8583 of(Form form, Catalog.Terms terms) {
        String name = form.next();
        int header = form.number("header", 0, 64, 0);
        boolean quiet = form.flag("quiet");
        Channel channel = Channel.valueOf(name.toUpperCase(Locale.ROOT));
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("lower case only");
        }
        String written =
                "iso8583("
                        + name
                        + (header == 0 ? "" : ",header=" + header)
                        + (quiet ? ",quiet)" : ")");
        LengthField field = new LengthField(channel.encoding, channel.width);
        return new Iso8583(written, channel, field, header, quiet, terms.keepEnvelope());
    }

    @Override
    public Scanner newScanner() {
        return new HeaderScanner(this);
    }

    @Override
    public int headerBytes() {
        return channel.bytes;
    }

    @Override
    public int skippedBytes() {
        return header;
    }

    @Override
    public int trailerBytes() {
        return channel.trailer();
    }

    @Override
    public long rest(ByteBuf buffer, int at, int fault, FrameSink sink) throws FramingException {
        long length = field.read(buffer, at + channel.offset, fault);
        requireZeros(buffer, at, fault);
        if (length == 0 || length == channel.counted()) {
            if (!quiet) {
                sink.answer(ByteBufUtil.getBytes(buffer, at, channel.bytes));
            }
            return HeaderScanner.NO_FRAME;
        }
        long rest = length - channel.counted();
        if (rest < 0) {
            throw FramingException.unexpected(
                    fault, "a length from " + channel.counted() + " on, given " + length);
        }
        return rest;
    }

    /** What stands before a message of this size: its length, and zeros for what is left out. */
    byte[] header(int size) {
        byte[] bytes = new byte[channel.bytes + header];
        long length = (long) size + header + channel.trailer() + channel.counted();
        field.write(length, bytes, channel.offset);
        return bytes;
    }

    private void requireZeros(ByteBuf buffer, int at, int fault) throws FramingException {
        for (int i = 0; i < channel.bytes; i++) {
            boolean inLength = i >= channel.offset && i < channel.offset + channel.width;
            if (!inLength && buffer.getByte(at + i) != 0) {
                throw FramingException.unexpected(fault, "zero beside the length in the header");
            }
        }
    }
}
