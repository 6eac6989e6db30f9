package io.dermaga.engine.listen;

import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.engine.settings.Limits;
import io.dermaga.engine.tls.TlsContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks for connections of a listener whose deadline has passed, for memory that can be given back,
 * and for certificates that were replaced. On the timer, some times a second.
 */
final class Sweep implements Runnable {

    private static final long RELIEF_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_EARLY_SPILL_BYTES = 4 * 1024;

    private final Listener listener;
    private final @Nullable TlsContext tls;
    private final AtomicLong relievedNanos = new AtomicLong(System.nanoTime() - RELIEF_NANOS);

    /**
     * @param tls null if the listener does without
     */
    Sweep(Listener listener, @Nullable TlsContext tls) {
        this.listener = listener;
        this.tls = tls;
    }

    @Override
    public void run() {
        if (listener.budget().scarce()) {
            relieve();
        }
        if (tls != null) {
            tls.check();
        }
        long now = System.nanoTime();
        for (TcpConnection connection : listener.connections()) {
            if (connection.isOpen()
                    && overdue(connection, now) != null
                    && connection.handler().deadlines().isFirstToFind()) {
                connection.loop().executeInTurns(() -> end(connection));
            }
        }
    }

    /** On its event loop; meanwhile it may have sent what it was late with. */
    private void end(TcpConnection connection) {
        connection.handler().deadlines().looked();
        TimeoutKind kind = overdue(connection, System.nanoTime());
        if (kind != null && connection.isOpen()) {
            connection.handler().timeout(kind);
        }
    }

    /**
     * While the budget is scarce, payloads that are not complete go to disk, those of silent peers
     * too: they would keep it used up for all others until their deadline. Any thread.
     */
    void relieve() {
        long now = System.nanoTime();
        long last = relievedNanos.get();
        if (now - last > RELIEF_NANOS && relievedNanos.compareAndSet(last, now)) {
            for (TcpConnection connection : listener.connections()) {
                ConnectionHandler handler = connection.handler();
                if (connection.isHeld() || handler.assemblingBytes() > earlySpillBytes()) {
                    connection.execute(handler.throttle()::relieve);
                }
            }
        }
    }

    /** Smaller payloads stay in memory: all of them together take a quarter of the budget. */
    long earlySpillBytes() {
        long share = listener.budget().limit() / 4 / listener.settings().limits().maxConnections();
        return Math.min(MOST_EARLY_SPILL_BYTES, share);
    }

    private @Nullable TimeoutKind overdue(TcpConnection connection, long now) {
        Limits limits = listener.settings().limits();
        Deadlines deadlines = connection.handler().deadlines();
        if (connection.state() == ConnectionState.OPENING) {
            return deadlines.openingOverdue(now, Opening.awaitsFirstByte(connection), limits);
        }
        if (deadlines.writeOverdue(now, connection, limits)) {
            return TimeoutKind.WRITE;
        }
        if (connection.isHeldByOthersThan(Hold.BUDGET)) {
            return null;
        }
        // incomplete frames may be what has used the budget up: their deadline is the way out
        if (deadlines.frameOverdue(now, limits.frameTimeout())) {
            return TimeoutKind.FRAME;
        }
        if (connection.isHeld() || connection.lane().payloads() != 0) {
            return null;
        }
        return deadlines.silenceOverdue(now, connection, limits);
    }
}
