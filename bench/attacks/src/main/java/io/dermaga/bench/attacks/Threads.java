package io.dermaga.bench.attacks;

/** Threads that were started here. */
final class Threads {

    private static final int PATIENCE_MILLIS = 40_000;

    private Threads() {}

    /** Waits until one has ended; it was told to. */
    static void await(Thread thread) {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
