package io.dermaga.engine.detect;

import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.Framing.Likeness;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Framings that are known by the first bytes of a connection: stricter than {@code auto}, which
 * only has to choose among a few.
 */
final class Framings {

    private static final int MOST_LINE_BYTES = 256;

    /** Shorter ones are too easily found in other bytes. */
    private static final int LEAST_TEXT_BYTES = 4;

    private static final Pattern METRIC =
            Pattern.compile("[\\w.;=~-]+ +-?[0-9][-+.0-9eE]* +[0-9]{9,10}\\r?");

    /** A framing, what it is called, and what its beginning must have besides its likeness. */
    private record Sign(String words, Framing framing, Predicate<Opening> more) {

        Sign(String words, String framing, Predicate<Opening> more) {
            this(words, Framing.parse(framing, false, Sign.class.getClassLoader()), more);
        }

        boolean fits(Opening opening) {
            return framing.likeness(opening.bytes()) == Likeness.YES && more.test(opening);
        }

        Suspicion suspicion() {
            return Suspicion.takenWith(words, "framing=" + framing.form());
        }
    }

    /** Those that begin with a message which waits for an answer: no file begins like this. */
    private static final List<Sign> SESSIONS =
            List.of(
                    new Sign("MLLP (HL7 v2)", "mllp", Framings::isSegment),
                    new Sign("MLLP (HL7 v3)", "mllp-r2", opening -> opening.has(1, "<")),
                    new Sign("DICOM (A-ASSOCIATE-RQ)", "dicom", Framings::isAssociateRequest),
                    new Sign(
                            "ISO transport (TPKT)",
                            "tpkt",
                            opening -> opening.number(2, 2) == opening.at(4) + 5L),
                    new Sign("SMPP (bind)", "smpp", opening -> opening.number(8, 4) == 0),
                    new Sign("Teltonika", "teltonika", opening -> opening.digits(2) == 15));

    private static final List<Sign> OTHERS =
            List.of(
                    new Sign("STOMP", "stomp", opening -> true),
                    new Sign("FIX", "fix", Framings::isFix),
                    new Sign("syslog", "syslog", Framings::isSyslog),
                    new Sign("NMEA 0183", "nmea", Framings::isSentence),
                    new Sign(
                            "Modbus/TCP",
                            "modbus",
                            opening -> opening.number(4, 2) + 6 == opening.received()),
                    new Sign("JSON text sequences", "json-seq", opening -> isObject(opening, 1)),
                    new Sign("a protocol of STX and ETX", "stx-etx", Framings::isStxEtx),
                    new Sign("JSON, ended by LF", "ndjson", Framings::isJsonLine),
                    new Sign("JSON", "json", opening -> isObject(opening, 0)));

    private Framings() {}

    /** Of those that begin with a message which waits for an answer. */
    static @Nullable Suspicion session(Opening opening, String expected) {
        return first(SESSIONS, opening, expected);
    }

    /** Of all; for bytes that are a fault in the framing that is expected. */
    static @Nullable Suspicion any(Opening opening, String expected) {
        Suspicion gelf = gelf(opening, expected);
        if (gelf != null) {
            return gelf;
        }
        Suspicion session = session(opening, expected);
        if (session != null) {
            return session;
        }
        Suspicion other = first(OTHERS, opening, expected);
        return other != null ? other : unrecognisable(opening, expected);
    }

    /** JSON that NUL ends looks like JSON to all framings of JSON. */
    static @Nullable Suspicion gelf(Opening opening, String expected) {
        int nul = opening.find(0, 0);
        boolean ended = nul > 0 && opening.at(nul - 1) == '}' && isObject(opening, 0);
        return ended && !expected.equals("nul")
                ? Suspicion.takenWith("JSON, ended by NUL (GELF)", "framing=nul")
                : null;
    }

