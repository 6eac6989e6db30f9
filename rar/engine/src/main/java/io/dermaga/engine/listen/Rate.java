package io.dermaga.engine.listen;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many bytes in a second: tells when those that have gone through are paid for (the virtual
 * scheduling form of the generic cell rate algorithm, ITU-T I.371). Thread-safe.
 */
final class Rate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Debts that are not worth a pause. */
    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final double nanosPerByte;
    private final AtomicLong paidAt = new AtomicLong(System.nanoTime());

    /**
     * @param bytesPerSecond more than 0
     */
    Rate(long bytesPerSecond) {
        this.nanosPerByte = SECOND / (double) bytesPerSecond;
    }

    /** Bytes have gone through. Returns how long none should, in ns; 0 if they may go on. */
    long pay(long bytes, long now) {
        long price = (long) (bytes * nanosPerByte);
        long debt = paidAt.updateAndGet(at -> (at - now > 0 ? at : now) + price) - now;
        return debt > TOLERANCE_NANOS ? debt : 0;
    }
}
