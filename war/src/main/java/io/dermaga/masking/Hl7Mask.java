package io.dermaga.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * Fields of HL7 version 2, all of their repetitions and components: every character but the
 * separators, which the message itself names (HL7 v2.5, 2.5.4 and 2.14.9).
 */
record Hl7Mask(List<Field> fields) implements Mask {

    /** {@code PID-5}. */
    private static final Pattern FORM = Pattern.compile("([A-Z][A-Z0-9]{2})-([0-9]{1,3})");

    private static final String HEADER = "MSH";
    private static final int SEGMENT_NAME = 3;

    /**
     * A field.
     *
     * @param segment its three letters
     * @param number from 1 on
     */
    record Field(String segment, int number) {

        /**
         * Reads the written form.
         *
         * @throws IllegalArgumentException if it is none
         */
        static Field parse(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || Integer.parseInt(form.group(2)) == 0) {
                throw new IllegalArgumentException("no field of HL7: " + text);
            }
            return new Field(form.group(1), Integer.parseInt(form.group(2)));
        }
    }

    Hl7Mask {
        fields = List.copyOf(fields);
    }

    @Override
    public String apply(String text) {
        int header = text.indexOf(HEADER);
        if (header < 0 || header + SEGMENT_NAME >= text.length()) {
            return text;
        }
        char separator = text.charAt(header + SEGMENT_NAME);
        StringBuilder covered = new StringBuilder(text);
        String kept = separator + encoding(text, header + SEGMENT_NAME + 1, separator);
        int begin = header;
        while (begin < text.length()) {
            int end = end(text, begin);
            cover(covered, begin, end, separator, kept);
            begin = end + 1;
        }
        return covered.toString();
    }

    /** Between components, repetitions, subcomponents; the escape character. */
    private static String encoding(String text, int from, char separator) {
        int end = text.indexOf(separator, from);
        return end < 0 || end - from > 5 ? "^~\\&" : text.substring(from, end);
    }

    private static int end(String text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n') {
            end++;
        }
        return end;
    }

    private void cover(StringBuilder text, int begin, int end, char separator, String kept) {
        if (end - begin <= SEGMENT_NAME) {
            return;
        }
        String segment = text.substring(begin, begin + SEGMENT_NAME);
        // the separator itself is the first field of a header
        int number = segment.equals(HEADER) ? 1 : 0;
        boolean isCovered = false;
        for (int i = begin + SEGMENT_NAME; i < end; i++) {
            char c = text.charAt(i);
            if (c == separator) {
                number++;
                isCovered = fields.contains(new Field(segment, number));
            } else if (isCovered && kept.indexOf(c) < 0) {
                text.setCharAt(i, COVER);
            }
        }
    }
}
