package io.dermaga.engine.listen;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.monitor.CertificateSnapshot;
import io.dermaga.api.monitor.CopySnapshot;
import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.framing.Framing;
import io.dermaga.engine.framing.FramingOptions;
import io.dermaga.engine.idempotency.KnownKeys;
import io.dermaga.engine.lane.DeadPayload;
import io.dermaga.engine.lane.Lane;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.ListenerCounters;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.Content;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.recording.Recorder;
import io.dermaga.engine.settings.Acknowledge;
import io.dermaga.engine.settings.DialSettings;
import io.dermaga.engine.settings.EnvelopePolicy;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.OnPoison;
import io.dermaga.engine.spool.Delivered;
import io.dermaga.engine.tls.TlsContext;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket, or what connects in its place, with its connections. Admission and deadlines
 * are here; what is said about connections is in {@link ListenerReports}, their bytes are the
 * {@link ConnectionHandler}'s.
 */
public final class Listener {

    private final ListenerSettings settings;
    private final Framing framing;
    private final FramingOptions framingOptions;
    private final boolean answersOutcome;
    private final Consumers consumers;
    private final Shared shared;
    private final ByteBudget budget;
    private final ListenerCounters counters = new ListenerCounters();
    private final ListenerReports reports;
    private final Suspicions suspicions;
    private final AtomicBoolean started = new AtomicBoolean();
    private final Map<String, TcpConnection> connections = new ConcurrentHashMap<>();
    private final Set<Replay> replays = ConcurrentHashMap.newKeySet();
    private final Admission admission;
    private final @Nullable TlsContext tls;
    private final Shaping shaping;
    private final Sweep sweep;
    private final ConnectionSource source;
    private final ListenerOperations operations;

    /** Where payloads wait; null: in the lanes of their connections. */
    private final @Nullable ListenerSpool spool;

    /** What was delivered; null if it is in the spool, or what is repeated is delivered again. */
    private final @Nullable KnownKeys knownKeys;

    /** Share of its payloads that is traced. */
    private final double traced;

    /** Why nothing is delivered; null if it is. */
    private volatile @Nullable String poison;

    /**
     * @param classes of the application: finds the class of its own framing
     */
    public Listener(ListenerSettings settings, Consumer first, ClassLoader classes, Shared shared) {
        this.settings = settings;
        this.framing =
                Framing.parse(
                        settings.framing().text(),
                        settings.framing().envelope() == EnvelopePolicy.KEEP,
                        classes);
        this.framingOptions =
                FramingOptions.of(
                        settings.framing(),
                        settings.delivery(),
                        settings.limits().maxPayload().bytes());
        this.answersOutcome =
                settings.delivery().acknowledge() != Acknowledge.NEVER
                        && (framing.answersOutcome() || settings.delivery().answers());
        this.consumers = new Consumers(first, settings.delivery().copies());
        this.shared = shared;
        this.reports = new ListenerReports(settings, shared.feed());
        this.admission = new Admission(settings.limits().maxConnections(), settings.access());
        this.tls = TlsContext.of(settings, shared.feed(), shared.tlsThreads());
        this.shaping = new Shaping(settings.rates(), shared.transport().timer());
        this.suspicions = new Suspicions(framing, settings.tls().mode(), reports);
        this.budget = new ByteBudget(settings.limits().budget().bytes(), shared.budget());
        this.sweep = new Sweep(this, tls);
        DialSettings dialing = settings.dialing();
        this.source =
                dialing == null
                        ? new Binding(
                                settings, shared, new Acceptor(this, shared.transport()), sweep)
                        : new Dialer(this, dialing, shared, sweep);
        this.spool =
                settings.delivery().isSpooled()
                        ? new ListenerSpool(this, shared.spool(), first)
                        : null;
        this.knownKeys = spool == null ? newKnownKeys() : null;
        this.traced = shared.traces().share(settings.name());
        this.operations = new ListenerOperations(this, source, tls, shared.transport().timer());
    }

    // ---- its beans

    /** A bean of its group, or of another to which copies go; false if the last one has left. */
    public boolean join(Consumer consumer) {
        return consumers.join(consumer);
    }

