package io.dermaga.history;

import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.attributes.Attributes;
import io.dermaga.masking.Masks;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.settings.Configuration;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The messages of the past. Thread-safe. */
@ApplicationScoped
public class MessageHistory {

    /** Messages that are read at once where all are asked for. */
    private static final int PAGE = 500;

    @Resource private ManagedScheduledExecutorService scheduler;
    @Inject private ConnectedMonitor monitor;
    @Inject private Masks masks;
    @Inject private Attributes attributes;

    private volatile @Nullable HistoryTask task;

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        Configuration configuration = Configuration.ofProcess();
        if (task != null || !configuration.isHistoryKept()) {
            // inside an EAR some servers say it once for each module
            return;
        }
        HistoryTask started =
                new HistoryTask(
                        new HistorySettings(
                                source(configuration),
                                Duration.ofDays(configuration.historyDays()),
                                configuration.historyMessages(),
                                configuration.historyBytes()),
                        monitor,
                        masks,
                        attributes);
        task = started;
        schedule(started, Duration.ZERO);
    }

    private static HistorySource source(Configuration configuration) {
        return configuration
                .historyDataSource()
                .<HistorySource>map(HistorySource.Named::new)
                .or(() -> configuration.historyUrl().map(url -> server(url, configuration)))
                .orElseGet(
                        () ->
                                new HistorySource.Embedded(
                                        configuration.dataDirectory().resolve("history")));
    }

    private static HistorySource server(String url, Configuration configuration) {
        return new HistorySource.Server(
                url, configuration.historyUser(), configuration.historyPassword());
    }

    @PreDestroy
    void stop() {
        HistoryTask started = task;
        if (started != null) {
            started.close();
        }
    }

    private void schedule(HistoryTask started, Duration delay) {
        try {
            scheduler.schedule(() -> step(started), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            started.close();
        }
    }

    private void step(HistoryTask started) {
        started.step().ifPresent(pause -> schedule(started, pause));
    }

    /** Whether a history is kept at all. */
    public boolean isKept() {
        return task != null;
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
                                                        "select m from StoredMessage m where m.id = :id order by m.endedAt desc, m.row desc",
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
                                            manager.find(StoredContent.class, message.row());
                                    return kept == null ? null : kept.content();
                                }));
    }

    /**
     * A page of messages, the newest first. Ends after at most about half a second with what it has
     * found by then, and can be continued.
     *
     * @param after place after which to go on; null: from the newest on
     * @param max at most this many, 1 or more
     * @return empty if the database is away
     */
    public Optional<FoundMessages> search(
            MessageSearch wanted, @Nullable MessagePlace after, int max) {
        return read(
                open ->
                        open.read(
                                manager ->
                                        new MessageFinder(
                                                        manager,
                                                        open.kind(),
                                                        wanted,
                                                        open.kind().searchTime())
                                                .find(after, max)));
    }

    /**
     * All messages that are meant, the newest first, read page by page.
     *
     * @return empty if the database is away
     */
    public Optional<Iterator<MessageRecord>> all(MessageSearch wanted) {
        return search(wanted, null, PAGE)
                .map(first -> new FoundIterator(first, place -> search(wanted, place, PAGE)));
    }

    /**
     * The latest events of a connection, the newest first; their sequence numbers are 0.
     *
     * @param max at most this many, 1 or more
     * @return empty if the database is away
     */
    public Optional<List<MonitorEvent>> events(String connection, int max) {
        return read(open -> open.read(manager -> StoredEvent.latest(manager, connection, max)));
    }

    /** Why nothing is written or found now, numbered; empty if all is well, or none is kept. */
    public Optional<String> problem() {
        HistoryTask started = task;
        return started == null ? Optional.empty() : Optional.ofNullable(started.problem());
    }

    /** How it stands. */
    public HistoryStatus status() {
        HistoryTask started = task;
        return started == null ? HistoryStatus.NONE : started.status();
    }

    private <T> Optional<T> read(Question<T> question) {
        HistoryTask started = task;
        return started == null ? Optional.empty() : started.read(question);
    }
}
