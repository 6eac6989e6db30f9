package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.settings.ListenerSettings;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the connections of a listener come from: peers connect to it ({@link Binding}), or it
 * connects to peers ({@link Dialer}). Opens as soon as it can, tries again by itself, and is
 * paused, stopped and started anew by an operator. Thread-safe.
 */
abstract sealed class ConnectionSource permits Binding, Dialer {

    private static final long LEAST_SWEEP_MILLIS = 50;
    private static final long MOST_SWEEP_MILLIS = 250;

    private final ListenerSettings settings;
    private final Shared shared;
    private final Runnable sweep;

    private volatile ListenerState state = ListenerState.STARTING;
    private volatile @Nullable String error;

    // changed while holding the lock
    private boolean ready;
    private boolean retired;
    private int attempt;
    private @Nullable ScheduledFuture<?> sweeper;

    /**
     * @param sweep looks for connections whose deadline has passed
     */
    ConnectionSource(ListenerSettings settings, Shared shared, Runnable sweep) {
        this.settings = settings;
        this.shared = shared;
        this.sweep = sweep;
    }

    final ListenerSettings settings() {
        return settings;
    }

    final Shared shared() {
        return shared;
    }

    final ListenerState state() {
        return state;
    }

    final boolean isEnding() {
        return state == ListenerState.DRAINING || state == ListenerState.STOPPED;
    }

    /** Why it is not open, one sentence; null if nothing keeps it from that. */
    final @Nullable String error() {
        return error;
    }

    /** The port of this side; the configured one while there is none. */
    abstract int port();

    // ---- its life

    /** There is a bean to deliver to. Once. */
    final synchronized void start() {
        ready = true;
        if (state == ListenerState.STARTING) {
            begin();
        }
    }

    /**
     * Opens again what was stopped; false if it is not, or its application is undeployed.
     *
     * @param told before it opens
     */
    final synchronized boolean restart(Runnable told) {
        if (state != ListenerState.STOPPED || retired) {
            return false;
        }
        state = ListenerState.STARTING;
        told.run();
        if (ready) {
            begin();
        }
        return true;
    }

    private void begin() {
        attempt++;
        open();
    }

    /** Takes no more connections for the time being; false if it takes none now. */
    final synchronized boolean pause() {
        if (!takesConnections()) {
            return false;
        }
        state = ListenerState.PAUSED;
        take(false);
        return true;
    }

    /** Takes connections again; false if it is not paused. */
    final synchronized boolean resume() {
        if (state != ListenerState.PAUSED) {
            return false;
        }
        state = resumed();
        take(true);
        return true;
    }

    private boolean takesConnections() {
        return state == ListenerState.LISTENING
                || state == ListenerState.CONNECTED
                || state == ListenerState.CONNECTING;
    }

    /** Takes no more connections, and is never started again. */
    final synchronized void retire() {
        retired = true;
        drain();
    }

    /** Takes no more connections; false if it is closed or being closed already. */
    final synchronized boolean drain() {
        if (isEnding()) {
            return false;
        }
        error = null;
        state = ListenerState.DRAINING;
        attempt++;
        if (sweeper != null) {
            sweeper.cancel(false);
            sweeper = null;
        }
        close();
        return true;
    }

    /** Its connections are gone as well. */
    final synchronized void stopped() {
        if (state != ListenerState.STOPPED) {
            state = ListenerState.STOPPED;
            shared.feed()
                    .info(
                            Kind.LISTENER_STOPPED,
                            settings.name(),
                            "DMG2007 listener '%s' is closed".formatted(settings.name()));
        }
    }

    // ---- what is different; while holding the lock, unless said

    /** Begins to open, without blocking. */
    abstract void open();

    /** Begins to close: takes no more connections, leaves those that are there alone. */
    abstract void close();

    /** Whether nothing is left of what {@link #close} has begun to close. */
    abstract boolean isClosed();

    /** Takes connections, or takes none. */
    abstract void take(boolean on);

    /** Waits until {@link #take} is in force. Not on an event loop, and not holding the lock. */
    abstract void settle();

    /** What it does after it was paused. */
    abstract ListenerState resumed();

    // ---- for those who open

    /** The number of the opening that goes on: what an earlier one has begun is void. */
    final int attempt() {
        return attempt;
    }

    final boolean isCurrent(int number) {
        return attempt == number && !isEnding();
    }

    /** It is open; the deadlines of its connections are watched from now on. */
    final void opened(ListenerState next) {
        error = null;
        state = next;
        if (sweeper == null) {
            long shortest = settings.limits().shortest().toMillis();
            long period = Math.max(LEAST_SWEEP_MILLIS, Math.min(MOST_SWEEP_MILLIS, shortest / 10));
            sweeper =
                    shared.transport()
                            .timer()
                            .scheduleWithFixedDelay(sweep, period, period, TimeUnit.MILLISECONDS);
        }
    }

    final void become(ListenerState next) {
        state = next;
    }

    final void noError() {
        error = null;
    }

    /** It could not be opened; only the first in a row is told. */
    final void failed(String text) {
        boolean first = error == null;
        error = text;
        if (first) {
            shared.feed().warning(Kind.LISTENER_FAILED, settings.name(), null, text);
        }
    }

    /** Does something later; null if the engine is being closed. */
    final @Nullable ScheduledFuture<?> later(Duration delay, Runnable task) {
        try {
            return shared.transport()
                    .timer()
                    .schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }
}
