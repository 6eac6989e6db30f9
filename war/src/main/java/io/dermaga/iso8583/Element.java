package io.dermaga.iso8583;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A data element as the table has it.
 *
 * @param kind of its content
 * @param size of it, or the largest one
 * @param lengthDigits digits of its length, which comes before it; 0: its size is fixed
 * @param form as it is written in the table
 * @param name in words
 */
record Element(Kind kind, int size, int lengthDigits, String form, String name) {

    /** What a content is made of. */
    enum Kind {
        /** Digits. */
        N,
        /** A sign and digits. */
        XN,
        /** Letters and digits. */
        AN,
        /** Characters, and what is reserved for anything. */
        ANS,
        /** Digits and separators of track 2. */
        Z,
        /** Bytes. */
        B
    }

    private static final Properties TABLE = table();
    private static final Pattern FORM = Pattern.compile("([a-z+]+) (\\.{0,3})([0-9]+)");

    private static Properties table() {
        Properties table = new Properties();
        try (InputStream file = Element.class.getResourceAsStream("elements.properties");
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            table.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return table;
    }

    /**
     * The element of this number.
     *
     * @param isLater whether the message is of 1993 or later
     * @return empty if there is none
     */
    static Optional<Element> of(int number, boolean isLater) {
        String known = TABLE.getProperty(Integer.toString(number));
        String line = isLater ? TABLE.getProperty("1993." + number, known) : known;
        return Optional.ofNullable(line).map(Element::read);
    }

    boolean isFixed() {
        return lengthDigits == 0;
    }

    private static Element read(String line) {
        int stroke = line.indexOf('|');
        String form = line.substring(0, stroke);
        Matcher parts = FORM.matcher(form);
        if (!parts.matches()) {
            throw new IllegalStateException("no form of an element: " + line);
        }
        return new Element(
                Kind.valueOf(parts.group(1).replace("+", "").toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts.group(3)),
                parts.group(2).length(),
                form,
                line.substring(stroke + 1));
    }
}
