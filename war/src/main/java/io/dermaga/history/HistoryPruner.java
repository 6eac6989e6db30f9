package io.dermaga.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes what is too old, and of each listener the oldest of what is too much; so many messages in
 * a transaction that neither the writer nor a reader waits for long. One thread at a time; other
 * servers may write to the same database, and remove from it.
 */
final class HistoryPruner {

    private static final int BATCH = 1_000;
    private static final MessagePlace OLDEST = new MessagePlace(Long.MIN_VALUE, 0);

    private static final String FROM_PLACE = " and ended_at <= ? and (ended_at < ? or row_id <= ?)";

    /** Of a listener, from a place on to the one before another. */
    private static final String OF_RANGE =
            " from message where listener = ?"
                    + FROM_PLACE
                    + " and ended_at >= ? and (ended_at > ? or row_id > ?)";

    /** The place of a message of a listener; H2 takes an index only if the order begins as it. */
    private static final String OF_LISTENER =
            "select ended_at, row_id from message where listener = ?%s"
                    + " order by listener, ended_at desc, row_id desc limit 1 offset %d";

    /** What is kept of a listener. */
    private record Total(String listener, long messages, long bytes) {}

    private final HistoryDatabase database;
    private final HistorySettings settings;
    private final BooleanSupplier stop;

    /**
     * @param stop asked between two batches: whether to end early
     */
    HistoryPruner(HistoryDatabase database, HistorySettings settings, BooleanSupplier stop) {
        this.database = database;
        this.settings = settings;
        this.stop = stop;
    }

    /**
     * Removes all that is due, of events by age, and as many as of a listener are kept of all.
     *
     * @return how many messages
     * @throws SQLException if the database fails; what was removed before is counted all the same
     */
    long prune(Instant now) throws SQLException {
        long removed = 0;
        try (Connection connection = database.connection()) {
            MessagePlace tooOld =
                    new MessagePlace(Times.nanos(now.minus(settings.maxAge())), Long.MAX_VALUE);
            for (Total total : totals(connection)) {
                String listener = total.listener();
                removed += removeAllFrom(connection, listener, tooOld);
                if (total.messages() > settings.maxMessages()) {
                    removed += removeAllBut(connection, listener, settings.maxMessages());
                }
                removed += removeExcessBytes(connection, listener);
            }
            removeEvents(connection, "at < ?", tooOld.endedAt());
            removeEvents(
                    connection,
                    "row_id <= (select max(row_id) from event) - ?",
                    settings.maxMessages());
        }
        return removed;
    }

    private void removeEvents(Connection connection, String condition, long value)
            throws SQLException {
        String sql =
                "delete from event where row_id in (select row_id from event where %s limit %d)"
                        .formatted(condition, BATCH);
        while (Sql.execute(connection, sql, value) == BATCH && !stop.getAsBoolean()) {
            // the next batch
        }
    }

    private static List<Total> totals(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet rows =
                        query.executeQuery(
                                "select listener, messages, bytes from listener_total where messages > 0")) {
            List<Total> totals = new ArrayList<>();
            while (rows.next()) {
                totals.add(new Total(rows.getString(1), rows.getLong(2), rows.getLong(3)));
            }
            return totals;
        }
    }

    private static Total total(Connection connection, String listener) throws SQLException {
        try (PreparedStatement query =
                        Sql.prepared(
                                connection,
                                "select messages, bytes from listener_total where listener = ?",
                                listener);
                ResultSet row = query.executeQuery()) {
            return row.next()
                    ? new Total(listener, row.getLong(1), row.getLong(2))
                    : new Total(listener, 0, 0);
        }
    }

    /** Removes what stands at a place or behind it, if there is any. */
    private long removeAllFrom(Connection connection, String listener, MessagePlace place)
            throws SQLException {
        MessagePlace first = placeBehind(connection, listener, place, 0);
        return first == null ? 0 : removeFrom(connection, listener, first);
    }

    /** Removes all but the newest of a listener. */
    private long removeAllBut(Connection connection, String listener, long kept)
            throws SQLException {
        MessagePlace first = place(connection, OF_LISTENER.formatted("", kept), listener);
        return first == null ? 0 : removeFrom(connection, listener, first);
    }

    /** Half of what seems to be too much by the mean of their sizes, until it is not too much. */
    private long removeExcessBytes(Connection connection, String listener) throws SQLException {
        long removed = 0;
        for (Total total = total(connection, listener);
                total.bytes() > settings.maxBytes() && !stop.getAsBoolean();
                total = total(connection, listener)) {
            double share = 1 - (double) settings.maxBytes() / total.bytes();
            long step = Math.max(1, (long) (total.messages() * share / 2));
            long kept = total.messages() - step;
            long now = removeAllBut(connection, listener, kept);
            if (now == 0) {
                break;
            }
            removed += now;
        }
        return removed;
    }

    /** Removes the message at a place, and all that are older, of a listener. */
    private long removeFrom(Connection connection, String listener, MessagePlace first)
            throws SQLException {
        long removed = 0;
        MessagePlace next = first;
        while (next != null && !stop.getAsBoolean()) {
            MessagePlace after = placeBehind(connection, listener, next, BATCH);
            removed += removeBatch(connection, listener, next, after);
            next = after;
        }
        return removed;
    }

    /** The place so many messages behind another, from it on; null if there are fewer. */
    private static @Nullable MessagePlace placeBehind(
            Connection connection, String listener, MessagePlace from, int messages)
            throws SQLException {
        return place(
                connection,
                OF_LISTENER.formatted(FROM_PLACE, messages),
                listener,
                from.endedAt(),
                from.endedAt(),
                from.row());
    }

    private static @Nullable MessagePlace place(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement query = Sql.prepared(connection, sql, values);
                ResultSet row = query.executeQuery()) {
            return row.next() ? new MessagePlace(row.getLong(1), row.getLong(2)) : null;
        }
    }

    /**
     * Removes a batch.
     *
     * @param first the newest of it
     * @param after that stays for the next batch; null: there is none
     */
    private static long removeBatch(
            Connection connection,
            String listener,
            MessagePlace first,
            @Nullable MessagePlace after)
            throws SQLException {
        MessagePlace end = after == null ? OLDEST : after;
        Object[] range = {
            listener,
            first.endedAt(),
            first.endedAt(),
            first.row(),
            end.endedAt(),
            end.endedAt(),
            end.row()
        };
        connection.setAutoCommit(false);
        try {
            lock(connection, listener);
            long bytes = bytes(connection, range);
            int removed = Sql.execute(connection, "delete" + OF_RANGE, range);
            HistoryWriter.add(connection, listener, -removed, -bytes);
            connection.commit();
            return removed;
        } catch (SQLException | RuntimeException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Another server may be removing as well. */
    private static void lock(Connection connection, String listener) throws SQLException {
        try (PreparedStatement query =
                        Sql.prepared(
                                connection,
                                "select messages from listener_total where listener = ? for update",
                                listener);
                ResultSet row = query.executeQuery()) {
            row.next();
        }
    }

    private static long bytes(Connection connection, Object... range) throws SQLException {
        try (PreparedStatement query =
                        Sql.prepared(connection, "select sum(content_bytes)" + OF_RANGE, range);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
