package io.dermaga.dashboard.connections;

import io.dermaga.api.monitor.ConnectionSnapshot;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the number of a column has to be, as it was written.
 *
 * @param least null: none
 * @param most null: none
 */
record Bound(ConnectionColumn column, @Nullable Limit least, @Nullable Limit most)
        implements Serializable {

    /** A number and how it was written. */
    record Limit(String text, long number) implements Serializable {}

    boolean admits(ConnectionSnapshot connection, Instant now) {
        long number = column.number(connection, now);
        return (least == null || number >= least.number())
                && (most == null || number <= most.number());
    }
}
