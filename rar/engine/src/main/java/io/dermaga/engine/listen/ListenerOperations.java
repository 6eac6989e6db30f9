package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.WriteRequest;
import io.dermaga.engine.settings.AddressRange;
import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.RateSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.tls.TlsContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator does to a listener and its connections; each is told of with the name of who did
 * it. Any thread but an event loop; {@code false}: there was nothing to do.
 */
public final class ListenerOperations {

    private final Listener listener;
    private final ConnectionSource source;
    private final @Nullable TlsContext tls;
    private final ScheduledExecutorService timer;

    /** What holds instead of what was configured, by the name of the setting. */
    private final Map<String, EffectiveSetting> changed = new ConcurrentHashMap<>();

    ListenerOperations(
            Listener listener,
            ConnectionSource source,
            @Nullable TlsContext tls,
            ScheduledExecutorService timer) {
        this.listener = listener;
        this.source = source;
        this.tls = tls;
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

    /** As {@link #pause}, since a payload was given up ({@code onPoison=PAUSE_LISTENER}). */
    void pauseFor(String why) {
        source.pause();
        source.settle();
        listener.reports().pausedByPoison(why);
    }

    /** The end of {@link #pause}, whoever has paused it. */
    public boolean resume(String actor) {
        boolean delivers = listener.resumeDeliveries();
        boolean done = source.resume() || delivers;
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
                () -> {
                    listener.delivers();
                    listener.reports().listener(Kind.LISTENING, "DMG2011", "is started", actor);
                });
    }

    /**
     * Reads the certificates again.
     *
     * @return what is wrong with them; null if nothing is
     * @throws IllegalArgumentException DMG1007 if there are none
     */
    public @Nullable String reloadCertificates(String actor) {
        if (tls == null) {
            throw new IllegalArgumentException(
                    "DMG1007 listener '%s' has no certificates: tls=OFF"
                            .formatted(listener.settings().name()));
        }
        return tls.reload(actor);
    }

    /** Changes who may connect; who is connected and may no longer be is closed. */
    public void changeAccess(List<AddressRange> allow, List<AddressRange> deny, String actor) {
        Admission admission = listener.admission();
        admission.change(allow, deny);
        changed(Setting.ALLOW, text(allow), actor);
        changed(Setting.DENY, text(deny), actor);
        listener.reports().accessChanged(allow, deny, actor);
        for (TcpConnection connection : listener.connections()) {
            if (connection.isOpen() && !admission.admits(connection)) {
                connection.reset(CloseReason.ACCESS_DENIED);
            }
        }
    }

    /** Changes how much goes through. */
    public void changeRates(RateSettings rates, String actor) {
        Shaping shaping = listener.shaping();
        shaping.change(rates);
        changed(Setting.READ_RATE, text(rates.read()), actor);
        changed(Setting.CONNECTION_READ_RATE, text(rates.readEach()), actor);
        changed(Setting.WRITE_RATE, text(rates.write()), actor);
        changed(Setting.CONNECTION_WRITE_RATE, text(rates.writeEach()), actor);
        listener.reports().ratesChanged(rates, actor);
        for (TcpConnection connection : listener.connections()) {
            connection.shape(shaping);
        }
    }

    private void changed(Setting setting, String value, String actor) {
        String name = setting.property();
        changed.put(name, new EffectiveSetting(name, value, "operator " + actor));
    }

    private static String text(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
    }

    private static String text(@Nullable DataSize rate) {
        return rate == null ? "" : rate.toString();
    }

    /** What holds now of a setting: as configured, unless an operator has changed it. */
    EffectiveSetting inForce(EffectiveSetting configured) {
        return changed.getOrDefault(configured.name(), configured);
    }

    /** A recording has begun: its open connections come into it if they are meant. */
    public void record(String recording) {
        for (TcpConnection connection : listener.connections()) {
            connection
                    .loop()
                    .executeInTurns(
                            () -> Recorded.joined(connection, listener.recorder(), recording));
        }
    }

    /** Closes a connection; the peer sees a reset. */
    public boolean closeConnection(String id, String actor) {
        TcpConnection connection = listener.connection(id);
        if (connection == null || !connection.isOpen()) {
            return false;
        }
        listener.reports().closedBy(connection, actor);
        connection.reset(CloseReason.OPERATOR);
        return true;
    }

    /** Keeps a connection from reading, whatever its bean does. */
    public boolean pauseConnection(String id, String actor) {
        return hold(id, true, actor);
    }

    public boolean resumeConnection(String id, String actor) {
        return hold(id, false, actor);
    }

    /**
     * Writes to a connection.
     *
     * @return how many bytes; empty if there is no such open connection
     * @throws RuntimeException as {@link OperatorWriting#write}
     */
    public OptionalInt write(WriteRequest request, String actor) {
        TcpConnection connection = listener.connection(request.connection());
        if (connection == null || !connection.isOpen()) {
            return OptionalInt.empty();
        }
        int bytes = OperatorWriting.write(connection, request);
        listener.reports().writtenBy(connection, bytes, actor);
        return OptionalInt.of(bytes);
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
