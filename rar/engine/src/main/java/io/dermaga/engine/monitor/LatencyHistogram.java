package io.dermaga.engine.monitor;

import io.dermaga.api.monitor.LatencySnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How long something took, for all threads together. They add to it what they have tallied. */
final class LatencyHistogram {

    private static final List<Duration> BOUNDS =
            Stream.of(
                            50,
                            100,
                            250,
                            500,
                            1_000,
                            2_500,
                            5_000,
                            10_000,
                            25_000,
                            50_000,
                            100_000,
                            250_000,
                            500_000,
                            1_000_000,
                            2_500_000,
                            10_000_000,
                            60_000_000)
                    .map(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
                    .toList();
    private static final long[] BOUND_NANOS =
            BOUNDS.stream().mapToLong(Duration::toNanos).toArray();

    private final LongAdder[] counts = new LongAdder[BOUND_NANOS.length + 1];
    private final LongAdder sumNanos = new LongAdder();

    LatencyHistogram() {
        Arrays.setAll(counts, i -> new LongAdder());
    }

    /** Any thread. */
    LatencySnapshot snapshot() {
        List<Long> counted = new ArrayList<>(counts.length);
        for (LongAdder count : counts) {
            counted.add(count.sum());
        }
        return new LatencySnapshot(BOUNDS, counted, Duration.ofNanos(sumNanos.sum()));
    }

    /**
     * What one thread counts in plain numbers before it is added, so that a burst is one. Payloads
     * that follow one another mostly belong into the same bucket.
     */
    static final class Tally {

        private final long[] counts = new long[BOUND_NANOS.length + 1];
        private long sumNanos;

        // the bucket of the latest ones: what it is above of, what it is up to, and how many
        private int bucket;
        private long aboveNanos = -1;
        private long upToNanos = BOUND_NANOS[0];
        private long latest;

        // the buckets that may not be empty
        private int lowest;
        private int highest;

        /**
         * @param nanos taken as 0 if negative: clocks of two runs of the server may differ
         */
        void add(long nanos) {
            long time = Math.max(0, nanos);
            if (time <= aboveNanos || time > upToNanos) {
                turnTo(bucketOf(time));
            }
            latest++;
            sumNanos += time;
        }

        private static int bucketOf(long nanos) {
            int bucket = 0;
            while (bucket < BOUND_NANOS.length && nanos > BOUND_NANOS[bucket]) {
                bucket++;
            }
            return bucket;
        }

        private void turnTo(int next) {
            counts[bucket] += latest;
            latest = 0;
            bucket = next;
            aboveNanos = next == 0 ? -1 : BOUND_NANOS[next - 1];
            upToNanos = next == BOUND_NANOS.length ? Long.MAX_VALUE : BOUND_NANOS[next];
            lowest = Math.min(lowest, next);
            highest = Math.max(highest, next);
        }

        /** Empties it into a histogram. */
        void moveTo(LatencyHistogram all) {
            counts[bucket] += latest;
            latest = 0;
            for (int i = lowest; i <= highest; i++) {
                if (counts[i] > 0) {
                    all.counts[i].add(counts[i]);
                    counts[i] = 0;
                }
            }
            all.sumNanos.add(sumNanos);
            sumNanos = 0;
            lowest = bucket;
            highest = bucket;
        }
    }
}
