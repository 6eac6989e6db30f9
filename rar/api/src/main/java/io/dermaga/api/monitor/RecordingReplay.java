package io.dermaga.api.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded connection that is, or was, sent to a listener again.
 *
 * @param id names it
 * @param recording that it is taken from
 * @param connection id of the recorded one
 * @param listener that it is sent to
 * @param speed as it was asked for
 * @param actor who has begun it
 * @param state whether it goes on
 * @param startedAt when
 * @param endedAt when it has ended; null if it goes on
 * @param bytes that the peer had sent
 * @param sent of these so far
 * @param expected bytes of replies that were recorded
 * @param received bytes of replies so far
 * @param replies how they compare; null if it goes on, or has failed
 * @param difference the first byte of the replies that differs; null if none does
 * @param error why it has failed, one sentence; null if it has not
 */
public record RecordingReplay(
        String id,
        String recording,
        String connection,
        String listener,
        double speed,
        String actor,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        long bytes,
        long sent,
        long expected,
        long received,
        @Nullable Replies replies,
        @Nullable Difference difference,
        @Nullable String error) {

    private static final String HIDDEN = "********";

    /** Whether it goes on. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    /** How replies compare with those that were recorded. */
    public enum Replies {
        /** Byte for byte the same, and the same end if that was recorded. */
        IDENTICAL,
        /** There is a {@link Difference}. */
        DIFFERENT,
        /** The same as far as they came. */
        MISSING,
        /** The same, and then more. */
        EXTRA,
        /** The same bytes, but the listener has reset the connection, or has not, as it had. */
        OTHER_END
    }

    /**
     * The first byte that differs.
     *
     * @param offset of it in the replies, from 0 on
     * @param expected what was recorded from there on, escaped and cut
     * @param received what has come
     */
    public record Difference(long offset, String expected, String received) {}

    /** The same for those who may not read payloads: where replies differ, and not how. */
    public RecordingReplay withoutExcerpts() {
        return new RecordingReplay(
                id,
                recording,
                connection,
                listener,
                speed,
                actor,
                state,
                startedAt,
                endedAt,
                bytes,
                sent,
                expected,
                received,
                replies,
                difference == null ? null : new Difference(difference.offset(), HIDDEN, HIDDEN),
                error);
    }
}
