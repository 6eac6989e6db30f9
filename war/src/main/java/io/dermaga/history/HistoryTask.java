package io.dermaga.history;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.attributes.Attributes;
import io.dermaga.history.HistoryDatabase.Kept;
import io.dermaga.history.HistoryWriter.Feed;
import io.dermaga.history.HistoryWriter.Progress;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history, a step after another: a batch is written, what is due is removed. Where the
 * database fails, it is closed, and opened anew by a later step. Writing takes at most half of one
 * processor: a pause follows each batch that is as long as the batch took. Thread-safe.
 */
final class HistoryTask implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(MessageHistory.class.getName());
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration PRUNE = Duration.ofMinutes(1);

    private final HistorySettings settings;
    private final ConnectedMonitor monitor;
    private final Masks masks;
    private final Attributes attributes;
    private final ReentrantLock work = new ReentrantLock();
    private volatile @Nullable HistoryDatabase database;
    private volatile @Nullable String problem;
    private volatile boolean closed;
    private volatile Instant pruneAt = Instant.EPOCH;
    private volatile @Nullable Instant prunedAt;
    private volatile long pruned;

    HistoryTask(
            HistorySettings settings,
            ConnectedMonitor monitor,
            Masks masks,
            Attributes attributes) {
        this.settings = settings;
        this.monitor = monitor;
        this.masks = masks;
        this.attributes = attributes;
    }

    /**
     * Does what is to be done now. Blocks for a batch.
     *
     * @return after which pause it is to be called again; empty if it is closed
     */
    Optional<Duration> step() {
        work.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            HistoryDatabase open = opened();
            Duration pause = write(open);
            prune(open);
            solved();
            return Optional.of(pause);
        } catch (IOException | SQLException | RuntimeException | LinkageError failed) {
            failed(failed);
            closeDatabase(); // H2 that has failed to write stays closed until it is opened anew
            return Optional.of(RETRY);
        } finally {
            work.unlock();
        }
    }

    private HistoryDatabase opened() throws IOException, SQLException {
        HistoryDatabase open = database;
        if (open == null) {
            open = new HistoryDatabase(settings);
            database = open;
        }
        return open;
    }

    private Duration write(HistoryDatabase open) {
        HistoryWriter writer = new HistoryWriter(open, masks, attributes);
        long began = System.nanoTime();
        int written = monitor.ask(source -> write(writer, source)).orElse(0);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return written < HistoryWriter.BATCH && took.compareTo(IDLE) < 0 ? IDLE : took;
    }

    private static int write(HistoryWriter writer, Monitor source) {
        try {
            return writer.write(source);
        } catch (SQLException failed) {
            throw new PersistenceException(failed.getMessage(), failed);
        }
    }

    private void prune(HistoryDatabase open) throws SQLException {
        Instant now = Instant.now();
        if (now.isBefore(pruneAt)) {
            return;
        }
        pruneAt = now.plus(PRUNE);
        pruned = new HistoryPruner(open, settings, () -> closed).prune(now);
        prunedAt = now;
    }

    private void solved() {
        if (problem != null) {
            problem = null;
            LOG.log(System.Logger.Level.INFO, "DMG4202 the history is written again");
        }
    }

    private void failed(Throwable cause) {
        boolean first = problem == null;
        problem =
                "DMG4201 the database of the history cannot be used, tried again every %d s: %s"
                        .formatted(RETRY.toSeconds(), reason(cause));
        if (first) {
            LOG.log(System.Logger.Level.WARNING, problem);
        }
    }

    /** What was thrown first: there it says that the disk is full. */
    private static String reason(Throwable cause) {
        Throwable root = cause;
        for (Throwable next = before(root); next != null; next = before(root)) {
            root = next;
        }
        return root.toString().lines().findFirst().orElse("");
    }

    private static @Nullable Throwable before(Throwable thrown) {
        return thrown.getCause() == null && thrown instanceof SQLException batch
                ? batch.getNextException()
                : thrown.getCause();
    }

    /**
     * Asks the database.
     *
     * @return empty as well if it is away, which is told
     */
    <T> Optional<T> read(Question<T> question) {
        HistoryDatabase open = database;
        if (open == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.ask(open));
        } catch (SQLException | RuntimeException failed) {
            if (open == database) { // and not closed meanwhile
                failed(failed);
            }
            return Optional.empty();
        }
    }

    /** Why nothing is written or found now; null if all is well. */
    @Nullable String problem() {
        return problem;
    }

    /** How it stands. */
    HistoryStatus status() {
        return read(this::status)
                .orElseGet(() -> new HistoryStatus(problem, 0, 0, 0, prunedAt, pruned, pruneAt));
    }

    private HistoryStatus status(HistoryDatabase open) throws SQLException {
        Instant startedAt =
                monitor.ask(Monitor::snapshot).map(AdapterSnapshot::startedAt).orElse(null);
        Progress progress =
                startedAt == null
                        ? Progress.NONE
                        : new HistoryWriter(open, masks, attributes)
                                .progress(startedAt, Feed.MESSAGES);
        Kept kept = open.kept();
        return new HistoryStatus(
                problem,
                kept.messages(),
                kept.bytes(),
                progress.dropped(),
                prunedAt,
                pruned,
                pruneAt);
    }

    private void closeDatabase() {
        HistoryDatabase open = database;
        database = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException alreadyTold) {
                // it has failed before
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        work.lock(); // a batch ends first: a thread that is interrupted would harm the file
        try {
            closeDatabase();
        } finally {
            work.unlock();
        }
    }
}
