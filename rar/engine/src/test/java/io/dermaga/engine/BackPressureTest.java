package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.EndpointUnavailableException;
import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a slow bean, a full container or a used-up budget does to peers: they wait. */
class BackPressureTest {

    @Test
    void refused_workers_are_visible_while_they_last_and_lose_nothing() throws Exception {
        AtomicBoolean refuse = new AtomicBoolean();
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .pool(
                                        worker -> {
                                            if (refuse.get()) {
                                                throw new WorkRefusedException("queue is full");
                                            }
                                            EngineUnderTest.work(worker);
                                        })
                                .start();
                TestPeer peer = engine.connect()) {
            refuse.set(true);
            peer.send("one\ntwo\n");
            await().until(() -> engine.listener().backPressure() != null);
            assertThat(engine.listener().backPressure())
                    .isEqualTo("DMG3101 the container refuses a worker: queue is full");
            await().until(() -> engine.listener().stages().lanePayloads() == 2);
            assertThat(engine.listener().stages().laneBytes()).isEqualTo(6);
            assertThat(engine.bean().texts()).isEmpty();
            refuse.set(false);
            await().until(() -> engine.bean().texts().size() == 2);
            await().until(() -> engine.listener().backPressure() == null);
            assertThat(engine.bean().texts()).containsExactly("one", "two");
        }
    }

    @Test
    void an_exhausted_bean_pool_is_visible_while_it_lasts_and_loses_nothing() throws Exception {
        AtomicBoolean exhausted = new AtomicBoolean();
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.FRAMING, "lines");
        RecordingBean bean = draft.bean();
        CountDownLatch goOn = new CountDownLatch(1);
        bean.onPayload(payload -> goOn.await());
        draft.source(
                () -> {
                    if (exhausted.get()) {
                        throw new EndpointUnavailableException("pool is exhausted");
                    }
                    return bean.create();
                });
        try (EngineUnderTest engine = draft.start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            first.send("first\n");
            await().until(() -> bean.texts().size() == 1);
            exhausted.set(true);
            second.send("second\n");
            await().until(() -> engine.listener().backPressure() != null);
            assertThat(engine.listener().backPressure())
                    .isEqualTo(
                            "DMG3102 the container has no bean instance free: pool is exhausted");
            assertThat(
                            engine.monitor().events(0, Integer.MAX_VALUE).stream()
                                    .filter(one -> one.kind() == MonitorEvent.Kind.BACK_PRESSURE)
                                    .filter(one -> one.text().contains("'" + engine.name() + "'")))
                    .hasSize(1);
            goOn.countDown();
            await().until(() -> bean.texts().size() == 2);
            await().until(() -> engine.listener().backPressure() == null);
        }
    }

    @Test
    void a_slow_bean_stops_the_reading_of_its_connection_and_the_peer_blocks() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .ownEngine()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.HIGH_WATERMARK, "64KiB")
                                .start();
                TestPeer peer = engine.connect();
                TestPeer other = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.size() > 10) {
                                    goOn.await();
                                }
                            });
            byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
            AtomicLong sent = new AtomicLong();
            int lines = 32 * 1024;
            Future<?> sender = sendAll(peer, line, lines, sent);
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .anyMatch(one -> one.holds().contains(Hold.LANE)));
            // the kernel's buffers fill: nothing is read, and at last nothing is sent any more
            long[] before = {-1};
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> before[0] == (before[0] = sent.get()));
            assertThat(sent.get()).isLessThan((long) lines * line.length);
            assertThat(engine.listener().budgetUsed()).isLessThan(1024 * 1024);
            assertThat(engine.counters().bytesRead()).isLessThan(1024 * 1024);
            other.send("fast\n");
            await().until(() -> engine.bean().texts().contains("fast"));
            goOn.countDown();
            sender.get();
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.counters().delivered()).isEqualTo(lines + 1);
        }
    }

    private static Future<?> sendAll(TestPeer peer, byte[] part, int times, AtomicLong sent) {
        FutureTask<?> sender =
                new FutureTask<>(
                        () -> {
                            for (int i = 0; i < times; i++) {
                                peer.send(part);
                                sent.addAndGet(part.length);
                            }
                            return null;
                        });
        EngineUnderTest.work(sender);
        return sender;
    }

    @Test
    void an_exhausted_budget_holds_connections_until_there_is_room() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.BUDGET, "1MiB")
                        .set(Setting.CONCURRENCY, 2)
                        .start()) {
            engine.bean().onPayload(payload -> goOn.await());
            TestPeer[] peers = new TestPeer[8];
            Future<?>[] senders = new Future<?>[peers.length];
            byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < peers.length; i++) {
                peers[i] = engine.connect();
                senders[i] = sendAll(peers[i], line, 512, new AtomicLong());
            }
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .anyMatch(one -> one.holds().contains(Hold.BUDGET)));
            // the bound may be exceeded by one read of each connection
            assertThat(engine.listener().budgetUsed())
                    .isBetween(768L * 1024, 1024L * 1024 + peers.length * 2L * 64 * 1024);
            goOn.countDown();
            for (int i = 0; i < peers.length; i++) {
                senders[i].get();
                assertThat(peers[i].end().untilEnd()).isEqualTo("FIN");
                peers[i].close();
            }
            assertThat(engine.settled().delivered()).isEqualTo(8 * 512);
            assertThat(engine.listener().budgetUsed()).isZero();
        }
    }

    @Test
    void who_holds_nothing_is_read_while_others_have_used_the_budget_up() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .ownEngine()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.BUDGET, "1MiB")
                                .start();
                TestPeer greedy = engine.connect();
                TestPeer modest = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.size() > 10) {
                                    goOn.await();
                                }
                            });
            byte[] line = ("x".repeat(1023) + "\n").getBytes(StandardCharsets.US_ASCII);
            Future<?> sender = sendAll(greedy, line, 4096, new AtomicLong());
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .anyMatch(one -> one.holds().contains(Hold.BUDGET)));
            for (int i = 0; i < 20; i++) {
                String text = "line " + i;
                modest.send(text + "\n");
                await().until(() -> engine.bean().texts().contains(text));
            }
            goOn.countDown();
            sender.get();
            await().until(() -> engine.counters().delivered() == 4096 + 20);
        }
    }

    @Test
    void a_bean_that_pauses_its_connection_reads_on_when_it_resumes() throws IOException {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> payload.connection().pause());
            peer.send("one\n");
            await().until(() -> engine.connection().holds().contains(Hold.BEAN));
            peer.send("two\n");
            await().until(() -> engine.connection().kernelBytes() != 0);
            assertThat(engine.bean().texts()).containsExactly("one");
            engine.engine().connections().list(engine.name()).forEach(one -> one.resume());
            await().until(() -> engine.bean().texts().size() == 2);
        }
    }
}
