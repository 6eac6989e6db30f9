package io.dermaga.engine.framing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One JSON text on each line (ndjson.org, "NDJSON specification 1.0"; the same as JSON Lines).
 *
 * <pre>
 *  bytes    7b 7d 0a 0a 31 0d 0a      payloads  7b 7d | 31
 * </pre>
 *
 * Lines end in LF or CRLF; blank lines are no payloads. A line that cannot be JSON by its first
 * character is discarded and told of; more of it is not looked at.
 */
record Ndjson(boolean keepEnvelope) implements Framing {

    @Override
    public String form() {
        return "ndjson";
    }

    @Override
    public Likeness likeness(ByteBuf head) {
        return JsonValue.likeness(head);
    }

    @Override
    public boolean isDelimited() {
        return true;
    }

    @Override
    public Scanner newScanner() {
        return new LineScanner(LineEnding.LF_OR_CRLF, keepEnvelope, new JsonCheck());
    }

    private static final class JsonCheck extends LineCheck {

        /** The first character that is not white space; 0 before it. */
        private byte first;

        @Override
        void see(byte b) {
            if (first == 0 && !JsonValue.isSpace(b)) {
                first = b == 0 ? (byte) '?' : b;
            }
        }

        @Override
        @Nullable String verdict() {
            byte begins = first;
            first = 0;
            if (begins == 0) {
                return BLANK;
            }
            return JsonValue.isStart(begins) ? null : "a JSON text on each line";
        }
    }
}
