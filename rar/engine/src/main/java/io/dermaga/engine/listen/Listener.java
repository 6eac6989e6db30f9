package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.engine.detect.Detective;
import io.dermaga.engine.detect.Encryption;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.FramingOptions;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Dispatcher;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.settings.EnvelopePolicy;
import io.dermaga.engine.settings.ListenerSettings;
import io.netty.channel.socket.SocketChannel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket with its connections. Admission and deadlines are here; what is said about
 * connections is in {@link ListenerReports}, their bytes are the {@link ConnectionHandler}'s.
 */
public final class Listener {

    private static final long RELIEF_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MOST_EARLY_SPILL_BYTES = 4 * 1024;

    private final ListenerSettings settings;
    private final Framing framing;
    private final FramingOptions framingOptions;
    private final boolean answersOutcome;
    private final String activation;
    private final BeanShape shape;
    private final Dispatcher dispatcher;
    private final Shared shared;
    private final ByteBudget budget;
    private final ListenerCounters counters = new ListenerCounters();
    private final ListenerReports reports;
    private final Suspicions suspicions;
    private final Map<String, TcpConnection> connections = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicLong relievedNanos = new AtomicLong(System.nanoTime() - RELIEF_NANOS);
    private final Binding binding;

    /**
     * @param classes of the application: finds the class of its own framing
     */
    public Listener(
            ListenerSettings settings,
            String activation,
            BeanShape shape,
            ClassLoader classes,
            Dispatcher dispatcher,
            Shared shared) {
        this.settings = settings;
        this.framing =
                Framing.parse(
                        settings.framing().text(),
                        settings.framing().envelope() == EnvelopePolicy.KEEP,
                        classes);
        this.framingOptions =
                FramingOptions.of(settings.framing(), settings.limits().maxPayload().bytes());
        this.answersOutcome = framing.answersOutcome();
        this.activation = activation;
        this.shape = shape;
        this.dispatcher = dispatcher;
        this.shared = shared;
        this.reports = new ListenerReports(settings, shared.feed());
        this.suspicions = new Suspicions(new Detective(framing, Encryption.OFF), reports);
        this.budget = new ByteBudget(settings.limits().budget().bytes(), shared.budget());
        this.binding =
                new Binding(settings, shared, new Acceptor(this, shared.transport()), this::sweep);
    }

    /** Binds and accepts; tries again by itself if the port cannot be bound. */
    public void start() {
        binding.start();
    }

    /** Accepts no more and reads no more; waits until the port is free. */
    public void drain() {
        binding.drain();
        connections.values().forEach(connection -> connection.hold(Hold.DRAIN));
    }

    /**
     * Ends all connections after what is queued for them; after {@link #isQuiet()}. One that could
     * take the end for the answer to a payload that was not delivered is reset.
     */
    public void end() {
        for (TcpConnection connection : connections.values()) {
            connection.endAndClose(CloseReason.LISTENER_CLOSED);
        }
    }

    /** Discards what waits in the lanes and resets all connections. */
    public void close() {
        for (TcpConnection connection : connections.values()) {
            connection.lane().discard();
            connection.reset(CloseReason.LISTENER_CLOSED);
        }
    }

    /** Everything is delivered and closed. */
    public boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Nothing waits for a bean and nothing is in one. */
    public boolean isQuiet() {
        return connections.values().stream().allMatch(one -> one.lane().isQuiet());
    }

    /** Says that it is closed. */
    public void stopped() {
        binding.stopped();
    }

    // ---- facts

    public ListenerSettings settings() {
        return settings;
    }

