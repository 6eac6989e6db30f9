package io.dermaga.rest;

import java.util.List;
import java.util.function.ToLongFunction;

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

    /**
     * The part after a number.
     *
     * @param sequence of an item
     */
    static <T> Feed<T> of(List<T> items, long after, ToLongFunction<T> sequence) {
        return new Feed<>(
                items, items.isEmpty() ? after : sequence.applyAsLong(items.get(items.size() - 1)));
    }

    /** The number after which this many are the last ones. */
    static long before(long last, int many) {
        return Math.max(0, last - many);
    }
}
