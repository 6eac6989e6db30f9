package io.dermaga.engine.lane;

import io.dermaga.engine.payload.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A payload on which a bean has failed for the last time.
 *
 * @param owner its connection
 * @param number on its connection
 * @param deliveries how often it was given to a bean
 * @param cause of the last failure, one sentence, escaped
 * @param stack of the last failure, escaped; empty if nothing was thrown
 * @param firstFailedAt end of the first delivery
 * @param lastFailedAt end of the last
 */
public record DeadPayload(
        LaneOwner owner,
        Content content,
        int index,
        long number,
        int deliveries,
        String cause,
        String stack,
        Instant firstFailedAt,
        Instant lastFailedAt) {

    /** As {@link io.dermaga.api.Payload#id()}. */
    public String id() {
        return owner.id() + "." + number;
    }

    public long size() {
        return content.size(index);
    }

    /** The bytes; valid until {@link LaneOwner#deadLetter} returns. */
    public InputStream stream() throws IOException {
        return LanePayload.stream(content, index);
    }
}
