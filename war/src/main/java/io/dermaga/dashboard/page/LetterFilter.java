package io.dermaga.dashboard.page;

import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters a page shows, as its address says it; what is null or blank does not matter.
 *
 * @param listener its name
 * @param cause part of the cause or of the fault
 * @param peer part of the peer's address
 */
record LetterFilter(@Nullable String listener, @Nullable String cause, @Nullable String peer) {

    /** The longest part of a fault in an address: servers take lines of some kilobytes only. */
    private static final int MOST_CHARS = 300;

    /** Those of now and later. */
    DeadLetterFilter filter() {
        return before(null);
    }

    /**
     * Those whose last failure was earlier.
     *
     * @param end null: whenever it was
     */
    DeadLetterFilter before(@Nullable Instant end) {
        return new DeadLetterFilter(given(listener), given(cause), given(peer), null, end, null);
    }

    /** Those that it means, in words of the audit. */
    String described() {
        return !isNarrow()
                ? "all"
                : Stream.of(part("listener", listener), part("cause", cause), part("peer", peer))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    /** Whether it leaves out any. */
    boolean isNarrow() {
        return given(listener) != null || given(cause) != null || given(peer) != null;
    }

    /**
     * The cause to look for to find the letters of a group, and more if a part of it is covered.
     */
    static String cause(DeadLetterGroup group) {
        String fault =
                Stream.of(group.fault().split("\\*+"))
                        .max(Comparator.comparingInt(String::length))
                        .orElse("");
        if (fault.length() <= MOST_CHARS) {
            return fault;
        }
        boolean pair = Character.isHighSurrogate(fault.charAt(MOST_CHARS - 1));
        return fault.substring(0, pair ? MOST_CHARS - 1 : MOST_CHARS);
    }

    private static String part(String name, @Nullable String value) {
        String text = given(value);
        return text == null ? "" : name + "=" + text;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.trim();
    }
}
