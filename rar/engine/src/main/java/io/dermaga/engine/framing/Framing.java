package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How payloads are told apart in the byte stream of a connection. */
public sealed interface Framing permits EndOfStream, Lines, LengthHeader {

    /** What {@link #parse} takes, in words. */
    String ALLOWED = "eof, lines, length(1..8[,including])";

    /** A new scanner, for one connection. */
    Scanner newScanner();

    /**
     * Whether the peer can be told of a failed delivery by a reset instead of an orderly end,
     * because a connection carries one payload.
     */
    default boolean answersByClosing() {
        return false;
    }

    /**
     * Reads the written form, as {@code length(4,including)}.
     *
     * @throws IllegalArgumentException if it is none of {@link #ALLOWED}
     */
    static Framing parse(String text) {
        Matcher form = Form.PATTERN.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("allowed: " + ALLOWED);
        }
        String[] arguments =
                form.group(2) == null
                        ? new String[0]
                        : form.group(2).strip().split("\\s*,\\s*", -1);
        return switch (form.group(1)) {
            case "eof" -> Form.plain(arguments, new EndOfStream());
            case "lines" -> Form.plain(arguments, new Lines());
            case "length" -> LengthHeader.parse(arguments);
            default -> throw new IllegalArgumentException("allowed: " + ALLOWED);
        };
    }

    /** What is allowed, if the text is no framing; null if it is one. */
    static @Nullable String problem(String text) {
        try {
            parse(text);
            return null;
        } catch (IllegalArgumentException e) {
            return ALLOWED;
        }
    }

    /**
     * Finds the boundaries in the stream of one connection. Keeps what it must remember between
     * chunks; confined to the event loop of the connection.
     */
    interface Scanner {

        /**
         * Looks through a chunk and tells the sink of every payload that ends in it, in order, then
         * of the one that goes on in the next chunk, if any. The chunk's indices are not changed.
         *
         * @throws FramingException if the bytes do not follow the framing
         */
        void scan(ByteBuf chunk, FrameSink sink) throws FramingException;

        /**
         * The stream has ended orderly.
         *
         * @return whether the bytes of the unfinished payload, if any, are a payload
         */
        boolean endCompletes();

        /**
         * Bytes that are still to come before the unfinished frame is complete, as far as they are
         * known: a large frame is then read as a whole. 0 if nothing is known.
         */
        default long missing() {
            return 0;
        }

        /** Whether no byte of an unfinished frame is remembered here (carried bytes aside). */
        default boolean betweenFrames() {
            return true;
        }
    }

    /** The grammar of the written form. */
    final class Form {
        private static final Pattern PATTERN =
                Pattern.compile("([a-z0-9-]{1,16})(?:\\(([^()]{0,100})\\))?");

        private Form() {}

        private static Framing plain(String[] arguments, Framing framing) {
            if (arguments.length != 0) {
                throw new IllegalArgumentException("allowed: " + ALLOWED);
            }
            return framing;
        }
    }
}
