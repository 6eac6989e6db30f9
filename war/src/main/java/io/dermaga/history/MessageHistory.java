package io.dermaga.history;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.HistoryDatabase.Kept;
import io.dermaga.history.HistoryWriter.Progress;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.settings.Configuration;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages of the past. Writing takes at most half of one processor: a pause follows each batch
 * that is as long as the batch took. Thread-safe.
 */
@ApplicationScoped
public class MessageHistory {

    private static final System.Logger LOG = System.getLogger(MessageHistory.class.getName());
    private static final Duration IDLE = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration PRUNE = Duration.ofMinutes(1);

    @Resource private ManagedScheduledExecutorService scheduler;
    @Inject private ConnectedMonitor monitor;

    private final ReentrantLock work = new ReentrantLock();
    private volatile @Nullable HistorySettings settings;
    private volatile @Nullable HistoryDatabase database;
    private volatile @Nullable String problem;
    private volatile boolean stopped;
    private volatile Instant pruneAt = Instant.EPOCH;
    private volatile @Nullable Instant prunedAt;
    private volatile long pruned;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Configuration configuration = Configuration.ofProcess();
        if (settings != null || !configuration.isHistoryKept()) {
            // inside an EAR some servers say it once for each module
            return;
        }
        settings =
                new HistorySettings(
                        configuration.dataDirectory().resolve("history"),
                        Duration.ofDays(configuration.historyDays()),
                        configuration.historyMessages(),
                        configuration.historyBytes());
        next(Duration.ZERO);
    }

    @PreDestroy
    void stop() {
        stopped = true;
        work.lock(); // a batch ends first: a thread that is interrupted would harm the file
        try {
            HistoryDatabase open = database;
            database = null;
            if (open != null) {
                open.close();
            }
        } finally {
            work.unlock();
        }
    }

    private void next(Duration delay) {
        if (!stopped) {
            try {
                scheduler.schedule(this::step, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                stopped = true;
            }
        }
    }

    private void step() {
        Duration pause = RETRY;
        work.lock();
        try {
            HistorySettings wanted = settings;
            if (stopped || wanted == null) {
                return;
            }
            HistoryDatabase open = opened(wanted);
            pause = write(open);
            prune(open, wanted);
            solved();
        } catch (IOException | SQLException | RuntimeException | LinkageError failed) {
            failed(failed);
        } finally {
            work.unlock();
            next(pause);
        }
    }

    private HistoryDatabase opened(HistorySettings wanted) throws IOException {
        HistoryDatabase open = database;
        if (open == null) {
            open = new HistoryDatabase(wanted);
            database = open;
        }
        return open;
    }

    private Duration write(HistoryDatabase open) {
        HistoryWriter writer = new HistoryWriter(open);
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

    private void prune(HistoryDatabase open, HistorySettings wanted) throws SQLException {
        Instant now = Instant.now();
        if (now.isBefore(pruneAt)) {
            return;
        }
        pruneAt = now.plus(PRUNE);
        pruned = new HistoryPruner(open, wanted, () -> stopped).prune(now);
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

    private static String reason(Throwable cause) {
        String text = cause.getMessage();
        return (text == null ? cause.toString() : text).lines().findFirst().orElse("");
    }

    /** Whether a history is kept at all. */
    public boolean isKept() {
        return settings != null;
    }

    /**
     * The newest message with this id.
     *
     * @return empty as well if the database is away
     */
    public Optional<StoredMessage> find(String id) {
        return read(open ->
                        open.read(
                                manager ->
                                        manager.createQuery(
                                                        "select m from StoredMessage m where m.id = :id order by m.place",
                                                        StoredMessage.class)
                                                .setParameter("id", id)
                                                .setMaxResults(1)
                                                .getResultStream()
                                                .findFirst()))
                .flatMap(found -> found);
    }

    /** The kept beginning of the content of a message. */
    public Optional<MessageContent> content(StoredMessage message) {
        return read(
                open ->
                        open.read(
                                manager -> {
                                    StoredContent kept =
                                            manager.find(StoredContent.class, message.place());
                                    return kept == null ? null : kept.content();
                                }));
    }

    /**
     * A page of messages, the newest first.
     *
     * @param after place of the last one of the page before; null: from the newest on
     * @param max at most this many, 1 or more
     * @return empty if the database is away
     */
    public Optional<List<StoredMessage>> search(
            MessageSearch wanted, @Nullable Long after, int max) {
        return read(open -> open.read(manager -> wanted.run(manager, after, max)));
    }

    /** How it stands. */
    public HistoryStatus status() {
        return read(open -> {
                    Instant startedAt =
                            monitor.ask(Monitor::snapshot)
                                    .map(AdapterSnapshot::startedAt)
                                    .orElse(null);
                    Progress progress =
                            startedAt == null
                                    ? Progress.NONE
                                    : new HistoryWriter(open).progress(startedAt);
                    Kept kept = open.kept();
                    return new HistoryStatus(
                            problem,
                            kept.messages(),
                            kept.bytes(),
                            progress.dropped(),
                            prunedAt,
                            pruned,
                            pruneAt);
                })
                .orElseGet(() -> new HistoryStatus(problem, 0, 0, 0, prunedAt, pruned, pruneAt));
    }

    private interface Question<T> {
        @Nullable T ask(HistoryDatabase open) throws SQLException;
    }

    private <T> Optional<T> read(Question<T> question) {
        HistoryDatabase open = database;
        if (open == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(question.ask(open));
        } catch (SQLException | RuntimeException failed) {
            if (!stopped) {
                failed(failed);
            }
            return Optional.empty();
        }
    }
}
