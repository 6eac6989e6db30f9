package io.dermaga.engine;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.FramingTrials;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MemorySnapshot;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.Rates;
import io.dermaga.api.monitor.RecordedMessage;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.api.monitor.SendRequest;
import io.dermaga.api.monitor.SendResult;
import io.dermaga.api.monitor.SpoolSnapshot;
import io.dermaga.api.monitor.StreamRead;
import io.dermaga.api.monitor.WriteRequest;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.listen.Shared;
import io.dermaga.engine.listen.Snapshots;
import io.dermaga.engine.monitor.Escape;
import io.dermaga.engine.monitor.KernelQueues;
import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.RateSettings;
import io.dermaga.engine.spool.SpoolState;
import io.dermaga.engine.trial.SampleTrials;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the engine tells of itself. */
final class EngineMonitor implements Monitor {

    private static final long QUEUES_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Engine engine;
    private final Shared shared;
    private final EngineReplays replays;
    private final Recordings recordings;
    private final Instant startedAt;
    private final SampleTrials trials;
    private final EngineSending sending;
    private volatile boolean closed;
    private @Nullable KernelQueues queues;
    private long queuesNanos;

    EngineMonitor(
            Engine engine,
            Shared shared,
            EngineReplays replays,
            Recordings recordings,
            Instant startedAt) {
        this.engine = engine;
        this.shared = shared;
        this.replays = replays;
        this.recordings = recordings;
        this.startedAt = startedAt;
        this.trials = new SampleTrials(shared.spillStore());
        this.sending = new EngineSending(shared);
    }

    void close() {
        closed = true;
    }

    private EngineDeadLetters deadLetters() {
        return new EngineDeadLetters(running().deadLetters(), shared.feed());
    }

    private Shared running() {
        if (closed) {
            throw new IllegalStateException("DMG1004 the adapter is stopped");
        }
        return shared;
    }

    /** One reading serves all who ask within half a second. */
    private synchronized KernelQueues queues() {
        KernelQueues known = queues;
        long now = System.nanoTime();
        if (known == null || now - queuesNanos > QUEUES_NANOS) {
            known = KernelQueues.read();
            queues = known;
            queuesNanos = now;
        }
        return known;
    }

    @Override
    public AdapterSnapshot snapshot() {
        Shared now = running();
        now.feed().catchUp();
        KernelQueues queues = queues();
        List<ListenerSnapshot> listeners =
                engine.listeners().stream()
                        .map(listener -> Snapshots.of(listener, queues))
                        .sorted(Comparator.comparing(ListenerSnapshot::name))
                        .toList();
        return new AdapterSnapshot(
                Instant.now(),
                startedAt,
                Version.TEXT,
                now.transport().name(),
                new MemorySnapshot(
                        now.budget().used(),
                        now.budget().limit(),
                        now.transport().directUsed(),
                        now.transport().heapUsed() + now.feed().recordBytes(),
                        now.spillStore().used(),
                        now.spillStore().capacity()),
                spool(now.spool().state()),
                now.deadLetters().count(DeadLetterFilter.ALL),
                now.feed().warnings(),
                listeners);
    }

    private static SpoolSnapshot spool(SpoolState now) {
        return switch (now.kind()) {
            case IDLE -> new SpoolSnapshot(SpoolSnapshot.State.IDLE, null);
            case OK -> new SpoolSnapshot(SpoolSnapshot.State.OK, null);
            case WAITING -> new SpoolSnapshot(SpoolSnapshot.State.WAITING, now.reason());
            case CLOSED -> new SpoolSnapshot(SpoolSnapshot.State.CLOSED, null);
        };
    }

    @Override
    public List<ConnectionSnapshot> connections() {
        running();
        KernelQueues queues = queues();
        return engine.listeners().stream()
                .flatMap(listener -> Snapshots.connections(listener, queues))
                .toList();
    }

