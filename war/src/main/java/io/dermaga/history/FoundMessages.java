package io.dermaga.history;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search has found so far.
 *
 * @param messages the newest first
 * @param next place after which it goes on; null if all that there is was looked at
 * @param isFull whether it ended since there were enough messages, not since it took too long
 */
public record FoundMessages(
        List<StoredMessage> messages, @Nullable MessagePlace next, boolean isFull) {

    public FoundMessages {
        messages = List.copyOf(messages);
    }

    /** How far back was looked before it took too long; null if it did not. */
    public @Nullable Instant lookedBackTo() {
        MessagePlace from = next;
        return from == null || isFull ? null : Times.instant(from.endedAt());
    }
}
