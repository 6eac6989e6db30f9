package io.dermaga.engine.listen;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The beans of a listener: one, those of a group, which share its connections, or those of several
 * groups that are each given all its payloads. The last one of a group is remembered, for what is
 * still to be done when it has left. Thread-safe.
 */
final class Consumers {

    private final List<Consumer> all = new CopyOnWriteArrayList<>();

    /** Those that can be given connections; none before the first one is ready. */
    private final List<Consumer> ready = new CopyOnWriteArrayList<>();

    /** They have left, and may still deliver what they have. */
    private final Set<Consumer> leaving = new HashSet<>();

    /** By group, one that has not left; else, whoever has left last. */
    private final Map<String, Consumer> latest = new ConcurrentHashMap<>();

    /** In this order they are given connections; empty: there is one group. */
    private final List<String> copies;

    /** Whoever has left as the last one of all; before that, any that has not left. */
    private volatile Consumer last;

    private volatile boolean closed;

    /**
     * @param copies groups that are each given all payloads; empty: there is one group
     */
    Consumers(Consumer first, List<String> copies) {
        this.copies = copies;
        this.last = first;
        add(first);
    }

    private void add(Consumer consumer) {
        all.add(consumer);
        latest.put(consumer.group(), consumer);
    }

    /** One more; false if the last one has left. */
    synchronized boolean join(Consumer consumer) {
        if (!closed) {
            add(consumer);
        }
        return !closed;
    }

    /** Takes connections from now on. */
    synchronized void ready(Consumer consumer) {
        if (all.contains(consumer)) {
            ready.add(consumer);
        }
    }

    /** Takes no more; {@link #ended} follows. */
    synchronized void leave(Consumer consumer) {
        leaving.add(consumer);
        if (all.size() == 1 && all.contains(consumer)) {
            last = consumer;
            closed = true;
        }
        all.remove(consumer);
        ready.remove(consumer);
        if (!closed && last == consumer) {
            last = all.get(0); // nothing of an application that is gone is held
        }
        latest.put(
                consumer.group(),
                all.stream()
                        .filter(one -> one.group().equals(consumer.group()))
                        .findFirst()
                        .orElse(consumer));
    }

    /**
     * What it had is delivered, or given up.
     *
     * @return whether it was the last one of all of which this is true
     */
    synchronized boolean ended(Consumer consumer) {
        leaving.remove(consumer);
        return closed && leaving.isEmpty();
    }

    /** Whether it has left, others have not, and it has nothing any more. */
    synchronized boolean hasEnded(Consumer consumer) {
        return isGone(consumer) && !leaving.contains(consumer);
    }

    /** Whether all have left. */
    boolean isClosed() {
        return closed;
    }

    /** Whether it has left, and was the last one. */
    boolean isLast(Consumer consumer) {
        return closed && last == consumer;
    }

    /** Whether it has left, and others have not. */
    boolean isGone(Consumer consumer) {
        return !all.contains(consumer) && !isLast(consumer);
    }

    /** For the next connection. */
    Consumer next() {
        return copies.stream()
                .flatMap(copy -> leastLoaded(ready(copy)).stream())
                .findFirst()
                .or(() -> leastLoaded(ready))
                .or(() -> all.stream().findFirst())
                .orElse(last);
    }

    /**
     * For what this group is given of a connection that is not its own: the same one as long as the
     * same are there. Empty if none of the group ever was.
     */
    Optional<Consumer> of(String group, String connection) {
        List<Consumer> some = ready(group);
        return some.isEmpty()
                ? Optional.ofNullable(latest.get(group))
                : Optional.of(some.get(Math.floorMod(connection.hashCode(), some.size())));
    }

    /** Whether there is a bean in the group that takes something. */
    boolean serves(String group) {
        return !ready(group).isEmpty();
    }

    private List<Consumer> ready(String group) {
        return ready.stream().filter(one -> one.group().equals(group)).toList();
    }

    private static Optional<Consumer> leastLoaded(List<Consumer> some) {
        return some.stream().min(Comparator.comparingDouble(Consumer::load));
    }

    /** All, or who has left last; a copy. */
    private List<Consumer> shown() {
        List<Consumer> some = List.copyOf(all);
        return some.isEmpty() ? List.of(last) : some;
    }

    /** The container's names of the activations that take connections, separated by commas. */
    String activations() {
        List<Consumer> taking = List.copyOf(ready);
        return names(taking.isEmpty() ? shown().subList(0, 1) : taking);
    }

    /** Of a group; empty if none of it takes anything. */
    String activations(String group) {
        return names(ready(group));
    }

    private static String names(List<Consumer> some) {
        return some.stream().map(Consumer::activation).collect(Collectors.joining(", "));
    }

    int workers() {
        return shown().stream().mapToInt(one -> one.dispatcher().workers()).sum();
    }

    int concurrency() {
        return shown().stream().mapToInt(one -> one.dispatcher().concurrency()).sum();
    }

    /** Why payloads of one of them wait for the container; null if none does. */
    @Nullable String backPressure() {
        return shown().stream()
                .map(one -> one.dispatcher().backPressure())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
