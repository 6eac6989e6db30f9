package io.dermaga.history;

import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.RecordedMessage;
import io.dermaga.attributes.Attributes;
import io.dermaga.masking.Masks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Copies the feeds of finished messages and of events into the database, a batch in a transaction,
 * together with how far it has come: each entry is written once, also across a new start of the
 * dashboard. What the adapter has forgotten by then is counted. One thread at a time.
 */
final class HistoryWriter {

    /** At most so many entries in one transaction. */
    static final int BATCH = 1_000;

    /**
     * How far a feed of one start of the adapter is written.
     *
     * @param lastSequence that is written or known to be dropped
     * @param written entries
     * @param dropped entries that were forgotten before they were written
     */
    record Progress(long lastSequence, long written, long dropped) {

        static final Progress NONE = new Progress(0, 0, 0);

        /** After so many, of which this is the newest, and which follow with or without a gap. */
        Progress after(int count, long newest) {
            return new Progress(newest, written + count, dropped + newest - lastSequence - count);
        }
    }

    /** A feed of the adapter. */
    enum Feed {
        MESSAGES,
        EVENTS;

        private String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Stores entries in the caller's transaction. */
    @FunctionalInterface
    private interface Store<T> {

        void store(Connection connection, List<T> entries) throws SQLException;
    }

    /** What is new of one listener. */
    private record Total(long messages, long bytes) {

        Total plus(Total other) {
            return new Total(messages + other.messages, bytes + other.bytes);
        }
    }

    private final HistoryDatabase database;
    private final Masks masks;
    private final Attributes attributes;

    HistoryWriter(HistoryDatabase database, Masks masks, Attributes attributes) {
        this.database = database;
        this.masks = masks;
        this.attributes = attributes;
    }

    /**
     * Writes the next batch of each feed, if there is one.
     *
     * @return how many entries of the longer one, at most {@link #BATCH}
     * @throws SQLException if the database fails; nothing of the batch is written then
     */
    int write(Monitor monitor) throws SQLException {
        long run = Times.nanos(monitor.snapshot().startedAt());
        int messages =
                write(
                        run,
                        Feed.MESSAGES,
                        after -> monitor.recorded(after, BATCH),
                        message -> message.facts().sequence(),
                        this::store);
        int events =
                write(
                        run,
                        Feed.EVENTS,
                        after -> monitor.events(after, BATCH),
                        MonitorEvent::sequence,
                        this::storeEvents);
        return Math.max(messages, events);
    }

    private <T> int write(
            long run,
            Feed feed,
            LongFunction<List<T>> next,
            ToLongFunction<T> sequence,
            Store<T> store)
            throws SQLException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            try {
                Progress progress = progress(connection, run, feed);
                List<T> batch = next.apply(progress.lastSequence());
                if (!batch.isEmpty()) {
                    store.store(connection, batch);
                    long newest = sequence.applyAsLong(batch.get(batch.size() - 1));
                    save(connection, run, feed, progress.after(batch.size(), newest));
                }
                connection.commit();
                return batch.size();
            } catch (SQLException | RuntimeException failed) {
                connection.rollback();
                throw failed;
            }
        }
    }

    private void store(Connection connection, List<RecordedMessage> batch) throws SQLException {
        List<MessageRow> rows = batch.stream().map(masks::message).map(this::row).toList();
        database.kind().insert(connection, MessageRow.rows(rows));
        addTotals(connection, rows);
    }

    private MessageRow row(RecordedMessage covered) {
        return MessageRow.of(covered, attributes.of(covered.facts().listener(), covered.content()));
    }

    private void storeEvents(Connection connection, List<MonitorEvent> batch) throws SQLException {
        database.kind()
                .insert(connection, StoredEvent.rows(batch.stream().map(masks::event).toList()));
    }

    /** How far a feed of an adapter is written that was started then. */
    Progress progress(Instant startedAt, Feed feed) throws SQLException {
        try (Connection connection = database.connection()) {
            return progress(connection, Times.nanos(startedAt), feed);
        }
    }

    private static Progress progress(Connection connection, long run, Feed feed)
            throws SQLException {
        try (PreparedStatement query =
                        Sql.prepared(
                                connection,
                                "select last_sequence, written, dropped from feed where run = ? and name = ?",
                                run,
                                feed.column());
                ResultSet rows = query.executeQuery()) {
            return rows.next()
                    ? new Progress(rows.getLong(1), rows.getLong(2), rows.getLong(3))
                    : Progress.NONE;
        }
    }

    private static void save(Connection connection, long run, Feed feed, Progress progress)
            throws SQLException {
        updateOrInsert(
                connection,
                "update feed set last_sequence = ?, written = ?, dropped = ? where run = ? and name = ?",
                "insert into feed (last_sequence, written, dropped, run, name) values (?, ?, ?, ?, ?)",
                progress.lastSequence(),
                progress.written(),
                progress.dropped(),
                run,
                feed.column());
    }

    /** Changes a row, or makes it if there is none; both statements take the same values. */
    private static void updateOrInsert(
            Connection connection, String update, String insert, Object... values)
            throws SQLException {
        if (Sql.execute(connection, update, values) == 0) {
            Sql.execute(connection, insert, values);
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
