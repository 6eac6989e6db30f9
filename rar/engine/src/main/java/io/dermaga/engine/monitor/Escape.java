package io.dermaga.engine.monitor;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Makes text that may stem from a peer safe for logs and pages: printable and short. */
public final class Escape {

    private static final int MOST_CHARS = 300;
    private static final int MOST_STACK_CHARS = 16 * 1024;

    private Escape() {}

    /**
     * Control, format and unpaired surrogate characters as {@code \\uXXXX}; cut after 300 chars.
     */
    public static String text(String text) {
        return text(text, MOST_CHARS);
    }

    /** As {@link #text(String)}, cut after {@code most} characters. */
    public static String text(String text, int most) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), most) + 16);
        int i = 0;
        while (i < text.length() && safe.length() < most) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (printable(c)) {
                safe.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    safe.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
        return i < text.length() ? safe.append('…').toString() : safe.toString();
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    /** Class and message of a failure, escaped. */
    public static String cause(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        try {
            String message = failure.getMessage();
            return text(message == null ? name : name + ": " + message);
        } catch (RuntimeException e) {
            return name; // an exception of an application may fail to tell its message
        }
    }

    /** Class, message and stack of a failure, line by line, escaped; cut after 16,384 chars. */
    public static String stack(Throwable failure) {
        StringWriter whole = new StringWriter();
        try {
            failure.printStackTrace(new PrintWriter(whole));
        } catch (RuntimeException e) {
            return cause(failure); // as above
        }
        StringBuilder safe = new StringBuilder(2048);
        for (String line : whole.toString().lines().toList()) {
            if (safe.length() + line.length() > MOST_STACK_CHARS - 3) {
                return safe.append("...").toString();
            }
            safe.append(text(line.replace("\t", "    "), MOST_STACK_CHARS)).append('\n');
        }
        return safe.length() > MOST_STACK_CHARS
                ? safe.substring(0, MOST_STACK_CHARS)
                : safe.toString();
    }
}
