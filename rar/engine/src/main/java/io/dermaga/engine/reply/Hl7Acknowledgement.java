package io.dermaga.engine.reply;

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

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSSxx");

    private static final String ACKNOWLEDGEMENT = "ACK";

    // fields of MSH
    private static final int ENCODING_CHARACTERS = 2;
    private static final int RECEIVING_APPLICATION = 5;
    private static final int RECEIVING_FACILITY = 6;
    private static final int MESSAGE_TYPE = 9;
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
        Hl7Header header = Hl7Header.of(message);
        if (header == null) {
            return null;
        }
        String separator = header.separator();
        String component = component(header);
        String[] type = header.field(MESSAGE_TYPE).split(Pattern.quote(component), -1);
        if (type[0].equals(ACKNOWLEDGEMENT)) {
            return null;
        }
        String id = header.field(Hl7Header.CONTROL_ID);
        String version = header.field(VERSION);
        StringBuilder answer = new StringBuilder(160);
        answer.append("MSH").append(separator).append(header.field(ENCODING_CHARACTERS));
        for (String value :
                new String[] {
                    header.field(RECEIVING_APPLICATION),
                    header.field(RECEIVING_FACILITY),
                    header.field(Hl7Header.SENDING_APPLICATION),
                    header.field(Hl7Header.SENDING_FACILITY),
                    TIME.format(now),
                    "",
                    answerType(type, component),
                    id,
                    header.field(PROCESSING_ID),
                    version
                }) {
            answer.append(separator).append(value);
        }
        String charset = header.field(CHARACTER_SET);
        if (!charset.isEmpty()) {
            answer.append(separator.repeat(CHARACTER_SET - VERSION)).append(charset);
        }
        answer.append('\r').append("MSA").append(separator).append(code);
        answer.append(separator).append(id).append('\r');
        return answer.toString().getBytes(Hl7Header.BYTES);
    }

    /** What separates components: the first of the encoding characters. */
    private static String component(Hl7Header header) {
        String encoding = header.field(ENCODING_CHARACTERS);
        return encoding.isEmpty() ? "^" : encoding.substring(0, 1);
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
