package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every payload exactly once, in order per connection, whatever the bean and the container do. */
class OrderTest {

    private static final int CONNECTIONS = 200;
    private static final int PAYLOADS = 50;

    @Test
    void payloads_sent_in_one_write_are_delivered_one_by_one_in_order() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            List<String> lines = numbers(1000);
            peer.send(String.join("\n", lines) + "\nincomplete").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).isEqualTo(lines);
            Counters counters = engine.settled();
            assertThat(counters.delivered()).isEqualTo(1000);
            assertThat(counters.envelopeBytes()).isEqualTo(1000);
            assertThat(counters.discarded()).isEqualTo(1);
            assertThat(counters.discardedBytes()).isEqualTo("incomplete".length());
        }
    }

    @Test
    void two_hundred_connections_with_random_splits_are_delivered_exactly_once_in_order()
            throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft().ownEngine().set(Setting.FRAMING, "lines").start()) {
            exchange(engine);
            assertThat(engine.settled().failed()).isZero();
            assertThat(engine.bean().endpointsCreated()).isLessThanOrEqualTo(17);
        }
    }

    @Test
    void a_pool_of_five_beans_and_refused_workers_lose_nothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.FRAMING, "lines")
                        .pool(
                                worker -> {
                                    if (asked.incrementAndGet() % 3 == 0) {
                                        throw new WorkRefusedException("no thread is free");
                                    }
                                    EngineUnderTest.work(worker);
                                });
        draft.bean().instances(5);
        try (EngineUnderTest engine = draft.start()) {
            exchange(engine);
            engine.settled();
            assertThat(engine.bean().endpointsCreated()).isLessThanOrEqualTo(5);
            await().until(() -> engine.listener().backPressure() == null);
            await().until(() -> engine.listener().workers() == 0);
        }
    }

    @Test
    void a_bean_that_fails_on_one_payload_in_a_hundred_leaves_the_others_untouched()
            throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.MAX_DELIVERIES, 1)
                        .start()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().endsWith("7-33")
                                        || payload.text().endsWith("42")) {
                                    throw new IllegalArgumentException("not this one");
                                }
                            });
            exchange(engine);
            Counters counters = engine.settled();
            assertThat(counters.failed()).isEqualTo(CONNECTIONS + CONNECTIONS / 10);
            assertThat(counters.delivered() + counters.failed()).isEqualTo(CONNECTIONS * PAYLOADS);
            assertThat(
                            engine.messages().stream()
                                    .filter(one -> one.outcome() == MessageRecord.Outcome.FAILED))
                    .hasSize((int) counters.failed())
                    .allMatch(
                            one ->
                                    one.error() != null
                                            && one.error().startsWith("DMG3001 ")
                                            && one.error()
                                                    .contains("not this one; delivery 1 of 1"));
            assertThat(engine.events(MonitorEvent.Kind.DELIVERY_FAILED))
                    .hasSize((int) counters.failed());
        }
    }

    @Test
    void batches_keep_the_order_and_are_no_larger_than_max_batch() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.MAX_BATCH, 7)
                                .shape(BeanShape.ofBatches())
                                .start();
                TestPeer peer = engine.connect()) {
            List<String> lines = numbers(500);
            peer.send(String.join("\r\n", lines) + "\r\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).isEqualTo(lines);
            assertThat(engine.bean().batches())
                    .allMatch(size -> size >= 1 && size <= 7)
                    .contains(7);
            assertThat(engine.messages()).hasSize(500);
            assertThat(engine.settled().envelopeBytes()).isEqualTo(1000);
        }
    }

    @Test
    void a_batch_that_is_delivered_once_fails_as_a_whole() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.MAX_DELIVERIES, 1)
                                .shape(BeanShape.ofBatches())
                                .start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("b")) {
                                    throw new IllegalStateException("b");
                                }
                            });
            peer.send("a\nb\nc\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().failed()).isEqualTo(3);
            assertThat(engine.messages())
                    .extracting(MessageRecord::error)
                    .allMatch(
                            error ->
                                    error != null
                                            && error.endsWith(
                                                    "b; delivery 1 of 1, kept as a dead letter"));
        }
    }

    /** 200 × 50 payloads at random splits, then compares what the bean has seen. */
    private static void exchange(EngineUnderTest engine) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int number = i;
                all.add(clients.submit(() -> talk(engine, number)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            clients.shutdown();
        }
        assertThat(engine.bean().happened()).doesNotContain("MISUSED");
        assertThat(engine.bean().texts()).hasSize(CONNECTIONS * PAYLOADS);
        assertThat(engine.bean().byConnection()).hasSize(CONNECTIONS);
        assertThat(engine.bean().byConnection().values())
                .allSatisfy(
                        texts ->
                                assertThat(texts)
                                        .isEqualTo(
                                                lines(
                                                        Integer.parseInt(
                                                                texts.get(0).split("-", -1)[0]))))
                .extracting(texts -> texts.get(0))
                .doesNotHaveDuplicates();
    }

    private static Void talk(EngineUnderTest engine, int number) throws Exception {
        Random random = new Random(number);
        byte[] stream =
                (String.join("\n", lines(number)) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (TestPeer peer = engine.connect()) {
            int at = 0;
            while (at < stream.length) {
                int end = Math.min(stream.length, at + random.nextInt(1, 60));
                peer.send(Arrays.copyOfRange(stream, at, end));
                at = end;
            }
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
        }
        return null;
    }

    private static List<String> lines(int connection) {
        return numbers(PAYLOADS).stream().map(one -> connection + "-" + one).toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