    private static @Nullable Suspicion first(List<Sign> signs, Opening opening, String expected) {
        for (Sign sign : signs) {
            if (!sign.framing().form().equals(expected) && sign.fits(opening)) {
                return sign.suspicion();
            }
        }
        return null;
    }

    /** Framings for which {@code auto} cannot ask. */
    private static @Nullable Suspicion unrecognisable(Opening opening, String expected) {
        if (opening.begins("MSH|^~\\&")) {
            return Suspicion.takenWith(
                    "HL7 v2 without MLLP",
                    "framing=eof, if the peer ends the connection after each message");
        }
        String form = Iso8583Headers.form(opening);
        String words = "ISO 8583";
        if (form == null && isMetric(opening)) {
            form = "graphite";
            words = "Graphite";
        }
        if (form == null) {
            form = length(opening);
            words = "a protocol with a length first";
        }
        return form == null || form.equals(expected)
                ? null
                : Suspicion.takenWith(words, "framing=" + form);
    }

    /** The size of what has come, in four bytes: no chance in four thousand million. */
    private static @Nullable String length(Opening opening) {
        long length = opening.number(0, 4);
        long rest = opening.received() - 4;
        if (rest < LEAST_TEXT_BYTES) {
            return null;
        }
        if (length == rest) {
            return "length(4)";
        }
        if (length == opening.received()) {
            return "length(4,including)";
        }
        return Integer.toUnsignedLong(Integer.reverseBytes((int) length)) == rest
                ? "length(4,little)"
                : null;
    }

    private static boolean isSegment(Opening opening) {
        return Opening.isUpper(opening.at(1))
                && Opening.isUpper(opening.at(2))
                && Opening.isUpper(opening.at(3))
                && Opening.isPrintable(opening.at(4))
                && !Opening.isUpper(opening.at(4));
    }

    /** The fixed part of the PDU has 68 bytes after the length; two of them are reserved. */
    private static boolean isAssociateRequest(Opening opening) {
        long length = opening.number(2, 4);
        return length >= 68 && length < 1 << 20 && opening.number(8, 2) == 0;
    }

    private static boolean isFix(Opening opening) {
        return opening.has(5, ".") || opening.has(5, "T");
    }

    /** A message that is not counted must have its end, or another framing takes it as well. */
    private static boolean isSyslog(Opening opening) {
        return opening.at(0) != '<' || opening.find('\n', 0) > 0 || opening.find(0, 0) > 0;
    }

    private static boolean isSentence(Opening opening) {
        int at = 1;
        while (Opening.isUpper(opening.at(at)) || Opening.isDigit(opening.at(at))) {
            at++;
        }
        return at > 4 && at < 10 && opening.has(at, ",");
    }

    private static boolean isStxEtx(Opening opening) {
        int at = 1;
        while (Opening.isPrintable(opening.at(at))) {
            at++;
        }
        return at > LEAST_TEXT_BYTES && opening.at(at) == 3;
    }

    private static int pastSpace(Opening opening, int from) {
        int at = from;
        while (opening.at(at) == ' '
                || opening.at(at) == '\t'
                || opening.at(at) == '\r'
                || opening.at(at) == '\n') {
            at++;
        }
        return at;
    }

    /** Arrays are left out: log lines begin with a bracket. */
    private static boolean isObject(Opening opening, int from) {
        int brace = pastSpace(opening, from);
        int next = opening.at(pastSpace(opening, brace + 1));
        return opening.has(brace, "{") && (next == '"' || next == '}');
    }

    private static boolean isJsonLine(Opening opening) {
        int end = opening.find('\n', 0);
        int last = end > 0 && opening.at(end - 1) == '\r' ? end - 2 : end - 1;
        int next = opening.at(end + 1);
        return isObject(opening, 0) && opening.at(last) == '}' && (next == '{' || next < 0);
    }

    private static boolean isMetric(Opening opening) {
        int end = opening.find('\n', 0);
        return end > 0 && end < MOST_LINE_BYTES && METRIC.matcher(opening.raw(0, end)).matches();
    }
}
