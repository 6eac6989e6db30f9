package io.dermaga.bench.attacks;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Which certificates were shown, in which order. Thread-safe. */
final class Serials {

    private static final long PATIENCE_MILLIS = 10_000;

    /** Number of each certificate that was put into the file. */
    private final Map<BigInteger, Integer> numbers = new HashMap<>();

    /** When each was first shown, by number. */
    private final Map<Integer, Long> seenNanos = new HashMap<>();

    private int newest;
    private int old;

    /** Connections that began after a newer certificate had been shown than theirs. */
    synchronized int old() {
        return old;
    }

    /**
     * Replaces the certificate.
     *
     * @return nanoseconds until a connection was shown the new one; negative if none was
     */
    synchronized long swap(Pki pki) throws Exception {
        newest++;
        numbers.put(pki.replace(), newest);
        long begin = System.nanoTime();
        long left = PATIENCE_MILLIS;
        while (!seenNanos.containsKey(newest) && left > 0) {
            wait(left);
            left = PATIENCE_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        }
        return seenNanos.containsKey(newest) ? System.nanoTime() - begin : -1;
    }

    /** A connection that began at the given {@link System#nanoTime()} was shown a certificate. */
    synchronized void shown(BigInteger serial, long beganNanos) {
        int number = numbers.getOrDefault(serial, 0); // the first one has no number
        if (seenNanos.putIfAbsent(number, System.nanoTime()) == null) {
            notifyAll();
        }
        for (Map.Entry<Integer, Long> seen : seenNanos.entrySet()) {
            if (seen.getKey() > number && seen.getValue() < beganNanos) {
                old++;
                return;
            }
        }
    }
}
