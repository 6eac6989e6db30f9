package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.AdapterSnapshot;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.Monitor;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.EndpointSource;
import io.dermaga.engine.lane.WorkerPool;
import io.dermaga.engine.settings.ActivationSettings;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * One activation of a running engine on a free port, with a recording bean. Unless the adapter has
 * settings of its own the engine is the one that all tests of the process share. Closing it proves
 * that no memory is held.
 */
final class EngineUnderTest implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final ExecutorService WORKERS =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "test-worker");
                        thread.setDaemon(true);
                        return thread;
                    });
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.ignoreExceptionsByDefault();
    }

    private static final class SharedEngine {
        static final Engine INSTANCE = engine(Map.of());
    }

    private final String name;
    private final Engine engine;
    private final boolean ownEngine;
    private final Activation activation;
    private final RecordingBean bean;
    private boolean closed;

    private EngineUnderTest(Draft draft) {
        this.name = draft.name;
        this.bean = draft.bean;
        this.ownEngine = !draft.adapter.isEmpty();
        Engine other = draft.engine;
        this.engine =
                ownEngine ? engine(draft.adapter) : other == null ? SharedEngine.INSTANCE : other;
        ActivationSettings settings =
                SettingsReader.read(
                        draft.settings,
                        name,
                        List.of(),
                        Engine.rules(EngineUnderTest.class.getClassLoader()));
        this.activation =
                engine.activate(
                        draft.key,
                        settings,
                        draft.shape,
                        draft.pool,
                        draft.source == null ? bean : draft.source);
        activation.start();
    }

    /** With a data directory of its own, unless one is given. */
    private static Engine engine(Map<String, String> adapter) {
        Map<String, String> all = new HashMap<>(adapter);
        all.computeIfAbsent("dermaga_adapter_dataDirectory", key -> newDirectory());
        return new Engine(AdapterSettings.read(List.of(SettingSource.environment(all))));
    }

    private static String newDirectory() {
        try {
            return Files.createTempDirectory(
                            Files.createDirectories(Path.of("target/data")), "engine")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A thread that is always there. */
    static void work(Runnable task) {
        WORKERS.execute(task);
    }

    static Draft draft() {
        return new Draft();
    }

    /** An engine with the given framing and defaults. */
    static EngineUnderTest framing(String framing) throws IOException {
        return draft().set(Setting.FRAMING, framing).start();
    }

    /** One for lines, on the given transport. */
    static EngineUnderTest linesOn(String transport) throws IOException {
        return draft().adapter("transport", transport).set(Setting.FRAMING, "lines").start();
    }

    /** What is to be started. */
    static final class Draft {

        private String name = "test-" + NUMBER.incrementAndGet();
        private final String key = "key of " + name;
        private @Nullable Engine engine;
        private final Map<Setting, String> settings = new EnumMap<>(Setting.class);
        private final Map<String, String> adapter = new HashMap<>();
        private final RecordingBean bean = new RecordingBean();
        private BeanShape shape = BeanShape.ofPayloads();
        private WorkerPool pool = EngineUnderTest::work;
        private @Nullable EndpointSource source;

        private Draft() {
            settings.put(Setting.PORT, "0");
            settings.put(Setting.HOST, "127.0.0.1");
        }

        String name() {
            return name;
        }

        RecordingBean bean() {
            return bean;
        }

        Draft set(Setting setting, Object value) {
            settings.put(setting, value.toString());
            return this;
        }

        /** A setting of the adapter: gives the test an engine of its own. */
        Draft adapter(String property, Object value) {
            adapter.put("dermaga_adapter_" + property, value.toString());
            return this;
        }

        /** This share of its payloads is traced: gives the test an engine of its own. */
        Draft traced(Object share) {
            return traced(name, share);
        }

        /** The same of another listener. */
        Draft traced(String listener, Object share) {
            adapter.put("dermaga_trace_endpoint", "http://127.0.0.1:4318/v1/traces");
            adapter.put("dermaga_trace_sample_" + listener.replace('-', '_'), share.toString());
            return this;
        }

        /** Another activation in the engine of one that is started, and of its name. */
        Draft beside(EngineUnderTest started) {
            engine = started.engine;
            name = started.name;
            return this;
        }

        /** Another listener in the engine of one that is started. */
        Draft in(EngineUnderTest started) {
            engine = started.engine;
            return this;
        }

        Draft ownEngine() {
            return adapter("ioThreads", 2);
        }

        Draft shape(BeanShape next) {
            shape = next;
            return this;
        }

        Draft pool(WorkerPool next) {
            pool = next;
            return this;
        }

        Draft source(EndpointSource next) {
            source = next;
            return this;
        }

        EngineUnderTest begin() {
            return new EngineUnderTest(this);
        }

        EngineUnderTest start() {
            EngineUnderTest started = begin();
            var listener = started.activation.listeners().get(0);
            await().until(() -> listener.state() == ListenerState.LISTENING);
            await().until(() -> listener.activation().contains(key)); // one of a group comes later
            return started;
        }
    }

    Engine engine() {
        return engine;
    }

    Monitor monitor() {
        return engine.monitor();
    }

    Activation activation() {
        return activation;
    }

    RecordingBean bean() {
        return bean;
    }

    String name() {
        return name;
    }

    int port() {
        return activation.listeners().get(0).port();
    }

    TestPeer connect() throws IOException {
        return new TestPeer(port());
    }

    AdapterSnapshot snapshot() {
        return monitor().snapshot();
    }

    ListenerSnapshot listener() {
        return listener(name);
    }

    ListenerSnapshot listener(String which) {
        return snapshot().listeners().stream()
                .filter(one -> one.name().equals(which))
                .findFirst()
                .orElseThrow();
    }

    /** Without a snapshot, which reads the kernel's tables. */
    Counters counters() {
        return activation.listeners().get(0).counters().snapshot();
    }

    List<ConnectionSnapshot> connections() {
        return monitor().connections().stream().filter(one -> one.listener().equals(name)).toList();
    }

    /** The only connection. */
    ConnectionSnapshot connection() {
        List<ConnectionSnapshot> open = connections();
        if (open.size() != 1) {
            throw new IllegalStateException(open.size() + " connections are open");
        }
        return open.get(0);
    }

    /** Waits for an event of the kind; gives the first one. */
    MonitorEvent event(MonitorEvent.Kind kind) {
        Awaitility.await().until(() -> !events(kind).isEmpty());
        return events(kind).get(0);
    }

    List<MonitorEvent> events(MonitorEvent.Kind kind) {
        return monitor().events(0, Integer.MAX_VALUE).stream()
                .filter(one -> one.kind() == kind && name.equals(one.listener()))
                .toList();
    }

    List<MessageRecord> messages() {
        return monitor().messages(0, Integer.MAX_VALUE).stream()
                .filter(one -> one.listener().equals(name))
                .toList();
    }

    /** Waits until every connection is gone and proves that every byte was accounted for. */
    Counters settled() {
        await().until(() -> activation.listeners().get(0).isEmpty());
        Counters counters = counters();
        assertThat(
                        counters.envelopeBytes()
                                + counters.deliveredBytes()
                                + counters.failedBytes()
                                + counters.discardedBytes())
                .as("every byte in exactly one of: %s", counters)
                .isEqualTo(counters.bytesRead());
        return counters;
    }

    /** Undeploys the bean; an engine of its own goes on, for others. */
    void end() {
        engine.deactivate(activation);
        assertThat(bean.endpointsHeld()).as("endpoints not given back").isZero();
    }

    void endEngine() {
        engine.close();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        engine.deactivate(activation);
        var others = engine.listeners(); // of the group, and they go on
        var budgets =
                activation.listeners().stream()
                        .filter(one -> !others.contains(one))
                        .map(one -> one.budget())
                        .toList();
        if (ownEngine) {
            // given back by the thread that writes, after what it was told before
            await("disk after close").until(() -> snapshot().memory().spillUsed() == 0);
            assertThat(snapshot().memory().budgetUsed()).as("budget after close").isZero();
            engine.close();
        }
        assertThat(budgets).as("budgets after close").allMatch(one -> one.used() == 0);
        assertThat(bean.endpointsHeld()).as("endpoints not given back").isZero();
    }
}
