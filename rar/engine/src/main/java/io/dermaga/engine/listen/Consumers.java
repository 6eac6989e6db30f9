package io.dermaga.engine.listen;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The beans of a listener: one, or those of a group, which share its connections. The last one
 * stays, for what is still to be done when it has left. Thread-safe.
 */
final class Consumers {

    private final List<Consumer> all = new CopyOnWriteArrayList<>();

    /** Those that can be given connections; none before the first one is ready. */
    private final List<Consumer> ready = new CopyOnWriteArrayList<>();

    private volatile boolean closed;

    Consumers(Consumer first) {
        all.add(first);
    }

    /** One more; false if the last one has left. */
    synchronized boolean join(Consumer consumer) {
        return !closed && all.add(consumer);
    }

    /** Takes connections from now on. */
    synchronized void ready(Consumer consumer) {
        if (all.contains(consumer)) {
            ready.add(consumer);
        }
    }

    /** Takes no more. */
    synchronized void leave(Consumer consumer) {
        if (all.size() == 1) {
            closed = true;
        } else {
            all.remove(consumer);
            ready.remove(consumer);
        }
    }

    /** Whether it has left, and was the last one. */
    boolean isLast(Consumer consumer) {
        return closed && all.contains(consumer);
    }

    /** Whether it has left, and others have not. */
    boolean isGone(Consumer consumer) {
        return !all.contains(consumer);
    }

    /** For the next connection: that which has fewest to do. */
    Consumer next() {
        return ready.stream()
                .min(Comparator.comparingDouble(Consumer::load))
                .orElseGet(this::first);
    }

    private Consumer first() {
        return all.get(0);
    }

    /** The container's names of the activations that take connections, separated by commas. */
    String activations() {
        List<Consumer> taking = ready.isEmpty() ? List.of(first()) : ready;
        return taking.stream().map(Consumer::activation).collect(Collectors.joining(", "));
    }

    int workers() {
        return all.stream().mapToInt(one -> one.dispatcher().workers()).sum();
    }

    int concurrency() {
        return all.stream().mapToInt(one -> one.dispatcher().concurrency()).sum();
    }

    /** Why payloads of one of them wait for the container; null if none does. */
    @Nullable String backPressure() {
        return all.stream()
                .map(one -> one.dispatcher().backPressure())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
