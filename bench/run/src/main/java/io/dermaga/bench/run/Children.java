package io.dermaga.bench.run;

import java.util.concurrent.TimeUnit;

/** Processes that were started here. */
final class Children {

    private Children() {}

    /** Waits until one has ended, and ends it by force after some seconds. */
    static void awaitEnd(Process child, int seconds) {
        try {
            if (child.waitFor(seconds, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        child.destroyForcibly();
    }
}
