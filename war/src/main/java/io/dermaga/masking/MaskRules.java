package io.dermaga.masking;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads rules as they are configured: {@code pan, hl7(PID-3, PID-5), regex(AHV[0-9.]+)}. */
final class MaskRules {

    private static final String ALLOWED =
            "pan, hl7(SEG-N, …) with fields as PID-5, regex(…) of RE2, separated by commas";

    private final String text;
    private int at;

    private MaskRules(String text) {
        this.text = text;
    }

    /**
     * The rules of a text.
     *
     * @param name of the setting, for the error
     * @throws IllegalStateException DMG4701 if it has any other form
     */
    static List<Mask> parse(String name, String text) {
        try {
            return new MaskRules(text).all();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException(
                    "DMG4701 property '%s': given '%s' (%s), allowed: %s"
                            .formatted(name, text, wrong.getMessage(), ALLOWED),
                    wrong);
        }
    }

    private List<Mask> all() {
        List<Mask> masks = new ArrayList<>();
        while (!rest().isBlank()) {
            masks.add(one());
            skipBlanks();
            if (at < text.length()) {
                if (text.charAt(at) != ',') {
                    throw new IllegalArgumentException("no comma at " + (at + 1));
                }
                at++;
            }
        }
        return masks;
    }

    private String rest() {
        return text.substring(at);
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Mask one() {
        skipBlanks();
        int begin = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String kind = text.substring(begin, at);
        return switch (kind) {
            case "pan" -> new PanMask();
            case "hl7" -> hl7(argument());
            case "regex" -> regex(argument());
            default -> throw new IllegalArgumentException("unknown rule '" + kind + "'");
        };
    }

    private static Mask hl7(String argument) {
        return new Hl7Mask(
                Arrays.stream(argument.split(",", -1))
                        .map(String::strip)
                        .map(Hl7Mask.Field::parse)
                        .toList());
    }

    private static Mask regex(String argument) {
        try {
            Pattern pattern = Pattern.compile(argument);
            if (pattern.matches("")) {
                throw new IllegalArgumentException("the expression matches nothing at all");
            }
            return new PatternMask(pattern);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(wrong.getMessage(), wrong);
        }
    }

    /** What is between a parenthesis and the one that closes it. */
    private String argument() {
        int depth = 0;
        boolean isClass = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (isClass) {
                isClass = c != ']';
            } else if (c == '[') {
                isClass = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                String argument = text.substring(at + 1, i);
                at = i + 1;
                return argument;
            }
            if (depth == 0) {
                break;
            }
        }
        throw new IllegalArgumentException("no (…) at " + (at + 1));
    }
}
