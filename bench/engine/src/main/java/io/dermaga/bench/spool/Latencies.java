package io.dermaga.bench.spool;

import java.util.Arrays;

/** Times from append to receipt. Thread-safe. */
final class Latencies {

    private static final int MOST = 8_000_000;

    private final long[] nanos = new long[MOST];
    private int count;

    synchronized void add(long time) {
        if (count < MOST) {
            nanos[count++] = time;
        }
    }

    /** Forgets all. */
    synchronized void clear() {
        count = 0;
    }

    synchronized int count() {
        return count;
    }

    /** In microseconds. */
    synchronized long[] percentiles(double... shares) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return Arrays.stream(shares)
                .mapToLong(
                        share ->
                                count == 0
                                        ? 0
                                        : sorted[(int) Math.min(count - 1, share * count)] / 1000)
                .toArray();
    }
}