    @Override
    public Optional<ConnectionSnapshot> connection(String id) {
        return connections().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    @Override
    public long lastMessage() {
        return running().feed().lastMessage();
    }

    @Override
    public List<RecordedMessage> recorded(long after, int max) {
        return running().feed().recorded(after, max);
    }

    @Override
    public List<MessageRecord> messages(long after, int max) {
        return running().feed().messages(after, max);
    }

    @Override
    public Optional<MessageRecord> message(String id) {
        return running().feed().message(id);
    }

    @Override
    public List<StreamRead> reads(String id) {
        return running().feed().reads(id);
    }

    @Override
    public Optional<MessageContent> content(String id) {
        return running().feed().content(id);
    }

    @Override
    public long lastEvent() {
        return running().feed().lastEvent();
    }

    @Override
    public List<MonitorEvent> events(long after, int max) {
        return running().feed().events(after, max);
    }

    @Override
    public boolean closeConnection(String id, String actor) {
        running();
        for (Listener listener : engine.listeners()) {
            if (listener.operations().closeConnection(id, actor)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean pauseConnection(String id, String actor) {
        running();
        return engine.listeners().stream()
                .anyMatch(listener -> listener.operations().pauseConnection(id, actor));
    }

    @Override
    public boolean resumeConnection(String id, String actor) {
        running();
        return engine.listeners().stream()
                .anyMatch(listener -> listener.operations().resumeConnection(id, actor));
    }

    @Override
    public OptionalInt write(WriteRequest request, String actor) {
        running();
        return engine.listeners().stream()
                .map(listener -> listener.operations().write(request, actor))
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    @Override
    public boolean pauseListener(String listener, String actor) {
        return listener(listener).operations().pause(actor);
    }

    @Override
    public boolean resumeListener(String listener, String actor) {
        return listener(listener).operations().resume(actor);
    }

    @Override
    public boolean stopListener(String listener, String actor) {
        Listener found = listener(listener);
        return found.operations().stop(actor, engine.drainTimeout(found));
    }

    @Override
    public boolean startListener(String listener, String actor) {
        return listener(listener).operations().start(actor);
    }

    @Override
    public @Nullable String reloadCertificates(String listener, String actor) {
        return listener(listener).operations().reloadCertificates(actor);
    }

    @Override
    public void changeAccess(String listener, String allow, String deny, String actor) {
        listener(listener)
                .operations()
                .changeAccess(Ranges.parse("allow", allow), Ranges.parse("deny", deny), actor);
    }

    @Override
    public void changeRates(String listener, Rates rates, String actor) {
        Listener changed = listener(listener);
        changed.operations()
                .changeRates(
                        new RateSettings(
                                rate("readRate", rates.read()),
                                rate("connectionReadRate", rates.readEach()),
                                rate("writeRate", rates.write()),
                                rate("connectionWriteRate", rates.writeEach())),
                        actor);
    }

    private static @Nullable DataSize rate(String what, long bytesPerSecond) {
        if (bytesPerSecond != 0 && bytesPerSecond < RateSettings.LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "DMG1001 '%s': given %d, allowed: 0 (no limit) or %d and more bytes in a second"
                            .formatted(what, bytesPerSecond, RateSettings.LEAST_BYTES));
        }
        return bytesPerSecond == 0 ? null : new DataSize(bytesPerSecond);
    }

    @Override
    public List<DeadLetter> deadLetters(
            DeadLetterFilter filter, @Nullable String afterId, int max) {
        return running().deadLetters().page(filter, afterId, max);
    }

    @Override
    public long deadLetterCount(DeadLetterFilter filter) {
        return running().deadLetters().count(filter);
    }

    @Override
    public List<DeadLetterGroup> deadLetterGroups(DeadLetterFilter filter) {
        return running().deadLetters().groups(filter);
    }

    @Override
    public Optional<DeadLetter> deadLetter(String id) {
        return deadLetters().find(id);
    }

    @Override
    public Optional<InputStream> deadLetterContent(String id) {
        return deadLetters().content(id);
    }

    @Override
    public Optional<InputStream> deadLetterOriginal(String id) {
        return deadLetters().original(id);
    }

    @Override
    public boolean editDeadLetter(String id, byte[] content, String actor) {
        return deadLetters().edit(id, content, actor);
    }

    @Override
    public boolean deleteDeadLetter(String id, String actor) {
        return deadLetters().delete(id, actor);
    }

    private Listener listener(String name) {
        running();
        return engine.listeners().stream()
                .filter(listener -> listener.settings().name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "DMG1007 there is no listener '"
                                                + Escape.text(name)
                                                + "'"));
    }

    @Override
    public DeadLetterReplay replayDeadLetters(DeadLetterFilter filter, String actor) {
        running();
        return replays.replay(filter, actor);
    }

    @Override
    public DeadLetterReplay replayDeadLetters(List<String> ids, String actor) {
        running();
        return replays.replay(ids, actor);
    }

    @Override
    public List<DeadLetterReplay> deadLetterReplays() {
        running();
        return replays.known();
    }

    @Override
    public boolean cancelDeadLetterReplay(String id, String actor) {
        running();
        return replays.cancel(id, actor);
    }

    @Override
    public FramingTrials tryFramings(byte[] sample) {
        running();
        return trials.run(sample);
    }

    @Override
    public SendResult send(SendRequest request, String actor) {
        return sending.send(listener(request.listener()), request, actor);
    }

    @Override
    public Recordings recordings() {
        running();
        return recordings;
    }
}
