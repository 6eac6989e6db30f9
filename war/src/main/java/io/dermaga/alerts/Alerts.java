package io.dermaga.alerts;

import io.dermaga.alerts.Alert.Acknowledgement;
import io.dermaga.alerts.Alert.State;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.history.MessageHistory;
import io.dermaga.monitor.ConnectedMonitor;
import io.dermaga.settings.Configuration;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The alerts of this server. Thread-safe. */
@ApplicationScoped
public class Alerts {

    private static final System.Logger LOG = System.getLogger(Alerts.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(10);

    @Resource private ManagedScheduledExecutorService scheduler;
    @Inject private ConnectedMonitor monitor;
    @Inject private MessageHistory history;

    private final List<ScheduledFuture<?>> schedules = new ArrayList<>();
    private volatile @Nullable AlertTask task;
    private volatile @Nullable Webhook webhook;
    private volatile List<String> problems = List.of();

    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        if (task != null) {
            // inside an EAR some servers say it once for each module
            return;
        }
        Configuration configuration = Configuration.ofProcess();
        Rules rules = Rules.read(configuration.alertRules());
        List<String> wrong = new ArrayList<>(rules.problems());
        Webhook hook = webhook(configuration, wrong);
        wrong.forEach(problem -> LOG.log(System.Logger.Level.WARNING, problem));
        problems = List.copyOf(wrong);
        Path data = configuration.dataDirectory();
        AlertTask started =
                new AlertTask(
                        rules.all(),
                        new AlertTask.Sources(
                                () -> monitor.ask(Monitor::snapshot),
                                history::problem,
                                () -> diskFree(data)),
                        new AlertFile(data),
                        hook,
                        Clock.systemUTC());
        webhook = hook;
        task = started;
        schedule(started::step);
        if (hook != null) {
            schedule(hook::send);
        }
    }

    private static @Nullable Webhook webhook(Configuration configuration, List<String> wrong) {
        String address = configuration.alertWebhook().orElse(null);
        if (address == null) {
            return null;
        }
        try {
            return new Webhook(
                    WebhookTarget.of(
                            address,
                            configuration.alertWebhookSecret().orElse(null),
                            configuration.alertWebhookAuthorization().orElse(null)),
                    Clock.systemUTC(),
                    WEBHOOK_TIMEOUT);
        } catch (IllegalArgumentException notAllowed) {
            wrong.add(String.valueOf(notAllowed.getMessage()));
            return null;
        }
    }

    /** Of the disk that the directory is on, or will be; -1 if that is not known. */
    private static long diskFree(Path directory) {
        try {
            Path there = directory.toAbsolutePath();
            while (there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException unknown) {
            return -1;
        }
    }

    private void schedule(Runnable step) {
        schedules.add(
                scheduler.scheduleWithFixedDelay(
                        () -> run(step),
                        PERIOD.toMillis(),
                        PERIOD.toMillis(),
                        TimeUnit.MILLISECONDS));
    }

    private static void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unexpected) {
            // an exception would end the schedule for good
            LOG.log(System.Logger.Level.WARNING, "DMG4658 alerts were not looked at", unexpected);
        }
    }

    @PreDestroy
    void stop() {
        schedules.forEach(one -> one.cancel(false));
        Webhook hook = webhook;
        if (hook != null) {
            hook.close();
        }
    }

    /** Those that are not over: those that nobody has acknowledged first, each newest first. */
    public List<Alert> open() {
        return book().map(AlertBook::open).orElse(List.of());
    }

    /** The last ones that are over, the one that was over last first; at most 200. */
    public List<Alert> past() {
        return book().map(AlertBook::past).orElse(List.of());
    }

    /** An alert that is open or remembered. */
    public Optional<Alert> find(String id) {
        return book().flatMap(known -> known.find(id));
    }

    /** How many are in this state; of those that are over as many as are remembered. */
    public long count(State state) {
        return (state == State.RESOLVED ? past() : open())
                .stream().filter(one -> one.state() == state).count();
    }

    /** All rules, with what they look at now. */
    public List<RuleStatus> rules() {
        AlertTask started = task;
        return started == null ? List.of() : started.rules();
    }

    /** What is wrong: rules that cannot be read, a file that cannot be written. */
    public List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        AlertTask started = task;
        String unkept = started == null ? null : started.fileProblem();
        if (unkept != null) {
            all.add(unkept);
        }
        return all;
    }

    /** How it stands with the webhook; empty if there is none. */
    public Optional<WebhookStatus> webhook() {
        return Optional.ofNullable(webhook).map(Webhook::status);
    }

    /**
     * A person knows of an alert.
     *
     * @param by name of the user
     * @param comment at most {@link Acknowledgement#MOST_COMMENT} characters; null or blank: none
     * @return how it is then; empty if there is no such alert that is firing
     * @throws IllegalArgumentException DMG4659 if the comment is too long
     */
    public Optional<Alert> acknowledge(String id, String by, @Nullable String comment) {
        String said = comment == null || comment.isBlank() ? null : comment.strip();
        if (said != null && said.length() > Acknowledgement.MOST_COMMENT) {
            throw new IllegalArgumentException(
                    "DMG4659 comment: given %d characters, allowed: %d"
                            .formatted(said.length(), Acknowledgement.MOST_COMMENT));
        }
        AlertTask started = task;
        return started == null ? Optional.empty() : started.acknowledge(id, by, said);
    }

    private Optional<AlertBook> book() {
        return Optional.ofNullable(task).map(AlertTask::book);
    }
}
