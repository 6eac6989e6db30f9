package io.dermaga.masking;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Numbers of payment cards (ISO/IEC 7812-1): 13 to 19 digits, alone or in groups, of which the last
 * one is the check digit of Luhn. The first six and the last four stay, as PCI DSS 3.4.1 allows.
 */
record PanMask() implements Mask {

    /** Longest first, so that no part of a longer number is taken for a whole one. */
    private static final Pattern DIGITS = Pattern.compile("[0-9](?:[ -]?[0-9]){12,}");

    private static final int SHORTEST = 13;
    private static final int LONGEST = 19;
    private static final int FIRST = 6;
    private static final int LAST = 4;

    @Override
    public String apply(String text) {
        Matcher found = DIGITS.matcher(text);
        StringBuilder covered = null;
        while (found.find()) {
            String digits = digits(found.group());
            if (digits.length() <= LONGEST && isChecked(digits)) {
                covered = covered == null ? new StringBuilder(text) : covered;
                cover(covered, found.start(), found.end(), digits.length());
            }
        }
        return covered == null ? text : covered.toString();
    }

    private static void cover(StringBuilder text, int from, int to, int digits) {
        int digit = 0;
        for (int i = from; i < to; i++) {
            if (isDigit(text.charAt(i))) {
                if (digit >= FIRST && digit < digits - LAST) {
                    text.setCharAt(i, COVER);
                }
                digit++;
            }
        }
    }

    private static String digits(String group) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < group.length(); i++) {
            if (isDigit(group.charAt(i))) {
                digits.append(group.charAt(i));
            }
        }
        return digits.toString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Luhn's formula (ISO/IEC 7812-1, annex B). */
    private static boolean isChecked(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits.length() >= SHORTEST && sum % 10 == 0;
    }
}
