package io.dermaga.engine.detect;

import org.jspecify.annotations.Nullable;

/**
 * ISO 8583 by its header and message type: the length must be that of all that has come, and a
 * message type indicator must follow (ISO 8583-1, 5.2: version, class, function, origin).
 */
final class Iso8583Headers {

    private static final int HEADER_BYTES = 5;

    private Iso8583Headers() {}

    /** How the framing is written; null if it is none. */
    static @Nullable String form(Opening opening) {
        String channel = channel(opening);
        return channel == null ? null : "iso8583(" + channel + ")";
    }

    private static @Nullable String channel(Opening opening) {
        long all = opening.received();
        if (isType(opening, 4)) {
            String digits = opening.raw(0, 4);
            if (all < 10_000 && digits.equals("%04d".formatted(all - 4))) {
                return "ascii";
            }
            if (digits.equalsIgnoreCase("%04x".formatted(all - 4))) {
                return "hex";
            }
            if (opening.number(0, 4) == all - 4) {
                return "raw";
            }
            if (opening.number(0, 2) == all - 4 && opening.number(2, 2) == 0) {
                return "vap";
            }
        }
        if (isType(opening, 3) && opening.number(0, 3) == all - 3) {
            return "cmf";
        }
        return isType(opening, 2) || isType(opening, 2 + HEADER_BYTES)
                ? twoBytes(opening, all)
                : null;
    }

    private static @Nullable String twoBytes(Opening opening, long all) {
        long length = opening.number(0, 2);
        if (!isType(opening, 2)) {
            return opening.at(2) == 0x60 && length == all - 2 ? "nac,header=" + HEADER_BYTES : null;
        }
        if (length == all - 2) {
            boolean ends = opening.size() == all && opening.at(opening.size() - 1) == 3;
            return ends ? "base24" : "nac";
        }
        if (length == all) {
            return "amex";
        }
        return "%04d".formatted(all - 2).equals("%04x".formatted(length)) ? "ncc" : null;
    }

    /** A message type of four digits, in ASCII or in BCD. */
    private static boolean isType(Opening opening, int at) {
        if (Opening.isDigit(opening.at(at))) {
            return opening.digits(at) >= 4
                    && isType(
                            opening.at(at) - '0',
                            opening.at(at + 1) - '0',
                            opening.at(at + 2) - '0',
                            opening.at(at + 3) - '0');
        }
        long type = opening.number(at, 2);
        return type >= 0
                && isType(
                        (int) (type >> 12),
                        (int) (type >> 8 & 15),
                        (int) (type >> 4 & 15),
                        (int) (type & 15));
    }

    private static boolean isType(int version, int kind, int function, int origin) {
        return version <= 2 && kind >= 1 && kind <= 8 && function <= 9 && origin <= 5;
    }
}
