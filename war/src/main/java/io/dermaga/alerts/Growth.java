package io.dermaga.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much a counter has grown within the last time of a length, and a sixtieth of it more at most:
 * the price for never remembering more than some sixty values.
 */
final class Growth {

    private static final int STEPS = 60;

    private record Sample(Instant at, long value) {}

    private final Duration length;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Sample latest = new Sample(Instant.MIN, 0);

    Growth(Duration length) {
        this.length = length;
    }

    /** Takes the value of now. A counter or a clock that goes back begins anew. */
    void add(Instant at, long value) {
        if (value < latest.value() || at.isBefore(latest.at())) {
            samples.clear();
        }
        latest = new Sample(at, value);
        Sample newest = samples.peekLast();
        if (newest == null || !at.isBefore(newest.at().plus(length.dividedBy(STEPS)))) {
            samples.addLast(latest);
        }
        Instant begin = at.minus(length);
        Sample first = samples.removeFirst();
        while (!samples.isEmpty() && !samples.getFirst().at().isAfter(begin)) {
            first = samples.removeFirst();
        }
        samples.addFirst(first);
    }

    /** The value that was taken last; 0 if there was none. */
    long latest() {
        return latest.value();
    }

    /** How much it has grown. */
    long amount() {
        return samples.isEmpty() ? 0 : latest.value() - samples.getFirst().value();
    }

    /** The same for each second; 0 if there was but one value. */
    double perSecond() {
        Duration span = span();
        return span.isZero() ? 0 : amount() / (span.toNanos() / 1e9);
    }

    /** Whether it was looked at for the whole length. */
    boolean isFull() {
        return !samples.isEmpty() && span().compareTo(length) >= 0;
    }

    private Duration span() {
        return samples.isEmpty()
                ? Duration.ZERO
                : Duration.between(samples.getFirst().at(), latest.at());
    }
}
