package io.dermaga.alerts;

import io.dermaga.alerts.Finding.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all rules, and says which alerts fire and which are over. An alert fires when its
 * condition was met for the rule's time without a break; it is over when the condition was not met
 * for as long, at least {@link #LEAST_CALM} and at most {@link #MOST_CALM}: what comes and goes
 * meanwhile is one alert. Used by one thread at a time.
 */
final class Evaluator {

    static final Duration LEAST_CALM = Duration.ofSeconds(30);
    static final Duration MOST_CALM = Duration.ofMinutes(10);

    /** Since when a condition is met, or is not met although its alert is open. */
    private static final class Track {
        private @Nullable Instant met;
        private @Nullable Instant calm;
    }

    private record Key(String rule, String listener) {}

    private final List<Rule> rules;
    private final AlertBook book;
    private final Map<String, Memory> memories = new HashMap<>();
    private final Map<Key, Track> tracks = new HashMap<>();
    private final Map<String, List<Finding>> values = new HashMap<>();

    Evaluator(List<Rule> rules, AlertBook book) {
        this.rules = List.copyOf(rules);
        this.book = book;
    }

    /** Looks once; returns alerts that fire from now on, and those that are over since now. */
    List<Alert> look(Observation seen) {
        List<Alert> changed = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Rule rule : rules) {
            names.add(rule.name());
            if (seen.adapter() != null || !rule.condition().needsAdapter()) {
                look(rule, seen, changed);
            }
        }
        book.open().stream()
                .filter(alert -> !names.contains(alert.rule()))
                .forEach(alert -> changed.add(book.resolve(alert, seen.at())));
        return changed;
    }

    private void look(Rule rule, Observation seen, List<Alert> changed) {
        Memory memory = memories.computeIfAbsent(rule.name(), name -> new Memory());
        List<Finding> findings = rule.condition().find(seen, memory);
        synchronized (values) {
            values.put(rule.name(), findings);
        }
        Set<String> found = new HashSet<>();
        for (Finding finding : findings) {
            found.add(finding.listener());
            judge(rule, finding, seen.at()).ifPresent(changed::add);
        }
        memory.keep(found);
        for (Alert alert : book.open()) {
            String listener = alert.listener() == null ? "" : alert.listener();
            if (alert.rule().equals(rule.name()) && found.add(listener)) {
                // nothing is there any more that it could be met by
                Finding gone = Finding.of(listener, false, "", alert.text());
                judge(rule, gone, seen.at()).ifPresent(changed::add);
            }
        }
        tracks.keySet()
                .removeIf(key -> key.rule().equals(rule.name()) && !found.contains(key.listener()));
    }

    private Optional<Alert> judge(Rule rule, Finding finding, Instant now) {
        Track track =
                tracks.computeIfAbsent(
                        new Key(rule.name(), finding.listener()), key -> new Track());
        Alert open = book.open(rule.name(), finding.listener()).orElse(null);
        if (finding.verdict() == Verdict.NOT_MET) {
            track.met = null;
            if (open == null) {
                return Optional.empty();
            }
            Instant since = track.calm == null ? now : track.calm;
            track.calm = since;
            return now.isBefore(since.plus(calm(rule)))
                    ? Optional.empty()
                    : Optional.of(book.resolve(open, now));
        }
        track.calm = null;
        if (open != null) {
            book.tell(open, finding.text());
            return Optional.empty();
        }
        if (finding.verdict() == Verdict.UNDECIDED) {
            return Optional.empty();
        }
        Instant since = track.met == null ? now : track.met;
        track.met = since;
        return now.isBefore(since.plus(rule.condition().patience()))
                ? Optional.empty()
                : Optional.of(book.fire(rule.name(), finding.listener(), now, finding.text()));
    }

    private static Duration calm(Rule rule) {
        Duration patience = rule.condition().patience();
        if (patience.compareTo(LEAST_CALM) < 0) {
            return LEAST_CALM;
        }
        return patience.compareTo(MOST_CALM) > 0 ? MOST_CALM : patience;
    }

    /** The rules, with what they found last; on any thread. */
    List<RuleStatus> statuses() {
        synchronized (values) {
            return rules.stream()
                    .map(
                            rule ->
                                    new RuleStatus(
                                            rule.name(),
                                            rule.text(),
                                            rule.source(),
                                            values.getOrDefault(rule.name(), List.of()).stream()
                                                    .map(Evaluator::value)
                                                    .toList()))
                    .toList();
        }
    }

    private static RuleStatus.Value value(Finding finding) {
        return new RuleStatus.Value(
                finding.listener(), finding.figure(), finding.verdict() == Verdict.MET);
    }
}
