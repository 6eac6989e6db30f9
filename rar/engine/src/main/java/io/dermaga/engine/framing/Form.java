package io.dermaga.engine.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The written form of a framing: a name, and in parentheses its arguments, separated by commas, as
 * {@code length(2,including)} or {@code auto(mllp, delimiter(0x0d0a))}. Text in single quotes
 * stands for itself.
 */
final class Form {

    private static final int MOST_CHARACTERS = 1000;
    private static final Pattern WHOLE =
            Pattern.compile("([a-z][a-z0-9-]{0,31})\\s*(?:\\((.*)\\))?", Pattern.DOTALL);

    private final String name;
    private final List<String> arguments;

    private Form(String name, List<String> arguments) {
        this.name = name;
        this.arguments = arguments;
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Form parse(String text) {
        Matcher whole = WHOLE.matcher(text.strip());
        if (text.length() > MOST_CHARACTERS || !whole.matches()) {
            throw new IllegalArgumentException("not a framing");
        }
        String inside = whole.group(2);
        return new Form(whole.group(1), inside == null ? new ArrayList<>() : split(inside));
    }

    private static List<String> split(String inside) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            quoted ^= c == '\'';
            if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
            if (depth < 0) {
                throw new IllegalArgumentException("not a framing");
            }
            if (c == ',' && depth == 0 && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        if (depth != 0 || quoted || parts.contains("")) {
            throw new IllegalArgumentException("not a framing");
        }
        return parts;
    }

    String name() {
        return name;
    }

    /** Whether an argument is left. */
    boolean hasMore() {
        return !arguments.isEmpty();
    }

    /** Takes the next argument. */
    String next() {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("an argument is missing");
        }
        return arguments.remove(0);
    }

    /** Takes the next argument, a number. */
    int next(int least, int most) {
        return number(next(), least, most);
    }

    /** Takes the next argument, bytes: {@code 0x0d0a} or {@code 'text'} in UTF-8. */
    byte[] nextBytes(int most) {
        byte[] bytes = bytes(next());
        if (bytes.length == 0 || bytes.length > most) {
            throw new IllegalArgumentException("bytes of that length are not allowed");
        }
        return bytes;
    }

    private static byte[] bytes(String text) {
        if (text.startsWith("0x")) {
            return HexFormat.of().parseHex(text, 2, text.length());
        }
        if (text.length() > 2 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("no bytes");
    }

    /** Takes an argument that is there or not. */
    boolean flag(String argument) {
        return arguments.remove(argument);
    }

    /** Takes an argument {@code name=number}. */
    int number(String argument, int least, int most, int fallback) {
        for (String one : arguments) {
            if (one.startsWith(argument + "=")) {
                arguments.remove(one);
                return number(one.substring(argument.length() + 1).strip(), least, most);
            }
        }
        return fallback;
    }

    private static int number(String text, int least, int most) {
        int value = Integer.parseInt(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    /**
     * Every argument was taken.
     *
     * @throws IllegalArgumentException if one is left
     */
    <T> T complete(T framing) {
        if (hasMore()) {
            throw new IllegalArgumentException("unknown argument");
        }
        return framing;
    }
}
