package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.RecordedMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies the feed of finished messages into the database, a batch in a transaction, together with
 * how far it has come: each message is written once, also across a new start of the dashboard. What
 * the adapter has forgotten by then is counted. One thread at a time.
 */
final class HistoryWriter {

    /** At most so many messages in one transaction. */
    static final int BATCH = 1_000;

    /** At most so many bytes of a content. */
    private static final int MAX_CONTENT = 1 << 20;

    private static final int MAX_TEXT = 255;
    private static final int MAX_ID = 600;
    private static final int MAX_ERROR = 2_000;

    private static final String INSERT =
            """
            insert into message (message_id, copy, connection_id, listener, peer, size,
                first_byte_at, ended_at, receiving, waiting, in_bean, attempts, outcome, error,
                spilled, charset, content, content_bytes)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

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
    private record Total(long messages, long bytes) {}

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
                    insert(connection, batch);
                    addTotals(connection, batch);
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

    private static void insert(Connection connection, List<RecordedMessage> batch)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (RecordedMessage message : batch) {
                setMessage(insert, message.facts());
                setContent(insert, message.content());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void setMessage(PreparedStatement insert, MessageRecord facts)
            throws SQLException {
        Duration whole = facts.receiving().plus(facts.waiting()).plus(facts.inBean());
        insert.setString(1, cut(facts.id(), MAX_ID));
        insert.setString(2, cut(facts.copy(), MAX_TEXT));
        insert.setString(3, cut(facts.connectionId(), MAX_TEXT));
        insert.setString(4, cut(facts.listener(), MAX_TEXT));
        insert.setString(5, cut(Peers.text(facts.remoteAddress()), MAX_TEXT));
        insert.setLong(6, facts.size());
        insert.setLong(7, Times.nanos(facts.firstByteAt()));
        insert.setLong(8, Times.nanos(facts.firstByteAt().plus(whole)));
        insert.setLong(9, facts.receiving().toNanos());
        insert.setLong(10, facts.waiting().toNanos());
        insert.setLong(11, facts.inBean().toNanos());
        insert.setInt(12, facts.attempts());
        insert.setString(13, facts.outcome().name());
        String error = facts.error();
        insert.setString(14, error == null ? null : cut(error, MAX_ERROR));
        insert.setBoolean(15, facts.spilled());
    }

    private static void setContent(PreparedStatement insert, @Nullable MessageContent content)
            throws SQLException {
        if (content == null) {
            insert.setNull(16, Types.VARCHAR);
            insert.setNull(17, Types.BINARY);
            insert.setInt(18, 0);
            return;
        }
        byte[] bytes = new byte[keptBytes(content)];
        content.head().get(bytes);
        insert.setString(16, cut(content.charset(), 100));
        insert.setBytes(17, bytes);
        insert.setInt(18, bytes.length);
    }

    private static int keptBytes(MessageContent content) {
        return Math.min(MAX_CONTENT, content.head().remaining());
    }

    private static void addTotals(Connection connection, List<RecordedMessage> batch)
            throws SQLException {
        Map<String, Total> totals = new TreeMap<>();
        for (RecordedMessage message : batch) {
            MessageContent content = message.content();
            long bytes = content == null ? 0 : keptBytes(content);
            totals.merge(
                    cut(message.facts().listener(), MAX_TEXT),
                    new Total(1, bytes),
                    (one, other) ->
                            new Total(
                                    one.messages() + other.messages(),
                                    one.bytes() + other.bytes()));
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

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }
}
