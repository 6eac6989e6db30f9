package io.dermaga.engine.framing;

import io.dermaga.engine.framing.Framing.Likeness;
import io.netty.buffer.ByteBuf;

/**
 * Follows one JSON text after the other (RFC 8259) to find where each ends: by the depth of its
 * brackets outside of strings. Whether it is valid is for its reader to say.
 */
final class JsonValue {

    private static final long FIRST_CHARACTERS = 1L << '-' | 0x3ffL << '0' | 1L << '"';

    private enum State {
        BEFORE,
        /** In an object or an array. */
        NESTED,
        STRING,
        /** After a backslash. */
        ESCAPE,
        /** In a number, {@code true}, {@code false} or {@code null}. */
        WORD
    }

    private State state = State.BEFORE;
    private int depth;

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Whether a JSON text can begin so. */
    static boolean isStart(byte b) {
        return b == '{'
                || b == '['
                || b == 't'
                || b == 'f'
                || b == 'n'
                || (b >= 0 && b < 64 && (FIRST_CHARACTERS >>> b & 1) != 0);
    }

    /** Objects and arrays alone are recognised: a number could be anything. */
    static Likeness likeness(ByteBuf head) {
        boolean opened = false;
        for (int i = head.readerIndex(); i < head.writerIndex(); i++) {
            byte b = head.getByte(i);
            if (isSpace(b)) {
                continue;
            }
            if (!opened) {
                if (b != '{' && b != '[') {
                    return Likeness.NO;
                }
                opened = true;
            } else {
                boolean more = isStart(b) || b == '}' || b == ']';
                return more ? Likeness.YES : Likeness.NO;
            }
        }
        return Likeness.MORE;
    }

    /** Whether no text has begun. */
    boolean isBefore() {
        return state == State.BEFORE;
    }

    /** Begins anew. */
    void reset() {
        state = State.BEFORE;
        depth = 0;
    }

    /**
     * The first byte of a text.
     *
     * @return whether it is one
     */
    boolean begin(byte b) {
        if (!isStart(b)) {
            return false;
        }
        depth = 0;
        state = State.WORD;
        if (b == '{' || b == '[') {
            depth = 1;
            state = State.NESTED;
        } else if (b == '"') {
            state = State.STRING;
        }
        return true;
    }

    /**
     * Looks for the end of the text that has begun.
     *
     * @return the index after its last byte, or -1 if it goes on
     */
    int end(ByteBuf chunk, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = chunk.getByte(i);
            switch (state) {
                case STRING -> {
                    if (b == '\\') {
                        state = State.ESCAPE;
                    } else if (b == '"') {
                        state = State.NESTED;
                    }
                }
                case ESCAPE -> state = State.STRING;
                case NESTED -> nested(b);
                default -> {
                    if (!isInWord(b)) {
                        state = State.BEFORE;
                        return i;
                    }
                }
            }
            if (state == State.NESTED && depth == 0) {
                state = State.BEFORE;
                return i + 1;
            }
        }
        return -1;
    }

    private void nested(byte b) {
        if (b == '"') {
            state = State.STRING;
        } else if (b == '{' || b == '[') {
            depth++;
        } else if (b == '}' || b == ']') {
            depth--;
        }
    }

    private static boolean isInWord(byte b) {
        return (b >= '0' && b <= '9')
                || (b >= 'a' && b <= 'z')
                || b == 'E'
                || b == '+'
                || b == '-'
                || b == '.';
    }
}
