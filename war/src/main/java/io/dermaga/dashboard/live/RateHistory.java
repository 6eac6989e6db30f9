package io.dermaga.dashboard.live;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ten minutes of rates of each listener, one sample per snapshot. */
@ApplicationScoped
public class RateHistory {

    /** How far back it reaches. */
    public static final Duration REACH = Duration.ofMinutes(10);

    private record Reading(Instant at, long payloads, long bytes) {}

    private final Map<String, Reading> last = new HashMap<>();
    private final Map<String, Deque<RateSample>> samples = new HashMap<>();

    /** Takes a snapshot; a listener that it does not name is forgotten. */
    public synchronized void add(AdapterSnapshot snapshot) {
        Set<String> names =
                snapshot.listeners().stream()
                        .map(ListenerSnapshot::name)
                        .collect(Collectors.toSet());
        last.keySet().retainAll(names);
        samples.keySet().retainAll(names);
        for (ListenerSnapshot listener : snapshot.listeners()) {
            add(snapshot.at(), listener);
        }
    }

    /** The samples of a listener, oldest first. */
    public synchronized List<RateSample> of(String listener) {
        Deque<RateSample> known = samples.get(listener);
        return known == null ? List.of() : List.copyOf(known);
    }

    /** The newest sample of a listener. */
    public synchronized Optional<RateSample> latest(String listener) {
        return Optional.ofNullable(samples.get(listener)).map(Deque::peekLast);
    }

    private void add(Instant at, ListenerSnapshot listener) {
        Counters counters = listener.counters();
        Reading now =
                new Reading(
                        at,
                        counters.delivered() + counters.failed() + counters.discarded(),
                        counters.bytesRead());
        Reading before = last.put(listener.name(), now);
        if (before == null) {
            return;
        }
        double seconds = Duration.between(before.at(), at).toNanos() / 1e9;
        if (seconds <= 0) {
            return;
        }
        Deque<RateSample> known =
                samples.computeIfAbsent(listener.name(), name -> new ArrayDeque<>());
        known.addLast(
                new RateSample(
                        at,
                        perSecond(now.payloads() - before.payloads(), seconds),
                        perSecond(now.bytes() - before.bytes(), seconds),
                        listener.connections()));
        Instant oldest = at.minus(REACH);
        while (known.size() > 1 && known.getFirst().at().isBefore(oldest)) {
            known.removeFirst();
        }
    }

    /** Counters begin again when a listener is opened anew; that is no negative rate. */
    private static double perSecond(long difference, double seconds) {
        return Math.max(0, difference) / seconds;
    }
}
