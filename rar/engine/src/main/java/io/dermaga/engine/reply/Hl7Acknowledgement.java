package io.dermaga.engine.reply;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The acknowledgement of an HL7 v2 message, made of its MSH segment (HL7 v2.5.1, chapter 2.9.2,
 * 2.15.8): sender and receiver change places, MSA-2 is the control id of the message.
 *
 * <pre>
 *  MSH|^~\&amp;|LAB|HOSP|EHR|CLINIC|20240101||ORU^R01|42|P|2.5.1
 *  MSH|^~\&amp;|EHR|CLINIC|LAB|HOSP|20240101120000.000+0000||ACK^R01^ACK|42|P|2.5.1
 *  MSA|AA|42
 * </pre>
 *
 * Fields are copied byte by byte, whatever their charset; MSH-18 tells it.
 */
public final class Hl7Acknowledgement {

    /** As much of a message as is looked at for the end of its first segment. */
    private static final int MOST_BYTES = 4096;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSxx");

    /** Each byte is a character: what is copied is not changed. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final String ACKNOWLEDGEMENT = "ACK";

    // fields of MSH
    private static final int SENDING_APPLICATION = 3;
    private static final int SENDING_FACILITY = 4;
    private static final int RECEIVING_APPLICATION = 5;
    private static final int RECEIVING_FACILITY = 6;
    private static final int MESSAGE_TYPE = 9;
    private static final int CONTROL_ID = 10;
    private static final int PROCESSING_ID = 11;
    private static final int VERSION = 12;
    private static final int CHARACTER_SET = 18;

    private Hl7Acknowledgement() {}

    /**
     * The acknowledgement, without an envelope; null if the message has no MSH that could be
     * answered, or is an acknowledgement itself: two sides would answer each other for ever.
     *
     * @param code MSA-1: AA, AE or AR, CA, CE or CR
     */
    public static byte @Nullable [] of(PayloadHead message, String code, OffsetDateTime now) {
        String head = new String(message.first(MOST_BYTES), BYTES);
        int end = endOfSegment(head);
        if (!head.startsWith("MSH") || end < 9) {
            return null;
        }
        String separator = head.substring(3, 4);
        String[] fields = head.substring(4, end).split(Pattern.quote(separator), -1);
        String[] type = type(fields);
        if (type[0].equals(ACKNOWLEDGEMENT)) {
            return null;
        }
        String id = field(fields, CONTROL_ID);
        String version = field(fields, VERSION);
        StringBuilder answer = new StringBuilder(160);
        answer.append("MSH").append(separator).append(fields[0]);
        for (String value :
                new String[] {
                    field(fields, RECEIVING_APPLICATION),
                    field(fields, RECEIVING_FACILITY),
                    field(fields, SENDING_APPLICATION),
                    field(fields, SENDING_FACILITY),
                    TIME.format(now),
                    "",
                    answerType(type, component(fields)),
                    id,
                    field(fields, PROCESSING_ID),
                    version
                }) {
            answer.append(separator).append(value);
        }
        String charset = field(fields, CHARACTER_SET);
        if (!charset.isEmpty()) {
            answer.append(separator.repeat(CHARACTER_SET - VERSION)).append(charset);
        }
        answer.append('\r').append("MSA").append(separator).append(code);
        answer.append(separator).append(id).append('\r');
        return answer.toString().getBytes(BYTES);
    }

    private static int endOfSegment(String head) {
        int cr = head.indexOf('\r');
        int lf = head.indexOf('\n'); // what is found in the field
        int end = cr < 0 ? lf : lf < 0 ? cr : Math.min(cr, lf);
        return end < 0 ? head.length() : end;
    }

    /** Of MSH, where the separator itself is the first field. */
    private static String field(String[] fields, int number) {
        return number - 2 < fields.length ? fields[number - 2] : "";
    }

    /** What separates components: the first of the encoding characters. */
    private static String component(String[] fields) {
        return fields[0].isEmpty() ? "^" : fields[0].substring(0, 1);
    }

    /** Code of the message, event, structure, as far as they are there. */
    private static String[] type(String[] fields) {
        return field(fields, MESSAGE_TYPE).split(Pattern.quote(component(fields)), -1);
    }

    /** ACK, the event of the message, and since version 2.3.1 the structure. */
    private static String answerType(String[] type, String component) {
        if (type.length < 2) {
            return ACKNOWLEDGEMENT;
        }
        String event = ACKNOWLEDGEMENT + component + type[1];
        return type.length > 2 ? event + component + ACKNOWLEDGEMENT : event;
    }
}
