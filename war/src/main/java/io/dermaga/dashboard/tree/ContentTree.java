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
 * @param unread how many bytes are left, with the end {@link End#UNREAD}, none if there are too
 *     few; else 0
 */
public record ContentTree(
        Format format, List<Row> rows, @Nullable End end, @Nullable String problem, int unread) {

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
        HL7,
        ISO8583
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
        MALFORMED,
        /** What follows cannot be read, and is no text of which a part could be shown. */
        UNREAD
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

    ContentTree(Format format, List<Row> rows, @Nullable End end, @Nullable String problem) {
        this(format, rows, end, problem, 0);
    }

    /** The tree of a content of which nothing is known. */
    static Optional<ContentTree> of(ByteBuffer head, boolean whole, String charset) {
        return of(head, whole, charset, false);
    }

    /**
     * The tree of a content.
     *
     * @param head its beginning
     * @param whole whether that is all of it
     * @param charset name of its charset; an unknown one is read as UTF-8
     * @param iso8583 whether its listener expects messages of ISO 8583; what else is one has to be
     *     one from its first to its last byte
     * @return empty if it has none of the formats
     */
    public static Optional<ContentTree> of(
            ByteBuffer head, boolean whole, String charset, boolean iso8583) {
        ByteBuffer bytes = head.duplicate();
        boolean all = whole && bytes.remaining() <= MOST_BYTES;
        bytes.limit(bytes.position() + Math.min(MOST_BYTES, bytes.remaining()));
        String text = charset(charset).decode(bytes.duplicate()).toString();
        int start = start(text);
        String content = text.substring(start);
        if (content.startsWith("{") || content.startsWith("[")) {
            return Optional.of(new JsonRows(all).read(content));
        }
        if (content.startsWith("<")) {
            return Optional.of(new XmlRows(all).read(content));
        }
        if (content.startsWith("MSH") && content.length() > 8) {
            return Optional.of(new Hl7Rows(all).read(content));
        }
        byte[] message = new byte[bytes.remaining()];
        bytes.get(message);
        return new Iso8583Rows(message, all, iso8583).read();
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