    public String activation() {
        return activation;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public ByteBudget budget() {
        return budget;
    }

    public ListenerCounters counters() {
        return counters;
    }

    public ListenerState state() {
        return binding.state();
    }

    public @Nullable String error() {
        return binding.error();
    }

    /** The bound port; the configured one while it is not bound. */
    public int port() {
        return binding.port();
    }

    /** Connections that are open or still have something to deliver. */
    public int connectionCount() {
        return connections.size();
    }

    public Optional<Connection> find(String id) {
        return Optional.ofNullable(connections.get(id)).filter(Connection::isOpen).map(c -> c);
    }

    public List<Connection> open() {
        return connections.values().stream()
                .filter(Connection::isOpen)
                .map(connection -> (Connection) connection)
                .toList();
    }

    /** Closes a connection for an operator; false if there is no such open connection. */
    public boolean close(String id, String actor) {
        TcpConnection connection = connections.get(id);
        if (connection == null || !connection.isOpen()) {
            return false;
        }
        reports.closedBy(connection, actor);
        connection.reset(CloseReason.OPERATOR);
        return true;
    }

    Collection<TcpConnection> connections() {
        return connections.values();
    }

    Feed feed() {
        return shared.feed();
    }

    ListenerReports reports() {
        return reports;
    }

    Suspicions suspicions() {
        return suspicions;
    }

    SpillStore spillStore() {
        return shared.spillStore();
    }

    BeanShape shape() {
        return shape;
    }

    /** Whether the framing may answer when a delivery has ended. */
    boolean answersOutcome() {
        return answersOutcome;
    }

    FramingOptions framingOptions() {
        return framingOptions;
    }

    Framing framing() {
        return framing;
    }

    // ---- what happens to connections, told by their handlers

    /** Books a place for a connection, if there is one. */
    boolean admit() {
        if (admitted.incrementAndGet() > settings.limits().maxConnections()) {
            admitted.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A connection is there; {@link #admit} was asked. */
    ConnectionHandler open(SocketChannel channel, Loop loop) {
        TcpConnection connection =
                new TcpConnection(shared.connectionIds().get(), this, channel, loop);
        ConnectionHandler handler = new ConnectionHandler(connection, this);
        connection.handler(handler);
        connections.put(connection.id(), connection);
        counters.accepted.increment();
        reports.connected(connection);
        return handler;
    }

    /** A connection is on its event loop. */
    void opened(TcpConnection connection) {
        if (binding.isEnding()) { // accepted while the listener was being closed
            connection.lane().discard();
            connection.reset(CloseReason.LISTENER_CLOSED);
        }
    }

    void drained(TcpConnection connection) {
        connection.handler().drained();
    }

    void refuse(SocketChannel channel) {
        counters.refused.increment();
        reports.refused(channel);
    }

    void closed(TcpConnection connection, CloseReason reason) {
        counters.closed.increment();
        reports.closed(connection, reason);
    }

    /** The lane of a closed connection is empty. */
    void finished(TcpConnection connection) {
        if (connections.remove(connection.id(), connection)) {
            admitted.decrementAndGet();
        }
    }

    /** Looks for connections whose deadline has passed. On the timer, some times a second. */
    private void sweep() {
        if (budget.scarce()) {
            relieve();
        }
        long now = System.nanoTime();
        for (TcpConnection connection : connections.values()) {
            TimeoutKind kind = overdue(connection, now);
            if (kind != null && connection.isOpen()) {
                connection.loop().execute(() -> connection.handler().timeout(kind));
            }
        }
    }

    /**
     * While the budget is scarce, payloads that are not complete go to disk, those of silent peers
     * too: they would keep it used up for all others until their deadline. Any event loop.
     */
    void relieve() {
        long now = System.nanoTime();
        long last = relievedNanos.get();
        if (now - last > RELIEF_NANOS && relievedNanos.compareAndSet(last, now)) {
            for (TcpConnection connection : connections.values()) {
                connection.execute(connection.handler()::spillEarly);
            }
        }
    }

    /** Smaller payloads stay in memory: all of them together take a quarter of the budget. */
    long earlySpillBytes() {
        long share = budget.limit() / 4 / settings.limits().maxConnections();
        return Math.min(MOST_EARLY_SPILL_BYTES, share);
    }

    private @Nullable TimeoutKind overdue(TcpConnection connection, long now) {
        Deadlines deadlines = connection.handler().deadlines();
        if (connection.isHeldByOthersThan(Hold.BUDGET)) {
            return null;
        }
        // incomplete frames may be what has used the budget up: their deadline is the way out
        if (deadlines.frameOverdue(now, settings.limits().frameTimeout())) {
            return TimeoutKind.FRAME;
        }
        boolean idle =
                !connection.isHeld()
                        && connection.lane().payloads() == 0
                        && deadlines.idleOverdue(
                                now, connection.lastWriteNanos(), connection.idleTimeout());
        return idle ? TimeoutKind.IDLE : null;
    }
}
