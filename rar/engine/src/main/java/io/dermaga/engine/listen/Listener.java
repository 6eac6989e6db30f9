package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.TimeoutKind;
import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.FramingOptions;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Dispatcher;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.settings.AddressRange;
import io.dermaga.engine.settings.EnvelopePolicy;
import io.dermaga.engine.settings.Limits;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.RateSettings;
import io.dermaga.engine.tls.TlsContext;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
    private final Admission admission;
    private final @Nullable TlsContext tls;
    private final Shaping shaping;
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
        this.admission = new Admission(settings.limits().maxConnections(), settings.access());
        this.tls = TlsContext.of(settings, shared.feed(), shared.tlsThreads());
        this.shaping = new Shaping(settings.rates(), shared.transport().timer());
        this.suspicions = new Suspicions(framing, settings.tls().mode(), reports);
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
        shaping.close();
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
                            .formatted(settings.name()));
        }
        return tls.reload(actor);
    }

    /** Changes who may connect; who is connected and may no longer be is closed. */
    public void changeAccess(List<AddressRange> allow, List<AddressRange> deny, String actor) {
        admission.change(allow, deny);
        reports.accessChanged(allow, deny, actor);
        for (TcpConnection connection : connections.values()) {
            if (connection.isOpen()
                    && connection.state() != ConnectionState.OPENING
                    && !admission.allows(connection.remoteAddress().getAddress())) {
                connection.reset(CloseReason.ACCESS_DENIED);
            }
        }
    }

    /** Changes how much goes through. */
    public void changeRates(RateSettings rates, String actor) {
        shaping.change(rates);
        reports.ratesChanged(rates, actor);
        for (TcpConnection connection : connections.values()) {
            connection.shape(shaping);
        }
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

    Admission admission() {
        return admission;
    }

    Shaping shaping() {
        return shaping;
    }

    /** On the timer: must not block. */
    void later(Runnable task, long nanos) {
        shared.transport().timer().schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    /** For a listener with TLS. */
    TlsContext tls() {
        return Objects.requireNonNull(tls);
    }

    /** Those with which it offers TLS. */
    List<CertificateSnapshot> certificates() {
        return tls == null ? List.of() : tls.certificates();
    }

    /** A connection is there; {@link Admission} was asked. */
    ConnectionHandler open(SocketChannel channel, Loop loop) {
        TcpConnection connection =
                new TcpConnection(shared.connectionIds().get(), this, channel, loop);
        ConnectionHandler handler = new ConnectionHandler(connection, this);
        connection.handler(handler);
        connections.put(connection.id(), connection);
        Opening.begin(channel.pipeline(), connection, this, handler);
        counters.accepted.increment();
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

    /** A connection is closed before it was there. */
    void refuse(InetSocketAddress peer, Refusal why) {
        counters.refused(why);
        reports.refused(peer, why, null);
    }

    /** A connection is closed before its bean has heard of it. */
    void turnedAway(TcpConnection connection, Refusal why, @Nullable Throwable cause) {
        counters.refused(why);
        reports.refused(connection.remoteAddress(), why, cause);
    }

    void closed(TcpConnection connection, CloseReason reason) {
        counters.closed.increment();
        reports.closed(connection, reason);
    }

    /** The lane of a closed connection is empty. */
    void finished(TcpConnection connection) {
        if (connections.remove(connection.id(), connection)) {
            admission.leave(connection.countedAddress());
        }
    }

    /** Looks for connections whose deadline has passed. On the timer, some times a second. */
    private void sweep() {
        if (budget.scarce()) {
            relieve();
        }
        if (tls != null) {
            tls.check();
        }
        long now = System.nanoTime();
        for (TcpConnection connection : connections.values()) {
            TimeoutKind kind = overdue(connection, now);
            if (kind != null && connection.isOpen()) {
                connection.loop().executeInTurns(() -> connection.handler().timeout(kind));
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
                ConnectionHandler handler = connection.handler();
                if (connection.isHeld() || handler.assemblingBytes() > earlySpillBytes()) {
                    connection.execute(handler::relieve);
                }
            }
        }
    }

    /** Smaller payloads stay in memory: all of them together take a quarter of the budget. */
    long earlySpillBytes() {
        long share = budget.limit() / 4 / settings.limits().maxConnections();
        return Math.min(MOST_EARLY_SPILL_BYTES, share);
    }

    private @Nullable TimeoutKind overdue(TcpConnection connection, long now) {
        Limits limits = settings.limits();
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
