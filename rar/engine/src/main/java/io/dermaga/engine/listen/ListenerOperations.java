package io.dermaga.engine.listen;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What an operator does to a listener and its connections; each is told of with the name of who did
 * it. Any thread but an event loop; {@code false}: there was nothing to do.
 */
public final class ListenerOperations {

    private final Listener listener;
    private final ConnectionSource source;
    private final ScheduledExecutorService timer;

    ListenerOperations(Listener listener, ConnectionSource source, ScheduledExecutorService timer) {
        this.listener = listener;
        this.source = source;
        this.timer = timer;
    }

    /** Takes no more connections; those that are there live on. */
    public boolean pause(String actor) {
        boolean done = source.pause();
        if (done) {
            source.settle();
            listener.reports().listener(Kind.PAUSED, "DMG2008", "is paused", actor);
        }
        return done;
    }

    public boolean resume(String actor) {
        boolean done = source.resume();
        if (done) {
            listener.reports().listener(Kind.RESUMED, "DMG2009", "goes on", actor);
        }
        return done;
    }

    /**
     * Closes the port, delivers what is in flight, ends the connections; returns at once.
     *
     * @param drainTimeout how long deliveries may go on
     */
    public boolean stop(String actor, Duration drainTimeout) {
        boolean done = listener.drain();
        if (done) {
            listener.reports().listener(Kind.LISTENER_STOPPED, "DMG2010", "is stopped", actor);
            new ListenerStop(listener, drainTimeout, timer).begin();
        }
        return done;
    }

    /** Opens again what was stopped. */
    public boolean start(String actor) {
        return source.restart(
                () -> listener.reports().listener(Kind.LISTENING, "DMG2011", "is started", actor));
    }

    /** Keeps a connection from reading, whatever its bean does. */
    public boolean pauseConnection(String id, String actor) {
        return hold(id, true, actor);
    }

    public boolean resumeConnection(String id, String actor) {
        return hold(id, false, actor);
    }

    private boolean hold(String id, boolean on, String actor) {
        TcpConnection connection = listener.connection(id);
        if (connection == null || !connection.isOpen()) {
            return false;
        }
        connection.change(
                Hold.OPERATOR, on, () -> listener.reports().heldByOperator(connection, on, actor));
        return true;
    }
}