    /** A bean is ready: binds and accepts, or connects; tries again by itself. */
    public void start(Consumer consumer) {
        consumers.ready(consumer);
        if (started.compareAndSet(false, true)) {
            delivers();
            source.start();
        } else if (!source.isEnding()) {
            delivers(); // it may be the first one of its copy
        }
    }

    /**
     * A bean takes no more, and nothing is read for it any more; after the last one nobody can
     * connect. Does not wait for it.
     *
     * @return what of it is to be ended
     */
    public Part leave(Consumer consumer) {
        consumers.leave(consumer);
        if (consumers.isLast(consumer)) {
            source.retire();
        }
        Part part = new Part(this, consumer);
        part.hold();
        return part;
    }

    Consumers consumers() {
        return consumers;
    }

    /** What is in the spool is delivered from now on. */
    void delivers() {
        if (spool != null) {
            spool.open();
        }
    }

    /**
     * Takes no more connections and reads no more, without waiting for it.
     *
     * @return false if that was begun before
     */
    boolean drain() {
        boolean begun = source.drain();
        whole().hold();
        return begun;
    }

    /** All that is to be ended when it is stopped. */
    Part whole() {
        return new Part(this, null);
    }

    /** Everything is delivered and closed. */
    public boolean isEmpty() {
        return whole().isEmpty();
    }

    /** Its last bean has left. */
    public boolean isEnding() {
        return consumers.isClosed();
    }

    boolean isPortFree() {
        return source.isClosed();
    }

    /** Says that it is closed. */
    void stopped() {
        shaping.close();
        source.stopped();
    }

    /** For operators. */
    public ListenerOperations operations() {
        return operations;
    }

    // ---- what no bean can take

    /**
     * @param consumer whose bean has failed on it
     */
    void deadLetter(DeadPayload payload, Consumer consumer) throws IOException {
        try (InputStream content = payload.stream()) {
            shared.deadLetters()
                    .keep(payload.letter(consumer.activation(), copy(consumer)), content);
        }
    }

    /** The group of a bean if it is one of several that are given copies; else empty. */
    String copy(Consumer consumer) {
        return settings.delivery().copies().isEmpty() ? "" : consumer.group();
    }

    /** Whether there is a bean for it: that of its copy, or any if there are none for that. */
    public boolean replays(DeadLetter letter) {
        return !settings.delivery().copies().contains(letter.copy())
                || consumers.serves(letter.copy());
    }

    /**
     * Delivers a dead letter once more; returns at once.
     *
     * @param letter of which {@link #replays} was true
     * @param content released when it has ended
     */
    public Replay replay(DeadLetter letter, Content content) {
        Replay replay = new Replay(this, letter);
        replays.add(replay);
        if (source.isEnding() || consumers.isGone(replay.consumer())) {
            replay.lane().discard();
        }
        replay.begin(content);
        return replay;
    }

    /** A replay has ended. */
    void replayed(Replay replay) {
        replays.remove(replay);
    }

    /**
     * A payload was given up: delivers nothing more, and takes no connections, until an operator
     * resumes it, if it is set to.
     *
     * @param why numbered, one sentence
     */
    void poisoned(String why) {
        if (settings.delivery().onPoison() == OnPoison.PAUSE_LISTENER && poison == null) {
            poison = why;
            operations.pauseFor(why);
        }
    }

    /** The end of what {@link #poisoned} has begun; false if they were not paused. */
    boolean resumeDeliveries() {
        boolean paused = poison != null;
        poison = null;
        connections.values().forEach(connection -> connection.lane().resume());
        replays.forEach(replay -> replay.lane().resume());
        if (spool != null) {
            spool.resume();
        }
        return paused;
    }

    boolean mayDeliver() {
        return poison == null;
    }

    // ---- facts

    public ListenerSettings settings() {
        return settings;
    }

    /** The container's names of the activations that take connections, separated by commas. */
    public String activation() {
        return consumers.activations();
    }

    public ByteBudget budget() {
        return budget;
    }

    public ListenerCounters counters() {
        return counters;
    }

    public ListenerState state() {
        return source.state();
    }

    public @Nullable String error() {
        String why = poison;
        return why == null ? source.error() : why;
    }

    /** The bound port; the configured one while it is not bound. */
    public int port() {
        return source.port();
    }

    /** Connections that are open or still have something to deliver. */
    public int connectionCount() {
        return connections.size();
    }

