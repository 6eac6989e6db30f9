package io.dermaga.masking;

/** A rule that covers parts of a text. Thread-safe. */
sealed interface Mask permits PanMask, PatternMask, Hl7Mask, WholeMask {

    /** What is put in place of each character. */
    char COVER = '*';

    /** The text, as long as it was, with what is to be covered covered. */
    String apply(String text);

    /** So many covers. */
    static String cover(int length) {
        return String.valueOf(COVER).repeat(length);
    }
}
