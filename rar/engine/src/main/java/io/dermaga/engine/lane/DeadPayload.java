package io.dermaga.engine.lane;

import io.dermaga.api.TlsSession;
import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.WallClock;
import io.dermaga.engine.payload.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payload on which a bean has failed for the last time, or that is too large for one.
 *
 * @param owner its connection
 * @param number on its connection
 * @param deliveries how often it was given to a bean; 0 if it is too large
 * @param cause of the last failure, numbered, one sentence, escaped
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

    /**
     * What is kept of it besides its bytes.
     *
     * @param activation the container's name of it
     * @param copy the group whose copy it is; empty: there is but one
     */
    public DeadLetter letter(String activation, String copy) {
        return new DeadLetter(
                copy.isEmpty() ? id() : id() + "." + copy,
                owner.settings().name(),
                activation,
                copy,
                new DeadLetter.Origin(
                        owner.id(),
                        owner.remoteAddress(),
                        owner.localAddress(),
                        owner.openedAt(),
                        owner.tls().map(DeadPayload::peerName).orElse(null)),
                size(),
                owner.settings().charset().name(),
                WallClock.at(content.firstByteNanos(index)),
                new DeadLetter.Failure(firstFailedAt, lastFailedAt, deliveries, cause, stack),
                false,
                DeadLetter.Replays.NONE);
    }

    private static @Nullable String peerName(TlsSession session) {
        return session.peerCertificates().stream()
                .findFirst()
                .map(shown -> Escape.text(shown.getSubjectX500Principal().getName()))
                .orElse(null);
    }

    /** The bytes; valid until {@link LaneOwner#deadLetter} returns. */
    public InputStream stream() throws IOException {
        return LanePayload.stream(content, index);
    }
}
