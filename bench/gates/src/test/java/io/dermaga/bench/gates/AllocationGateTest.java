package io.dermaga.bench.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import io.dermaga.api.Payload;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.engine.Activation;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Garbage of the engine: of its event loops and workers, the bean and the client left out. */
class AllocationGateTest {

    private static final int WARM_ROUNDS = 400;
    private static final int ROUNDS = 1000;
    private static final long MOST_BYTES = 150;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static AdapterSettings settings() {
        return AdapterSettings.read(
                List.of(
                        SettingSource.environment(
                                Map.of("dermaga_adapter_dataDirectory", "target/data"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payload", "batch"})
    void a_small_payload_costs_at_most_150_bytes_of_garbage(String kind) throws IOException {
        ExecutorService workers =
                Executors.newCachedThreadPool(task -> new Thread(task, "gate-worker"));
        AtomicLong taken = new AtomicLong();
        BeanShape shape = kind.equals("batch") ? BeanShape.ofBatches() : BeanShape.ofPayloads();
        try (Engine engine = new Engine(settings())) {
            Activation activation = listening(engine, shape, workers, taken);
            try (Pipeline pipeline = new Pipeline(activation.listeners().get(0).port(), 1)) {
                sendAndAwait(pipeline, WARM_ROUNDS, taken);
                long before = allocated();
                sendAndAwait(pipeline, ROUNDS, taken);
                long each = (allocated() - before) / ((long) ROUNDS * Pipeline.FRAMES);
                System.out.println(kind + ": " + each + " bytes of garbage for each payload");
                assertThat(each).isBetween(1L, MOST_BYTES);
            }
        } finally {
            workers.shutdown();
        }
    }

    private static Activation listening(
            Engine engine, BeanShape shape, ExecutorService workers, AtomicLong taken) {
        Map<Setting, String> given =
                Map.of(
                        Setting.PORT, "0",
                        Setting.HOST, "127.0.0.1",
                        Setting.FRAMING, "length(4)");
        Activation activation =
                engine.activate(
                        "gate",
                        SettingsReader.read(
                                given,
                                "gate",
                                List.of(),
                                Engine.rules(AllocationGateTest.class.getClassLoader())),
                        shape,
                        workers::execute,
                        () -> new Counting(taken));
        activation.start();
        await().atMost(PATIENCE)
                .until(() -> activation.listeners().get(0).state() == ListenerState.LISTENING);
        return activation;
    }

    private static void sendAndAwait(Pipeline pipeline, int rounds, AtomicLong taken)
            throws IOException {
        long wanted = taken.get() + (long) rounds * Pipeline.FRAMES;
        for (int i = 0; i < rounds; i++) {
            pipeline.send();
        }
        await().atMost(PATIENCE).until(() -> taken.get() == wanted);
    }

    /** Bytes that event loops and workers have allocated since they began. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids =
                Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                        .filter(info -> info != null)
                        .filter(
                                info ->
                                        info.getThreadName().startsWith("dermaga-")
                                                || info.getThreadName().equals("gate-worker"))
                        .mapToLong(info -> info.getThreadId())
                        .toArray();
        return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
    }

    /** Looks at every payload and keeps nothing. */
    private record Counting(AtomicLong taken) implements Endpoint {

        @Override
        public Outcome deliver(Payload payload) {
            taken.addAndGet(payload.size() == Pipeline.SIZE ? 1 : 0);
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome deliver(List<Payload> payloads) {
            for (Payload payload : payloads) {
                deliver(payload);
            }
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            return Outcome.SUCCESS;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }
}
