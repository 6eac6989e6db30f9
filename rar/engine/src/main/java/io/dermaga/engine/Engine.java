package io.dermaga.engine;

import io.dermaga.api.Connections;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.deadletter.DeadLetterStore;
import io.dermaga.engine.framing.Catalog;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.EndpointSource;
import io.dermaga.engine.lane.WorkerPool;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Part;
import io.dermaga.engine.listen.Shared;
import io.dermaga.engine.listen.Transport;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.Feed;
import io.dermaga.engine.monitor.JmxTree;
import io.dermaga.engine.payload.ByteBudget;
import io.dermaga.engine.payload.SpillStore;
import io.dermaga.engine.recording.Recorder;
import io.dermaga.engine.settings.ActivationSettings;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.ListenerSettings;
import io.dermaga.engine.settings.SettingRules;
import io.dermaga.engine.settings.SettingsException;
import io.dermaga.engine.spool.Spool;
import io.dermaga.engine.tls.TlsContext;
import io.dermaga.engine.tls.TlsThreads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/** All sockets of one adapter. Thread-safe. */
public final class Engine implements AutoCloseable {

    private final Instant startedAt = Instant.now();
    private final AtomicLong connectionNumber = new AtomicLong();
    private final String idPrefix = Long.toString(startedAt.getEpochSecond(), 36) + suffix() + "-";
    private final Map<String, Activation> activations = new ConcurrentHashMap<>();
    private final Shared shared;
    private final EngineMonitor monitor;
    private final EngineConnections connections;
    private final EngineReplays replays;
    private final EngineRecordings recordings;
    private final JmxTree jmx;

    /**
     * One without a transaction manager.
     *
     * @throws IllegalStateException DMG1006 if the transport is not available here
     */
    public Engine(AdapterSettings settings) {
        this(settings, () -> {});
    }

    /**
     * Starts event loops; opens no port.
     *
     * @param spoolBegins called, at most once, before the first payload out of the spool is
     *     delivered: transactions of an earlier run may have to be ended; must not block
     * @throws IllegalStateException DMG1006 if the transport is not available here
     */
    public Engine(AdapterSettings settings, Runnable spoolBegins) {
        Transport transport = Transport.open(settings.transport(), settings.ioThreads());
        Feed feed = new Feed(settings.recordCapacity().bytes());
        SpillStore spill =
                new SpillStore(settings.spillDirectory(), settings.spillCapacity().bytes());
        this.shared =
                new Shared(
                        transport,
                        feed,
                        new ByteBudget(settings.budget().bytes(), null),
                        spill,
                        new DeadLetterStore(
                                settings.dataDirectory().resolve("dead-letters"),
                                settings.deadLetterCapacity().bytes(),
                                text ->
                                        feed.warning(
                                                MonitorEvent.Kind.DEAD_LETTER, null, null, text)),
                        new Spool(settings.spool(), spill, feed, spoolBegins),
                        new TlsThreads(settings.ioThreads()),
                        new Recorder(
                                settings.dataDirectory().resolve("recordings"),
                                settings.recordingCapacity().bytes(),
                                "Dermaga " + Version.TEXT,
                                facts -> EngineRecordings.ended(feed, facts),
                                text ->
                                        feed.warning(
                                                MonitorEvent.Kind.RECORDING, null, null, text)),
                        settings.traces(),
                        () -> idPrefix + connectionNumber.incrementAndGet());
        this.replays = new EngineReplays(shared, this::listener);
        this.recordings = new EngineRecordings(this::listeners, shared);
        this.monitor = new EngineMonitor(this, shared, replays, recordings, startedAt);
        this.connections = new EngineConnections(this);
        this.jmx =
                new JmxTree(
                        monitor::snapshot,
                        () ->
                                listeners().stream()
                                        .map(listener -> listener.settings().name())
                                        .collect(Collectors.toSet()));
        jmx.open();
        feed.info(
                MonitorEvent.Kind.LISTENING,
                null,
                "DMG1000 Dermaga %s is started: transport %s, %d event loops, budget %s"
                        .formatted(
                                Version.TEXT,
                                transport.name(),
                                settings.ioThreads(),
                                settings.budget()));
    }

    /**
     * What settings need to know of framings and of TLS.
     *
     * @param classes of the application: finds the class of its own framing; null if it is not
     *     known yet, and neither classes nor files are looked at
     */
    public static SettingRules rules(@Nullable ClassLoader classes) {
        return new SettingRules(
                Catalog.rules(classes), classes == null ? null : TlsContext.rules());
    }

