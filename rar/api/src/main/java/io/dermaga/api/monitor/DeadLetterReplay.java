package io.dermaga.api.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters that are delivered again, one after another.
 *
 * @param id of this replay in the running adapter
 * @param actor who has asked for it, escaped
 * @param state whether it goes on
 * @param startedAt when it was asked for
 * @param endedAt when it was through or cancelled; null while it goes on
 * @param total letters that were meant when it began
 * @param delivered letters that a bean has taken; they are gone
 * @param failed letters on which the bean has failed once more; they stay
 * @param skipped letters that were not given to a bean; those that are still there stay
 * @param lastError of the last letter that failed or was skipped, numbered, one sentence; null if
 *     there is none
 */
public record DeadLetterReplay(
        String id,
        String actor,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        int total,
        int delivered,
        int failed,
        int skipped,
        @Nullable String lastError) {

    /** Whether it goes on. */
    public enum State {
        RUNNING,
        /** All letters had their turn. */
        DONE,
        /** Somebody has ended it, or the adapter was stopped. */
        CANCELLED
    }

    /** Letters that had their turn. */
    public int done() {
        return delivered + failed + skipped;
    }
}
