package io.dermaga.dashboard.tree;

import io.dermaga.dashboard.text.Visible;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The structure of a content.
 *
 * @param format of it
 * @param rows in the order of the content
 * @param end why there are no more of them; null if they are all
 * @param problem where it cannot be read on, escaped, with the end {@link End#MALFORMED}; else null
 */
public record ContentTree(
        Format format, List<Row> rows, @Nullable End end, @Nullable String problem) {

    /** How many rows a tree has at most. */
    static final int MOST_ROWS = 2_000;

    /** How many levels it has at most. */
    static final int MOST_DEPTH = 64;

    /** How many bytes of a content are looked at. */
    static final int MOST_BYTES = 256 * 1024;

    /** Formats that can be told. */
    public enum Format {
        JSON,
        XML,
        HL7
    }

    /** Why a tree ends before its content. */
    public enum End {
        /** It has as many rows as a page shows. */
        ROWS,
        /** It is nested more deeply than a page shows. */
        DEPTH,
        /** No more of the content is kept, or looked at. */
        CONTENT,
        /** What follows cannot be read. */
        MALFORMED
    }

    /**
     * A node.
     *
     * @param depth 0 for those at the top
     * @param name of it; empty if it has none
     * @param value of it; empty if it has none of its own
     * @param meaning of the name in words; empty if it is not known
     */
    public record Row(int depth, String name, String value, String meaning) {}

    public ContentTree {
        rows = List.copyOf(rows);
    }

    /**
     * The tree of a content.
     *
     * @param head its beginning
     * @param whole whether that is all of it
     * @param charset name of its charset; an unknown one is read as UTF-8
     * @return empty if it has none of the formats
     */
    public static Optional<ContentTree> of(ByteBuffer head, boolean whole, String charset) {
        ByteBuffer bytes = head.duplicate();
        boolean all = whole && bytes.remaining() <= MOST_BYTES;
        bytes.limit(bytes.position() + Math.min(MOST_BYTES, bytes.remaining()));
        String text = charset(charset).decode(bytes).toString();
        int start = start(text);
        String content = text.substring(start);
        if (content.startsWith("{") || content.startsWith("[")) {
            return Optional.of(new JsonRows(all).read(content));
        }
        if (content.startsWith("<")) {
            return Optional.of(new XmlRows(all).read(content));
        }
        return content.startsWith("MSH") && content.length() > 8
                ? Optional.of(new Hl7Rows(all).read(content))
                : Optional.empty();
    }

    /** After white space, a byte order mark, and the start byte of MLLP. */
    private static int start(String text) {
        int at = 0;
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at))
                        || text.charAt(at) == '\ufeff'
                        || text.charAt(at) == '\u000b')) {
            at++;
        }
        return at;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /** The tree of rows that could not be read on. */
    static ContentTree malformed(Format format, Rows rows, boolean whole, @Nullable String why) {
        // what is cut is malformed at its end, which nobody is to blame for
        return whole
                ? new ContentTree(
                        format, rows.all(), End.MALFORMED, Visible.line(String.valueOf(why)))
                : new ContentTree(format, rows.all(), End.CONTENT, null);
    }
}