    /**
     * Makes an activation; its listeners open when {@link Activation#start()} is called.
     *
     * @param key stable and unique, the container's name of the activation
     * @throws SettingsException DMG1104 if a listener's name is taken by an activation that it
     *     cannot share it with, or by one that is being closed, DMG1111 if that has other settings
     *     for it, DMG1001 if its share of traces is none, DMG1008 if an option is not of this
     *     transport, DMG1110 if the spool cannot tell what a listener promises
     */
    public Activation activate(
            String key,
            ActivationSettings settings,
            BeanShape shape,
            WorkerPool pool,
            EndpointSource source) {
        synchronized (activations) {
            List<String> problems = new ArrayList<>();
            for (ListenerSettings wanted : settings.listeners()) {
                problems.addAll(shared.transport().problems(wanted));
                problems.addAll(shared.spool().problems(wanted));
                problems.addAll(shared.traces().problems(wanted.name()));
                for (Activation other : activations.values()) {
                    other.listener(wanted.name())
                            .flatMap(
                                    open ->
                                            Sharing.problem(
                                                    wanted, open, settings.group(), other.group()))
                            .ifPresent(problems::add);
                }
            }
            if (!problems.isEmpty()) {
                throw new SettingsException("activation '" + settings.name() + "'", problems);
            }
            if (activations.containsKey(key)) {
                problems.add("DMG1108 activation '" + key + "' is there already, allowed: once");
                throw new SettingsException("activation '" + settings.name() + "'", problems);
            }
            Activation activation =
                    new Activation(key, settings, shape, pool, source, shared, this::listener);
            activations.put(key, activation);
            jmx.update();
            return activation;
        }
    }

    /** Tells of an activation that was refused, each problem in a line of its own. */
    public void refused(SettingsException refusal) {
        for (String problem : refusal.problems()) {
            shared.feed()
                    .warning(
                            MonitorEvent.Kind.LISTENER_FAILED,
                            null,
                            null,
                            Escape.text(problem, 1000));
        }
    }

    /** Drains and closes an activation. Blocks for at most its drain timeout and some seconds. */
    public void deactivate(Activation activation) {
        try {
            List<Part> parts;
            synchronized (activations) { // so that none joins a listener that is being left
                parts = activation.leave();
            }
            activation.close(parts);
        } finally {
            activations.remove(activation.key(), activation);
            jmx.update();
        }
    }

    /** Runs a task later, on an event loop: it must not block. */
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        shared.transport().group().next().schedule(task, delay, unit);
    }

    /**
     * The spool, for the recovery of the transaction manager.
     *
     * @return empty if nothing was ever spooled
     */
    public Optional<XAResource> recovery() {
        return shared.spool().isUsed()
                ? Optional.of(shared.spool().recoveryResource())
                : Optional.empty();
    }

    /**
     * Whether deliveries wait for transactions to be ended that an earlier run has prepared.
     * Blocks.
     *
     * @throws XAException if the spool does not answer
     */
    public boolean isInDoubt() throws XAException {
        return shared.spool().isInDoubt();
    }

    public Monitor monitor() {
        return monitor;
    }

    public Connections connections() {
        return connections;
    }

    /** So that two adapters which start in one second give different ids. */
    private static String suffix() {
        return Long.toString(36 * 36 + ThreadLocalRandom.current().nextInt(35 * 36 * 36), 36);
    }

    List<Listener> listeners() {
        return activations.values().stream()
                .flatMap(activation -> activation.listeners().stream())
                .distinct() // beans of a group share theirs
                .toList();
    }

    private Optional<Listener> listener(String name) {
        return activations.values().stream()
                .flatMap(activation -> activation.listener(name).stream())
                .findFirst();
    }

    /** How long deliveries of a listener may go on when it is closed. */
    Duration drainTimeout(Listener listener) {
        return activations.values().stream()
                .filter(activation -> activation.listeners().contains(listener))
                .map(Activation::drainTimeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Closes every activation, then the event loops. Blocks until their threads are gone. */
    @Override
    public void close() {
        jmx.close();
        List.copyOf(activations.values()).forEach(this::deactivate);
        replays.close();
        recordings.close();
        monitor.close();
        shared.tlsThreads().close();
        shared.spool().close();
        shared.spillStore().close();
        shared.deadLetters().close();
        shared.transport().close();
    }
}
