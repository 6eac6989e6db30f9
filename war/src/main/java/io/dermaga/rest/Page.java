package io.dermaga.rest;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some of many.
 *
 * @param items in the order that the path promises
 * @param next the value of {@code after} that gives those that follow; null if these are the last
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /** All that there are. */
    static <T> Page<T> all(List<T> items) {
        return new Page<>(items, null);
    }

    /**
     * A page of rows of which one more was asked for than it has.
     *
     * @param key of a row, from which the next page goes on
     */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        return found.size() <= limit
                ? all(found)
                : new Page<>(found.subList(0, limit), key.apply(found.get(limit - 1)));
    }

    /** The same with other rows. */
    <R> Page<R> map(Function<T, R> row) {
        return new Page<>(items.stream().map(row).toList(), next);
    }
}
