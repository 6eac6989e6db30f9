package io.dermaga.rest;

import io.dermaga.api.monitor.Monitor;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a feed that goes on.
 *
 * @param items the oldest first
 * @param next the value of {@code after} that gives those that follow, now or later
 */
public record Feed<T>(List<T> items, long next) {

    public Feed {
        items = List.copyOf(items);
    }

    /** The same with each item as another. */
    Feed<T> map(UnaryOperator<T> other) {
        return new Feed<>(items.stream().map(other).toList(), next);
    }

    /** Reads from a feed of the adapter. */
    @FunctionalInterface
    interface Source<T> {

        List<T> after(Monitor monitor, long number, int most);
    }

    /**
     * The part that a request asks for: after a number, or the latest.
     *
     * @param after the parameters {@code after} and {@code limit} as they are given
     * @param last number of the newest item
     * @param sequence of an item
     */
    static <T> Feed<T> of(
            Adapter adapter,
            @Nullable String after,
            @Nullable String limit,
            ToLongFunction<Monitor> last,
            Source<T> source,
            ToLongFunction<T> sequence) {
        int most = Values.limit(limit);
        Long given = Values.number("after", after, 0, Long.MAX_VALUE);
        return adapter.ask(
                monitor -> {
                    long from =
                            given == null ? Math.max(0, last.applyAsLong(monitor) - most) : given;
                    List<T> items = source.after(monitor, from, most);
                    return new Feed<>(
                            items,
                            items.isEmpty()
                                    ? from
                                    : sequence.applyAsLong(items.get(items.size() - 1)));
                });
    }
}
