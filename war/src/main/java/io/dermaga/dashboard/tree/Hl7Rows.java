package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.tree.ContentTree.End;
import io.dermaga.dashboard.tree.ContentTree.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an HL7 v2 message: segments, their fields, repetitions, components (HL7 v2.5.1, chapter
 * 2.5). The separators are those that MSH names. Nothing is checked.
 */
final class Hl7Rows {

    private static final Properties NAMES = names();
    private static final Pattern SEGMENT_END = Pattern.compile("\r\n|\r|\n");
    private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}");

    private final boolean whole;
    private final Rows rows = new Rows();

    Hl7Rows(boolean whole) {
        this.whole = whole;
    }

    private static Properties names() {
        Properties names = new Properties();
        try (InputStream file = Hl7Rows.class.getResourceAsStream("hl7.properties");
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            names.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return names;
    }

    ContentTree read(String text) {
        String field = text.substring(3, 4);
        String component = text.substring(4, 5);
        String repetition = text.substring(5, 6);
        try {
            for (String segment : SEGMENT_END.split(text, ContentTree.MOST_ROWS + 1)) {
                if (segment.length() >= 3 && !SEGMENT.matcher(segment.substring(0, 3)).matches()) {
                    return segment.startsWith("\u001c") // the end of MLLP
                            ? ended(null)
                            : ContentTree.malformed(Format.HL7, rows, whole, segment);
                }
                if (segment.length() >= 3) {
                    segment(segment, field, component, repetition);
                }
            }
            return ended(whole ? null : End.CONTENT);
        } catch (Rows.Full full) {
            return ended(full.end());
        }
    }

    private ContentTree ended(@Nullable End end) {
        return new ContentTree(Format.HL7, rows.all(), end, null);
    }

    private void segment(String segment, String field, String component, String repetition) {
        String name = segment.substring(0, 3);
        rows.add(0, name, "", NAMES.getProperty(name, ""));
        // MSH-1 is the separator itself, and MSH-2 the other ones
        boolean header = name.equals("MSH");
        if (header) {
            row(1, "MSH-1", field);
        }
        String[] fields = split(segment, field);
        for (int i = 1; i < fields.length; i++) {
            String id = name + "-" + (header ? i + 1 : i);
            if (id.equals("MSH-2")) {
                row(1, id, fields[i]);
            } else if (!fields[i].isEmpty()) {
                field(id, fields[i], component, repetition);
            }
        }
    }

    private static String[] split(String text, String separator) {
        return text.split(Pattern.quote(separator), ContentTree.MOST_ROWS);
    }

    private void field(String id, String field, String component, String repetition) {
        String[] repeated = split(field, repetition);
        for (int i = 0; i < repeated.length; i++) {
            String[] components = split(repeated[i], component);
            String shown = repeated.length == 1 ? id : id + "[" + (i + 1) + "]";
            rows.add(
                    1, shown, components.length == 1 ? repeated[i] : "", NAMES.getProperty(id, ""));
            for (int part = 0; components.length > 1 && part < components.length; part++) {
                if (!components[part].isEmpty()) {
                    row(2, id + "." + (part + 1), components[part]);
                }
            }
        }
    }

    private void row(int depth, String id, String value) {
        rows.add(depth, id, value, NAMES.getProperty(id, ""));
    }
}
