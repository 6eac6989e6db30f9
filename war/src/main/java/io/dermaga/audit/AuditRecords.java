package io.dermaga.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the records that were asked for, the newest first.
 *
 * @param next older ones have a smaller sequence than this; 0: there are none
 * @param lookedBackTo where the search stopped because it had read enough; null if it did not
 */
public record AuditRecords(List<AuditRecord> records, long next, @Nullable Instant lookedBackTo) {

    public AuditRecords {
        records = List.copyOf(records);
    }
}
