package io.dermaga.alerts;

import io.dermaga.alerts.Alert.Acknowledgement;
import io.dermaga.alerts.Alert.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that are open, as many as there are rules and listeners at most, and the last ones that
 * are over. Thread-safe.
 */
final class AlertBook {

    /** How many that are over are kept. */
    static final int PAST = 200;

    private final List<Alert> open = new ArrayList<>();
    private final List<Alert> past = new ArrayList<>(); // the one that was over last first
    private long lastId;

    /**
     * What was known before a restart.
     *
     * @param known of each id one
     */
    AlertBook(List<Alert> known) {
        for (Alert alert : known) {
            (alert.isOpen() ? open : past).add(alert);
            lastId = Math.max(lastId, Long.parseLong(alert.id()));
        }
        limitPast();
    }

    synchronized Alert fire(String rule, String listener, Instant at, String text) {
        lastId++;
        Alert alert =
                new Alert(
                        Long.toString(lastId),
                        rule,
                        listener.isEmpty() ? null : listener,
                        State.FIRING,
                        at,
                        text,
                        null,
                        null);
        open.add(alert);
        return alert;
    }

    synchronized Optional<Alert> open(String rule, String listener) {
        return open.stream().filter(one -> one.isOf(rule, listener)).findFirst();
    }

    /** Those that nobody has acknowledged first, the newest of them first. */
    synchronized List<Alert> open() {
        List<Alert> newestFirst = new ArrayList<>();
        for (State state : List.of(State.FIRING, State.ACKNOWLEDGED)) {
            for (int i = open.size() - 1; i >= 0; i--) {
                if (open.get(i).state() == state) {
                    newestFirst.add(open.get(i));
                }
            }
        }
        return newestFirst;
    }

    /** Those that are over, the one that was over last first. */
    synchronized List<Alert> past() {
        return List.copyOf(past);
    }

    /** Whether open or over. */
    synchronized Optional<Alert> find(String id) {
        return all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** All, as they are kept in a file. */
    synchronized List<Alert> all() {
        List<Alert> all = new ArrayList<>(open);
        all.addAll(past);
        return all;
    }

    /** Takes the latest figures. */
    synchronized void tell(Alert alert, String text) {
        replace(alert.id(), known -> known.withText(text));
    }

    /**
     * A person knows of it.
     *
     * @return how it is then; empty if there is no such alert that is firing
     */
    synchronized Optional<Alert> acknowledge(
            String id, String by, @Nullable String comment, Instant at) {
        boolean fires =
                open.stream().anyMatch(one -> one.id().equals(id) && one.state() == State.FIRING);
        return fires
                ? replace(id, known -> known.acknowledged(new Acknowledgement(by, at, comment)))
                : Optional.empty();
    }

    /** It is over. */
    synchronized Alert resolve(Alert alert, Instant at) {
        Alert known = find(alert.id()).orElse(alert);
        Alert resolved = known.resolved(at);
        open.removeIf(one -> one.id().equals(alert.id()));
        past.add(0, resolved);
        limitPast();
        return resolved;
    }

    private Optional<Alert> replace(String id, UnaryOperator<Alert> change) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i).id().equals(id)) {
                open.set(i, change.apply(open.get(i)));
                return Optional.of(open.get(i));
            }
        }
        return Optional.empty();
    }

    private void limitPast() {
        while (past.size() > PAST) {
            past.remove(past.size() - 1);
        }
    }
}
