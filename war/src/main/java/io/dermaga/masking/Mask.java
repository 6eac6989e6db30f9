package io.dermaga.masking;

/** A rule that covers parts of a text. Thread-safe. */
sealed interface Mask permits PanMask, PatternMask, Hl7Mask, Iso8583Mask, WholeMask {

    /** What is put in place of each character. */
    char COVER = '*';

    /** The text, as long as it was, with what is to be covered covered. */
    String apply(String text);

    /** A content, as long as it was; for what is found by its bytes, before they are a text. */
    default byte[] apply(byte[] content) {
        return content;
    }

    /** The same for what was replied, which may be anything. */
    default byte[] applyToReply(byte[] reply) {
        return apply(reply);
    }

    /** So many covers. */
    static String cover(int length) {
        return String.valueOf(COVER).repeat(length);
    }
}
