package io.dermaga.engine.reply;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first segment of an HL7 v2 message, MSH, which tells itself what separates its fields (HL7
 * v2.5.1, chapter 2.5.4). Each byte is a character: what is copied is not changed.
 *
 * <pre>
 *  MSH|^~\&amp;|LAB|HOSP|EHR|CLINIC|20240101||ORU^R01|42|P|2.5.1
 *      2     3   4                                    10
 * </pre>
 */
public final class Hl7Header {

    /** Bytes as characters. */
    public static final Charset BYTES = StandardCharsets.ISO_8859_1;

    public static final int SENDING_APPLICATION = 3;
    public static final int SENDING_FACILITY = 4;
    public static final int CONTROL_ID = 10;

    /** As much of a message as is looked at for the end of its first segment. */
    private static final int MOST_BYTES = 4096;

    private final String separator;
    private final String[] fields;
    private final boolean whole;

    private Hl7Header(String separator, String[] fields, boolean whole) {
        this.separator = separator;
        this.fields = fields;
        this.whole = whole;
    }

    /** The header of a message; null if it has none. */
    public static @Nullable Hl7Header of(PayloadHead message) {
        String head = new String(message.first(MOST_BYTES), BYTES);
        int end = endOfSegment(head);
        if (!head.startsWith("MSH") || end < 9) {
            return null;
        }
        String separator = head.substring(3, 4);
        return new Hl7Header(
                separator,
                head.substring(4, end).split(Pattern.quote(separator), -1),
                end < MOST_BYTES);
    }

    private static int endOfSegment(String head) {
        int cr = head.indexOf('\r');
        int lf = head.indexOf('\n'); // what is found in the field
        int end = cr < 0 ? lf : lf < 0 ? cr : Math.min(cr, lf);
        return end < 0 ? head.length() : end;
    }

    /** What separates fields, one character. */
    String separator() {
        return separator;
    }

    /** A field by its number, from 2; empty if it is not there. */
    public String field(int number) {
        return number - 2 < fields.length ? fields[number - 2] : "";
    }

    /** Whether its end was seen: else its last field may be cut. */
    public boolean isWhole() {
        return whole;
    }
}
