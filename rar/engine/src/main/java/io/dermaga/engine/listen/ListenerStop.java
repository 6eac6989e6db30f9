package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ListenerState;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes one listener while its application goes on, in the steps of an undeployment: what is in
 * flight is delivered for at most the drain timeout, connections end, what is left is closed by
 * force. Looks at it again and again on the timer, so that nobody waits.
 */
final class ListenerStop {

    private static final int PERIOD_MILLIS = 10;
    private static final Duration END_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration FORCED_TIMEOUT = Duration.ofSeconds(10);

    /** What is waited for. */
    private enum Step {
        DELIVERIES,
        ENDS,
        RESETS
    }

    private final Listener listener;
    private final Part whole;
    private final Duration drainTimeout;
    private final ScheduledExecutorService timer;

    // the timer's
    private Step step = Step.DELIVERIES;
    private long since = System.nanoTime();

    ListenerStop(Listener listener, Duration drainTimeout, ScheduledExecutorService timer) {
        this.listener = listener;
        this.whole = listener.whole();
        this.drainTimeout = drainTimeout;
        this.timer = timer;
    }

    /** Begins; the listener takes no more connections already. */
    void begin() {
        later();
    }

    private void later() {
        try {
            timer.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // the engine is being closed, and this listener with it
        }
    }

    private void look() {
        if (listener.state() == ListenerState.STOPPED) {
            return; // meanwhile its application was undeployed
        }
        switch (step) {
            case DELIVERIES -> {
                if (whole.isQuiet()) {
                    whole.end();
                    next(Step.ENDS);
                } else if (isOver(drainTimeout)) {
                    listener.reports().stoppedByForce(drainTimeout);
                    whole.close();
                    next(Step.RESETS);
                }
            }
            case ENDS -> {
                if (listener.isEmpty() || isOver(END_TIMEOUT)) {
                    whole.close();
                    next(Step.RESETS);
                }
            }
            case RESETS -> {
                boolean gone = listener.isEmpty() && whole.isPortFree();
                if (gone || isOver(FORCED_TIMEOUT)) {
                    whole.stopped();
                    return;
                }
            }
        }
        later();
    }

    private void next(Step next) {
        step = next;
        since = System.nanoTime();
    }

    private boolean isOver(Duration limit) {
        return System.nanoTime() - since > limit.toNanos();
    }
}
