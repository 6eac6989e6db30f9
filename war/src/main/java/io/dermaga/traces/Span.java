package io.dermaga.traces;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as it is exported.
 *
 * @param traceId 32 hexadecimal digits
 * @param id 16 hexadecimal digits
 * @param parentId the same; null if it has no parent
 * @param attributes by their names, in the order in which they are sent: texts, numbers ({@link
 *     Long}) and {@link Boolean}
 * @param error what went wrong in it; null if nothing did
 */
record Span(
        String traceId,
        String id,
        @Nullable String parentId,
        String name,
        Kind kind,
        Instant start,
        Instant end,
        Map<String, Object> attributes,
        @Nullable String error) {

    /** What it is to others. The numbers are those of OTLP. */
    enum Kind {
        INTERNAL(1),
        CONSUMER(5);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }
}
