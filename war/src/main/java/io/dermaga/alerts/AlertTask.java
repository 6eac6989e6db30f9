package io.dermaga.alerts;

import io.dermaga.api.monitor.AdapterSnapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rules, a step after another, and tells what changes: in the log, to the webhook and
 * in the file. Steps run on one thread at a time, all else on any.
 */
final class AlertTask {

    private static final System.Logger LOG = System.getLogger(Alerts.class.getName());

    /**
     * What rules look at.
     *
     * @param adapter its snapshot; empty if it is away
     * @param history why the history is not written; empty if it is, or is not kept
     * @param diskFree usable bytes; -1 if that is not known
     */
    record Sources(
            Supplier<Optional<AdapterSnapshot>> adapter,
            Supplier<Optional<String>> history,
            LongSupplier diskFree) {}

    private final Sources sources;
    private final AlertFile file;
    private final @Nullable Webhook webhook;
    private final Clock clock;
    private final AlertBook book;
    private final Evaluator evaluator;
    private @Nullable String fileProblem;

    AlertTask(
            List<Rule> rules,
            Sources sources,
            AlertFile file,
            @Nullable Webhook webhook,
            Clock clock) {
        this.sources = sources;
        this.file = file;
        this.webhook = webhook;
        this.clock = clock;
        book = new AlertBook(known());
        evaluator = new Evaluator(rules, book);
    }

    private List<Alert> known() {
        try {
            return file.read();
        } catch (IOException unreadable) {
            fileFailed(unreadable);
            return List.of();
        }
    }

    /** Looks once. */
    void step() {
        Observation seen =
                new Observation(
                        clock.instant(),
                        sources.adapter().get().orElse(null),
                        sources.history().get().orElse(null),
                        sources.diskFree().getAsLong());
        List<Alert> changed = evaluator.look(seen);
        changed.forEach(this::tell);
        if (!changed.isEmpty()) {
            save();
        }
        if (webhook != null) {
            webhook.watch();
        }
    }

    private void tell(Alert alert) {
        Instant over = alert.resolvedAt();
        if (over == null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "DMG4651 alert '%s' fires%s: %s"
                            .formatted(alert.rule(), alert.subject(), alert.text()));
            send("fired", alert);
        } else {
            LOG.log(
                    System.Logger.Level.INFO,
                    "DMG4652 alert '%s'%s is over after %s; it was: %s"
                            .formatted(
                                    alert.rule(),
                                    alert.subject(),
                                    Words.duration(Duration.between(alert.since(), over)),
                                    alert.text()));
            send("resolved", alert);
        }
    }

    private void send(String event, Alert alert) {
        if (webhook != null) {
            webhook.offer(event, alert);
        }
    }

    private synchronized void save() {
        try {
            file.write(book.all());
            fileProblem = null;
        } catch (IOException failed) {
            fileFailed(failed);
        }
    }

    private synchronized void fileFailed(IOException failed) {
        boolean first = fileProblem == null;
        fileProblem =
                "DMG4657 alerts and acknowledgements are not kept over a restart, file %s: %s"
                        .formatted(file.path(), failed);
        if (first) {
            LOG.log(System.Logger.Level.WARNING, fileProblem);
        }
    }

    /**
     * A person knows of an alert.
     *
     * @return how it is then; empty if there is no such alert that is firing
     */
    Optional<Alert> acknowledge(String id, String by, @Nullable String comment) {
        Optional<Alert> changed = book.acknowledge(id, by, comment, clock.instant());
        changed.ifPresent(
                alert -> {
                    send("acknowledged", alert);
                    save();
                });
        return changed;
    }

    /** Why they are not kept; null if they are. */
    synchronized @Nullable String fileProblem() {
        return fileProblem;
    }

    AlertBook book() {
        return book;
    }

    List<RuleStatus> rules() {
        return evaluator.statuses();
    }
}
