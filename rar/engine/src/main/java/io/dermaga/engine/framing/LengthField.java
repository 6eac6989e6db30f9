package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;

/**
 * A number of 1 to 8 bytes in a header.
 *
 * <pre>
 *  BINARY  01 02          258          ASCII  31 32 33 34     1234
 *  LITTLE  02 01          258          HEX    30 31 66 46     511
 *                                      BCD    12 34           1234
 * </pre>
 */
record LengthField(Encoding encoding, int width) {

    /** How the number is written. */
    enum Encoding {
        BINARY,
        LITTLE,
        ASCII,
        HEX,
        BCD
    }

    /**
     * Reads the number.
     *
     * @param fault index in the chunk, for the fault
     * @return 0 or more
     */
    long read(ByteBuf header, int at, int fault) throws FramingException {
        return switch (encoding) {
            case BINARY -> binary(header, at, fault);
            case LITTLE -> little(header, at, fault);
            case ASCII -> digits(header, at, fault, 10);
            case HEX -> digits(header, at, fault, 16);
            case BCD -> bcd(header, at, fault);
        };
    }

    private long binary(ByteBuf header, int at, int fault) throws FramingException {
        return switch (width) {
            case 2 -> header.getUnsignedShort(at);
            case 4 -> header.getUnsignedInt(at);
            case 8 -> positive(header.getLong(at), fault);
            default -> bytewise(header, at);
        };
    }

    private long bytewise(ByteBuf header, int at) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | header.getUnsignedByte(at + i);
        }
        return value;
    }

    private long little(ByteBuf header, int at, int fault) throws FramingException {
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | header.getUnsignedByte(at + i);
        }
        return positive(value, fault);
    }

    private static long positive(long value, int fault) throws FramingException {
        if (value < 0) {
            throw FramingException.unexpected(
                    fault,
                    "a length from 0 to "
                            + Long.MAX_VALUE
                            + ", given "
                            + Long.toUnsignedString(value));
        }
        return value;
    }

    private long digits(ByteBuf header, int at, int fault, int radix) throws FramingException {
        long value = 0;
        for (int i = 0; i < width; i++) {
            int digit = Character.digit(header.getUnsignedByte(at + i), radix);
            if (digit < 0) {
                throw FramingException.unexpected(
                        fault, "a length in " + width + (radix == 10 ? " digits" : " hex digits"));
            }
            value = value * radix + digit;
        }
        return value;
    }

    private long bcd(ByteBuf header, int at, int fault) throws FramingException {
        long value = 0;
        for (int i = 0; i < width; i++) {
            int high = header.getUnsignedByte(at + i) >> 4;
            int low = header.getUnsignedByte(at + i) & 0xf;
            if (high > 9 || low > 9) {
                throw FramingException.unexpected(
                        fault, "a length of " + 2 * width + " digits in BCD");
            }
            value = value * 100 + high * 10L + low;
        }
        return value;
    }

    /**
     * Writes a number.
     *
     * @throws IllegalArgumentException if it is negative or does not fit
     */
    void write(long value, byte[] header, int at) {
        int base = encoding == Encoding.ASCII ? 10 : encoding == Encoding.HEX ? 16 : 256;
        base = encoding == Encoding.BCD ? 100 : base;
        long left = value;
        for (int i = 0; i < width; i++) {
            int place = encoding == Encoding.LITTLE ? i : width - 1 - i;
            header[at + place] = digit((int) (left % base));
            left /= base;
        }
        if (value < 0 || left != 0) {
            throw new IllegalArgumentException(
                    "a length of %d does not fit %d bytes %s".formatted(value, width, encoding));
        }
    }

    private byte digit(int value) {
        return switch (encoding) {
            case BINARY, LITTLE -> (byte) value;
            case ASCII, HEX -> (byte) Character.toUpperCase(Character.forDigit(value, 16));
            case BCD -> (byte) (16 * (value / 10) + value % 10);
        };
    }
}
