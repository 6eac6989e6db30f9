package io.dermaga.bench.attacks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** What honest clients have seen in one phase of an attack. Thread-safe. */
final class Latencies {

    private static final double NANOS_OF_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Histogram nanos = new SynchronizedHistogram(3);
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong longestGap = new AtomicLong();

    /** A request is on its way. */
    void ask() {
        asked.incrementAndGet();
    }

    /**
     * It is answered.
     *
     * @param took since it was due
     */
    void answered(long took) {
        nanos.recordValue(Math.max(0, took));
    }

    void failed() {
        failed.incrementAndGet();
    }

    /** So long one client had no answer. */
    void gap(long gapNanos) {
        longestGap.accumulateAndGet(gapNanos, Math::max);
    }

    long asked() {
        return asked.get();
    }

    long answered() {
        return nanos.getTotalCount();
    }

    /** Requests that failed, and those that nobody has answered. */
    long failures() {
        return failed.get() + Math.max(0, asked() - answered() - failed.get());
    }

    double millis(double percentile) {
        return nanos.getValueAtPercentile(percentile) / NANOS_OF_MILLI;
    }

    double longestGapMillis() {
        return longestGap.get() / NANOS_OF_MILLI;
    }
}
