package io.dermaga.history;

/**
 * Where a message stands among all: by the end of its delivery, then by its row. As text {@code
 * 1767225600000000000-4711}, for addresses of pages.
 *
 * @param endedAt nanoseconds since 1970
 * @param row its key; 0 stands behind all that ended at that time
 */
public record MessagePlace(long endedAt, long row) {

    /**
     * The end of {@link #toString}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static MessagePlace of(String text) {
        int dash = text.indexOf('-', 1);
        if (dash < 0) {
            throw new IllegalArgumentException(text);
        }
        return new MessagePlace(
                Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    @Override
    public String toString() {
        return endedAt + "-" + row;
    }
}
