package io.dermaga.attributes;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A field of HL7 version 2 in each segment of its name, all repetitions; or a component, or a
 * subcomponent (HL7 v2.5, 2.5.4).
 *
 * @param segment its three letters
 * @param field from 1 on
 * @param component from 1 on; 0: the whole field
 * @param subcomponent from 1 on; 0: the whole component
 */
record Hl7Values(String segment, int field, int component, int subcomponent) implements TextValues {

    /** {@code PID-3}, {@code PID-3.1}, {@code PID-3.4.2}. */
    private static final Pattern FORM =
            Pattern.compile(
                    "([A-Z][A-Z0-9]{2})-([1-9][0-9]{0,2})(?:\\.([1-9][0-9]?)(?:\\.([1-9][0-9]?))?)?");

    private static final String HEADER = "MSH";
    private static final int NAME = 3;
    private static final String USUAL = "^~\\&";
    private static final int SUBCOMPONENTS = 3;

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Hl7Values of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("no field of HL7: " + text);
        }
        return new Hl7Values(
                form.group(1),
                Integer.parseInt(form.group(2)),
                number(form.group(3)),
                number(form.group(4)));
    }

    private static int number(String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    @Override
    public Stream<String> in(String text) {
        int header = text.indexOf(HEADER);
        if (header < 0 || header + NAME >= text.length()) {
            return Stream.empty();
        }
        char separator = text.charAt(header + NAME);
        String encoding = encoding(text, header + NAME + 1, separator);
        List<String> found = new ArrayList<>();
        text.substring(header)
                .lines() // ends at CR, LF, and both
                .filter(line -> line.startsWith(segment))
                .filter(line -> line.length() > NAME && line.charAt(NAME) == separator)
                .limit(Attributes.MOST_VALUES)
                .forEach(line -> add(line, separator, encoding, found));
        return found.stream();
    }

    /** Between components, repetitions, the escape character, between subcomponents. */
    private static String encoding(String text, int from, char separator) {
        int end = text.indexOf(separator, from);
        return end < from + USUAL.length() ? USUAL : text.substring(from, end);
    }

    private void add(String line, char separator, String encoding, List<String> found) {
        // the separator itself is the first field of a header
        int number = segment.equals(HEADER) ? field - 1 : field;
        if (number == 0) {
            return;
        }
        String whole = part(line, separator, number + 1);
        if (segment.equals(HEADER) && field == 2) {
            found.add(whole);
            return;
        }
        int begin = 0;
        while (begin <= whole.length() && found.size() < Attributes.MOST_VALUES) {
            int end = whole.indexOf(encoding.charAt(1), begin);
            end = end < 0 ? whole.length() : end;
            String repetition = whole.substring(begin, end);
            if (component > 0) {
                repetition = part(repetition, encoding.charAt(0), component);
            }
            if (subcomponent > 0) {
                repetition = part(repetition, encoding.charAt(SUBCOMPONENTS), subcomponent);
            }
            found.add(repetition);
            begin = end + 1;
        }
    }

    /** The part of this number, from 1 on; empty if there are fewer. */
    private static String part(String text, char separator, int number) {
        int begin = 0;
        for (int i = 1; i < number; i++) {
            int next = text.indexOf(separator, begin);
            if (next < 0) {
                return "";
            }
            begin = next + 1;
        }
        int end = text.indexOf(separator, begin);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }
}
