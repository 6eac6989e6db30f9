package io.dermaga.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Removes what is too old, and of each listener the oldest of what is too much; so many messages in
 * a transaction that neither the writer nor a reader waits for long. Messages are in the order in
 * which they ended, so that one place parts those that are too old. One thread at a time.
 */
final class HistoryPruner {

    private static final int BATCH = 1_000;

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
     * Removes all that is due.
     *
     * @return how many messages
     * @throws SQLException if the database fails; what was removed before is counted all the same
     */
    long prune(Instant now) throws SQLException {
        long removed = 0;
        try (Connection connection = database.connection()) {
            OptionalLong tooOld = firstEndedBefore(connection, now.minus(settings.maxAge()));
            for (Total total : totals(connection)) {
                String listener = total.listener();
                if (tooOld.isPresent()) {
                    removed += removeFrom(connection, listener, tooOld.getAsLong());
                }
                if (total.messages() > settings.maxMessages()) {
                    removed += removeAllBut(connection, listener, settings.maxMessages());
                }
                removed += removeExcessBytes(connection, listener);
            }
        }
        return removed;
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
                connection.prepareStatement(
                        "select messages, bytes from listener_total where listener = ?")) {
            query.setString(1, listener);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? new Total(listener, row.getLong(1), row.getLong(2))
                        : new Total(listener, 0, 0);
            }
        }
    }

    /** The newest place of those that ended before; places grow with age. */
    private static OptionalLong firstEndedBefore(Connection connection, Instant cutoff)
            throws SQLException {
        long cutoffNanos = Times.nanos(cutoff);
        long low;
        long end;
        try (Statement query = connection.createStatement();
                ResultSet bounds =
                        query.executeQuery("select min(place), max(place) from message")) {
            bounds.next();
            low = bounds.getLong(1);
            end = bounds.getLong(2) + 1;
            if (bounds.wasNull()) {
                return OptionalLong.empty();
            }
        }
        long high = end;
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select place, ended_at from message where place >= ? order by place limit 1")) {
            while (low < high) {
                long middle = low + (high - low) / 2;
                query.setLong(1, middle);
                try (ResultSet row = query.executeQuery()) {
                    if (row.next() && row.getLong(2) >= cutoffNanos) {
                        low = row.getLong(1) + 1;
                    } else {
                        high = middle;
                    }
                }
            }
        }
        return low < end ? OptionalLong.of(low) : OptionalLong.empty();
    }

    /** Removes all but the newest of a listener. */
    private long removeAllBut(Connection connection, String listener, long kept)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select place from message where listener = ? order by listener, place limit 1 offset ?")) {
            query.setString(1, listener);
            query.setLong(2, kept);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? removeFrom(connection, listener, row.getLong(1)) : 0;
            }
        }
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
    private long removeFrom(Connection connection, String listener, long place)
            throws SQLException {
        long removed = 0;
        long next = place;
        while (!stop.getAsBoolean()) {
            OptionalLong last = lastOfBatch(connection, listener, next);
            if (last.isEmpty()) {
                break;
            }
            removed += removeBatch(connection, listener, next, last.getAsLong());
            next = last.getAsLong() + 1;
        }
        return removed;
    }

    private static OptionalLong lastOfBatch(Connection connection, String listener, long from)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        """
                        select max(place) from
                            (select place from message where listener = ? and place >= ?
                             order by listener, place limit ?) batch
                        """)) {
            query.setString(1, listener);
            query.setLong(2, from);
            query.setInt(3, BATCH);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long last = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(last);
            }
        }
    }

    private static long removeBatch(Connection connection, String listener, long from, long to)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            long bytes = bytes(connection, listener, from, to);
            int removed;
            try (PreparedStatement delete =
                    connection.prepareStatement(
                            "delete from message where listener = ? and place between ? and ?")) {
                setRange(delete, listener, from, to);
                removed = delete.executeUpdate();
            }
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

    private static long bytes(Connection connection, String listener, long from, long to)
            throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select sum(content_bytes) from message where listener = ? and place between ? and ?")) {
            setRange(query, listener, from, to);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void setRange(PreparedStatement statement, String listener, long from, long to)
            throws SQLException {
        statement.setString(1, listener);
        statement.setLong(2, from);
        statement.setLong(3, to);
    }
}