    public Optional<Connection> find(String id) {
        return Optional.ofNullable(connections.get(id)).filter(TcpConnection::isReady).map(c -> c);
    }

    public List<Connection> open() {
        return connections.values().stream()
                .filter(TcpConnection::isReady)
                .map(connection -> (Connection) connection)
                .toList();
    }

    @Nullable TcpConnection connection(String id) {
        return connections.get(id);
    }

    Collection<TcpConnection> connections() {
        return connections.values();
    }

    Collection<Replay> replays() {
        return replays;
    }

    Feed feed() {
        return shared.feed();
    }

    Recorder recorder() {
        return shared.recorder();
    }

    /** For operators who send recorded bytes to it. */
    public ReplayTarget replayTarget() {
        return new ReplayTarget(this);
    }

    ListenerReports reports() {
        return reports;
    }

    Suspicions suspicions() {
        return suspicions;
    }

    /** The part of the spool in the transaction of a delivery. */
    XAResource branch(Delivered delivered) {
        return shared.spool().branch(List.of(delivered));
    }

    @Nullable ListenerSpool spool() {
        return spool;
    }

    /** Entries that wait in the spool; -1 if there is none, or it does not tell. */
    long spoolEntries() {
        return spool == null ? -1 : spool.backlog();
    }

    List<CopySnapshot> copies() {
        return spool == null ? List.of() : spool.copies();
    }

    /** Lanes from which beans are given payloads. */
    List<Lane> lanes() {
        Stream<Lane> spooled = spool == null ? Stream.empty() : spool.lanes();
        return Stream.concat(connections.values().stream().map(TcpConnection::lane), spooled)
                .toList();
    }

    /** Why payloads wait although there is something to do; null if they do not. */
    @Nullable String backPressure() {
        String waits = spool == null ? null : shared.spool().waitsFor();
        return waits == null ? consumers.backPressure() : waits;
    }

    SpillStore spillStore() {
        return shared.spillStore();
    }

    double traced() {
        return traced;
    }

    @Nullable KnownKeys knownKeys() {
        return knownKeys;
    }

    /** Without any key; null if payloads that are repeated are delivered again. */
    @Nullable KnownKeys newKnownKeys() {
        return settings.delivery().idempotency().isOn()
                ? new KnownKeys(
                        settings.delivery().idempotency(), settings.charset(), System::nanoTime)
                : null;
    }

    /** Whether peers may be answered when a delivery has ended. */
    boolean answersOutcome() {
        return answersOutcome;
    }

    FramingOptions framingOptions() {
        return framingOptions;
    }

    public Framing framing() {
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

    Sweep sweep() {
        return sweep;
    }

    /** For a listener with TLS. */
    TlsContext tls() {
        return Objects.requireNonNull(tls);
    }

    /** Those with which it offers TLS. */
    List<CertificateSnapshot> certificates() {
        return tls == null ? List.of() : tls.certificates();
    }

    /**
     * A connection is there; {@link Admission} was asked.
     *
     * @param target that this side has connected to; null if the peer has
     */
    ConnectionHandler open(SocketChannel channel, Loop loop, @Nullable InetSocketAddress target) {
        TcpConnection connection =
                new TcpConnection(shared.connectionIds().get(), this, channel, loop);
        ConnectionHandler handler = new ConnectionHandler(connection, this);
        connection.handler(handler);
        if (target == null) {
            Opening.accepted(channel.pipeline(), connection, this);
        } else {
            Opening.dialed(channel.pipeline(), connection, this, target);
        }
        channel.pipeline().addLast(handler);
        connections.put(connection.id(), connection);
        connection.consumer().taken();
        counters.accepted.increment();
        return handler;
    }

    /** A connection is on its event loop. */
    void opened(TcpConnection connection) {
        if (connection.limitsWrites()) {
            connection.shape(shaping); // there may have been no limit when it came
        }
        boolean late = source.isEnding() || consumers.isGone(connection.consumer());
        if (late) { // accepted while its bean was leaving
            connection.lane().discard();
            connection.reset(CloseReason.LISTENER_CLOSED);
        } else if (!admission.admits(connection)) { // access was changed since it came
            connection.reset(CloseReason.ACCESS_DENIED);
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
            connection.consumer().left();
            admission.leave(connection.countedAddress());
        }
    }
}
