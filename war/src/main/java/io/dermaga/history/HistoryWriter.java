package io.dermaga.history;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.RecordedMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies the feed of finished messages into the database, a batch in a transaction, together with
 * how far it has come: each message is written once, also across a new start of the dashboard. What
 * the adapter has forgotten by then is counted. One thread at a time.
 */
final class HistoryWriter {

    /** At most so many messages in one transaction. */
    static final int BATCH = 1_000;

    /**
     * How far the feed of one start of the adapter is written.
     *
     * @param lastSequence that is written or known to be dropped
     * @param written messages
     * @param dropped messages that were forgotten before they were written
     */
    record Progress(long lastSequence, long written, long dropped) {

        static final Progress NONE = new Progress(0, 0, 0);

        /** After these, which follow with or without a gap. */
        Progress after(List<RecordedMessage> batch) {
            long newest = batch.get(batch.size() - 1).facts().sequence();
            return new Progress(
                    newest, written + batch.size(), dropped + newest - lastSequence - batch.size());
        }
    }

    /** What is new of one listener. */
    private record Total(long messages, long bytes) {

        Total plus(Total other) {
            return new Total(messages + other.messages, bytes + other.bytes);
        }
    }

    private final HistoryDatabase database;

    HistoryWriter(HistoryDatabase database) {
        this.database = database;
    }

    /**
     * Writes the next batch, if there is one.
     *
     * @return how many messages, at most {@link #BATCH}
     * @throws SQLException if the database fails; nothing is written then
     */
    int write(Monitor monitor) throws SQLException {
        long run = Times.nanos(monitor.snapshot().startedAt());
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                Progress progress = progress(connection, run);
                List<RecordedMessage> batch = monitor.recorded(progress.lastSequence(), BATCH);
                if (!batch.isEmpty()) {
                    List<MessageRow> rows = batch.stream().map(MessageRow::of).toList();
                    database.kind().insert(connection, rows);
                    addTotals(connection, rows);
                    save(connection, run, progress.after(batch));
                }
                connection.commit();
                return batch.size();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }

    /** How far the feed of an adapter is written that was started then. */
    Progress progress(Instant startedAt) throws SQLException {
        try (Connection connection = database.connection()) {
            return progress(connection, Times.nanos(startedAt));
        }
    }

    private static Progress progress(Connection connection, long run) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(
                        "select last_sequence, written, dropped from feed where run = ?")) {
            query.setLong(1, run);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next()
                        ? new Progress(rows.getLong(1), rows.getLong(2), rows.getLong(3))
                        : Progress.NONE;
            }
        }
    }

    private static void save(Connection connection, long run, Progress progress)
            throws SQLException {
        updateOrInsert(
                connection,
                "update feed set last_sequence = ?, written = ?, dropped = ? where run = ?",
                "insert into feed (last_sequence, written, dropped, run) values (?, ?, ?, ?)",
                progress.lastSequence(),
                progress.written(),
                progress.dropped(),
                run);
    }

    /** Changes a row, or makes it if there is none; both statements take the same values. */
    private static void updateOrInsert(
            Connection connection, String update, String insert, Object... values)
            throws SQLException {
        if (execute(connection, update, values) == 0) {
            execute(connection, insert, values);
        }
    }

    private static int execute(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private static void addTotals(Connection connection, List<MessageRow> rows)
            throws SQLException {
        Map<String, Total> totals = new TreeMap<>(); // all writers in the same order
        for (MessageRow row : rows) {
            totals.merge(row.listener(), new Total(1, row.contentBytes()), Total::plus);
        }
        for (Map.Entry<String, Total> total : totals.entrySet()) {
            add(connection, total.getKey(), total.getValue().messages(), total.getValue().bytes());
        }
    }

    /** Changes what is known to be kept of a listener, in the caller's transaction. */
    static void add(Connection connection, String listener, long messages, long bytes)
            throws SQLException {
        updateOrInsert(
                connection,
                "update listener_total set messages = messages + ?, bytes = bytes + ? where listener = ?",
                "insert into listener_total (messages, bytes, listener) values (?, ?, ?)",
                messages,
                bytes,
                listener);
    }
}
