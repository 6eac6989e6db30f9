package io.dermaga.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with the history.
 *
 * @param problem numbered, why nothing is written or found now; null if all is well
 * @param messages that are kept
 * @param bytes of contents that are kept
 * @param dropped messages of this start of the adapter that it had forgotten before they were
 *     written
 * @param prunedAt when what was due was removed last; null: not yet
 * @param pruned how many messages were removed then
 * @param pruneAt when it is looked next
 */
public record HistoryStatus(
        @Nullable String problem,
        long messages,
        long bytes,
        long dropped,
        @Nullable Instant prunedAt,
        long pruned,
        @Nullable Instant pruneAt) {

    /** Where no history is kept. */
    static final HistoryStatus NONE = new HistoryStatus(null, 0, 0, 0, null, 0, null);
}
