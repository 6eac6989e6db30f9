package io.dermaga.dashboard.page;

import io.dermaga.dashboard.text.Visible;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Content that a text field shows as it is and gives back byte by byte. A browser sends every line
 * end as CR LF and shows no control characters, so that only content with one kind of line end and
 * without what is invisible can be edited as text.
 */
final class EditableText {

    /** The largest content that is edited as text, in bytes. */
    static final int MOST_BYTES = 64 * 1024;

    /** How the lines of a content end. */
    enum LineEnd {
        LF("\n"),
        CR("\r"),
        CRLF("\r\n");

        private final String characters;

        LineEnd(String characters) {
            this.characters = characters;
        }

        /** The only kind in the text, LF if it has none; empty if there are several kinds. */
        private static Optional<LineEnd> of(String text) {
            String rest = text.replace(CRLF.characters, "");
            boolean pairs = rest.length() < text.length();
            boolean cr = rest.contains(CR.characters);
            boolean lf = rest.contains(LF.characters);
            if (pairs) {
                return cr || lf ? Optional.empty() : Optional.of(CRLF);
            }
            return cr && lf ? Optional.empty() : Optional.of(cr ? CR : LF);
        }
    }

    private final String text;
    private final Charset charset;
    private final LineEnd lineEnd;

    private EditableText(String text, Charset charset, LineEnd lineEnd) {
        this.text = text;
        this.charset = charset;
        this.lineEnd = lineEnd;
    }

    /** The content as text; empty if it would not come back as it is. */
    static Optional<EditableText> of(byte[] content, String charset) {
        if (content.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return of(content, Charset.forName(charset));
        } catch (CharacterCodingException
                | IllegalCharsetNameException
                | UnsupportedCharsetException
                | UnsupportedOperationException notText) {
            return Optional.empty();
        }
    }

    private static Optional<EditableText> of(byte[] content, Charset charset)
            throws CharacterCodingException {
        String decoded =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(content))
                        .toString();
        Optional<LineEnd> lineEnd = LineEnd.of(decoded);
        if (lineEnd.isEmpty()) {
            return Optional.empty();
        }
        String shown = decoded.replace(lineEnd.get().characters, "\n");
        EditableText editable = new EditableText(shown, charset, lineEnd.get());
        // the first line end after <textarea> is not part of its text
        boolean same =
                !shown.startsWith("\n")
                        && Visible.lines(shown).equals(shown)
                        && Arrays.equals(editable.bytes(shown), content);
        return same ? Optional.of(editable) : Optional.empty();
    }

    /** The text, its lines ended by LF. */
    String text() {
        return text;
    }

    String charset() {
        return charset.name();
    }

    LineEnd lineEnd() {
        return lineEnd;
    }

    /**
     * What a browser sent for the text, in the charset and with the line ends of the content.
     *
     * @throws CharacterCodingException if the charset has not all of its characters
     */
    byte[] bytes(String edited) throws CharacterCodingException {
        String lines =
                edited.replace(LineEnd.CRLF.characters, "\n")
                        .replace('\r', '\n')
                        .replace("\n", lineEnd.characters);
        ByteBuffer encoded =
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .encode(CharBuffer.wrap(lines));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }
}
