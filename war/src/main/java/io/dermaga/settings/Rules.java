package io.dermaga.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a setting that is a list of rules, separated by commas: {@code pan, hl7(PID-3, PID-5)}
 * or, with names, {@code order=json(/order/id)}.
 */
public final class Rules {

    private final String text;
    private int at;

    private Rules(String text) {
        this.text = text;
    }

    /**
     * A rule.
     *
     * @param name before the sign {@code =}; empty if there is none
     * @param kind of rule
     * @param parenthesis what follows, with both parentheses; empty if there is nothing
     */
    public record Rule(String name, String kind, String parenthesis) {

        /**
         * What is between its parentheses.
         *
         * @throws IllegalArgumentException if it has none
         */
        public String argument() {
            if (parenthesis.isEmpty()) {
                throw new IllegalArgumentException("no (…) after '" + kind + "'");
            }
            return parenthesis.substring(1, parenthesis.length() - 1);
        }

        /**
         * The same as an expression of RE2, whose time grows with the text alone.
         *
         * @throws IllegalArgumentException if it is none, or one that matches nothing at all
         */
        public Pattern pattern() {
            try {
                Pattern pattern = Pattern.compile(argument());
                if (pattern.matches("")) {
                    throw new IllegalArgumentException("the expression matches nothing at all");
                }
                return pattern;
            } catch (PatternSyntaxException wrong) {
                throw new IllegalArgumentException(wrong.getMessage(), wrong);
            }
        }
    }

    /**
     * The rules of a text.
     *
     * @throws IllegalArgumentException if it has any other form
     */
    public static List<Rule> parse(String text) {
        return new Rules(text).all();
    }

    private List<Rule> all() {
        List<Rule> rules = new ArrayList<>();
        while (!text.substring(at).isBlank()) {
            rules.add(one());
            skipBlanks();
            if (at < text.length()) {
                if (text.charAt(at) != ',') {
                    throw new IllegalArgumentException("no comma at " + (at + 1));
                }
                at++;
            }
        }
        return rules;
    }

    private Rule one() {
        String word = word();
        skipBlanks();
        if (at == text.length() || text.charAt(at) != '=') {
            return new Rule("", word, parenthesis());
        }
        at++;
        return new Rule(word, word(), parenthesis());
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String word() {
        skipBlanks();
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at))
                        || "_-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(begin, at);
    }

    /** From a parenthesis to the one that closes it; empty if none begins here. */
    private String parenthesis() {
        int begin = at;
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
                at = i + 1;
                return text.substring(begin, at);
            }
            if (depth <= 0) {
                return "";
            }
        }
        if (depth > 0) {
            throw new IllegalArgumentException("no ) for the ( at " + (begin + 1));
        }
        return "";
    }
}
