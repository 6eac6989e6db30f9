package io.dermaga.engine.idempotency;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.dermaga.engine.reply.Hl7Header;
import io.dermaga.engine.reply.PayloadHead;
import io.dermaga.engine.settings.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the key of a payload in its first bytes. An empty one is none. */
final class KeyFinder {

    private static final byte START_BLOCK = 0x0b;

    /** Is in no field of a segment, whatever separates them. */
    private static final String BETWEEN_FIELDS = "\r";

    private KeyFinder() {}

    /** The key; null if the payload has none. */
    static @Nullable PayloadKey find(IdempotencyKey where, PayloadHead payload) {
        String key = null;
        if (where instanceof IdempotencyKey.Bytes bytes) {
            key = at(bytes, payload);
        } else if (where instanceof IdempotencyKey.Found found) {
            key = found(found.pattern(), payload);
        } else if (where == IdempotencyKey.Fixed.HL7) {
            key = hl7(payload);
        }
        return key == null || key.isEmpty() ? null : PayloadKey.of(key);
    }

    private static @Nullable String at(IdempotencyKey.Bytes bytes, PayloadHead payload) {
        int end = bytes.offset() + bytes.length();
        byte[] head = payload.first(end);
        return head.length < end
                ? null
                : new String(head, bytes.offset(), bytes.length(), StandardCharsets.ISO_8859_1);
    }

    private static @Nullable String found(Pattern pattern, PayloadHead payload) {
        byte[] head = payload.first(IdempotencyKey.SEARCHED_BYTES);
        Matcher matcher = pattern.matcher(new String(head, StandardCharsets.ISO_8859_1));
        return matcher.find() ? matcher.group(Math.min(1, matcher.groupCount())) : null;
    }

    /** A control id is unique among those of its sender: all three are the key. */
    private static @Nullable String hl7(PayloadHead payload) {
        Hl7Header header = Hl7Header.of(most -> withoutStart(payload.first(most + 1), most));
        if (header == null || !header.isWhole() || header.field(Hl7Header.CONTROL_ID).isEmpty()) {
            return null;
        }
        return String.join(
                BETWEEN_FIELDS,
                header.field(Hl7Header.SENDING_APPLICATION),
                header.field(Hl7Header.SENDING_FACILITY),
                header.field(Hl7Header.CONTROL_ID));
    }

    /** With {@code envelope=KEEP} the start of the block is there. */
    private static byte[] withoutStart(byte[] head, int most) {
        int start = head.length > 0 && head[0] == START_BLOCK ? 1 : 0;
        return Arrays.copyOfRange(head, start, Math.min(head.length, start + most));
    }
}
