package io.dermaga.dashboard.page;

import io.dermaga.dashboard.text.Notation;
import io.dermaga.dashboard.text.Visible;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes that a reader writes in one of the notations, or chooses a file of. */
public class WrittenBytes implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final List<String> CHARSETS =
            List.of("UTF-8", "ISO-8859-1", "windows-1252", "US-ASCII", "UTF-16BE", "UTF-16LE");

    private final int most;
    private String charset = CHARSETS.get(0);
    private Notation notation = Notation.TEXT;
    private @Nullable String written;
    private transient @Nullable Part file;

    /**
     * @param most so many may be given
     */
    WrittenBytes(int most) {
        this.most = most;
    }

    /** Why bytes cannot be had; its message is for the reader, in his language. */
    static final class RefusedException extends Exception {

        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * What was given, a file rather than a text.
     *
     * @throws RefusedException if it is too much, or cannot be read
     */
    byte[] read(Texts texts) throws RefusedException {
        try {
            byte[] given = given();
            if (given.length > most) {
                throw new RefusedException(texts.of("labTooLarge", given.length, most));
            }
            return given;
        } catch (IllegalArgumentException unreadable) {
            throw new RefusedException(
                    texts.of(
                            "labUnreadable_" + notation,
                            Visible.line(String.valueOf(unreadable.getMessage()))));
        } catch (IOException failed) {
            throw new RefusedException(Visible.line(String.valueOf(failed.getMessage())));
        }
    }

    private byte[] given() throws IOException {
        Part uploaded = file;
        if (uploaded == null || uploaded.getSize() == 0) {
            return notation.bytes(written == null ? "" : written, Charset.forName(charset));
        }
        written = null;
        try (InputStream bytes = uploaded.getInputStream()) {
            return bytes.readNBytes(most + 1);
        }
    }

    /** Of text. */
    public String getCharset() {
        return charset;
    }

    /** One of {@link #getCharsets()}; another is left out. */
    public void setCharset(@Nullable String charset) {
        if (charset != null && CHARSETS.contains(charset)) {
            this.charset = charset;
        }
    }

    public List<String> getCharsets() {
        return CHARSETS;
    }

    public Notation getNotation() {
        return notation;
    }

    public void setNotation(Notation notation) {
        this.notation = notation;
    }

    public List<Notation> getNotations() {
        return Arrays.asList(Notation.values());
    }

    public @Nullable String getWritten() {
        return written;
    }

    public void setWritten(@Nullable String written) {
        this.written = written;
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public int getMostBytes() {
        return most;
    }
}
