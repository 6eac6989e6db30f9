package io.dermaga.api.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long something took, how often: a histogram. It only grows while its listener is open.
 *
 * @param bounds of the buckets, ascending; a bucket has what took longer than the bound before, and
 *     not longer than its own
 * @param counts of each bucket; the last one, which has no bound, is of what took longer than all
 *     of them
 * @param sum of all
 */
public record LatencySnapshot(List<Duration> bounds, List<Long> counts, Duration sum) {

    /**
     * @throws IllegalArgumentException if there are no bounds, or not one count more than bounds
     */
    public LatencySnapshot {
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
        if (bounds.isEmpty() || counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(
                    "given %d bounds and %d counts, allowed: 1 or more bounds and one count more"
                            .formatted(bounds.size(), counts.size()));
        }
    }

    /** How many there were. */
    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The time that a part of all took at most, as exact as the buckets are: what is in a bucket is
     * taken to be spread evenly over it, as the function {@code histogram_quantile} of Prometheus
     * does. What took longer than all bounds is told as the last one.
     *
     * @param part 0 to 1, for example 0.99
     * @return empty if there were none
     * @throws IllegalArgumentException if the part is not from 0 to 1
     */
    public Optional<Duration> quantile(double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("part: given " + part + ", allowed: 0 to 1");
        }
        long all = count();
        if (all == 0) {
            return Optional.empty();
        }
        double rank = part * all;
        long before = 0;
        for (int i = 0; i < bounds.size(); i++) {
            long inBucket = counts.get(i);
            if (inBucket > 0 && before + inBucket >= rank) {
                long from = i == 0 ? 0 : bounds.get(i - 1).toNanos();
                double share = Math.max(0, rank - before) / inBucket;
                return Optional.of(
                        Duration.ofNanos(
                                from + Math.round(share * (bounds.get(i).toNanos() - from))));
            }
            before += inBucket;
        }
        return Optional.of(bounds.get(bounds.size() - 1));
    }
}
