package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Connection;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When workers are woken and let go, and when what they do reaches the socket. */
class WorkersTest {

    private static final int BLOCK_BYTES = 60_000;

    @ParameterizedTest
    @ValueSource(strings = {"alone\n", "first\nsecond\nthird\n"})
    void an_answer_reaches_the_peer_while_the_call_goes_on(String burst) throws Exception {
        inALongCall(
                burst,
                connection -> connection.write("!", StandardCharsets.US_ASCII),
                (engine, peer) -> {
                    assertThat(peer.receive(1)).isEqualTo("!");
                    assertThat(engine.listener().stages().inBeanPayloads()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"alone\n", "first\nsecond\nthird\n"})
    void a_pause_of_a_bean_holds_while_its_call_goes_on(String burst) throws Exception {
        inALongCall(
                burst,
                Connection::pause,
                (engine, peer) ->
                        await().until(() -> engine.connection().holds().contains(Hold.BEAN)));
    }

    /** What is to be seen while the call of a bean has not ended. */
    private interface Seen {
        void in(EngineUnderTest engine, TestPeer peer) throws Exception;
    }

    private static void inALongCall(String burst, Consumer<Connection> verb, Seen seen)
            throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                verb.accept(payload.connection());
                                goOn.await();
                            });
            peer.send(burst);
            seen.in(engine, peer);
            goOn.countDown();
        }
    }

    @Test
    void answers_that_the_kernel_does_not_take_whole_keep_their_order() throws Exception {
        int blocks = 150;
        AtomicInteger number = new AtomicInteger();
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = new TestPeer(engine.port(), 4096)) {
            engine.bean().onPayload(payload -> write(payload.connection(), number));
            for (int i = 1; i <= blocks; i++) {
                long delivered = i;
                peer.send("next\n"); // one at a time: each may be written directly
                await().until(() -> engine.counters().delivered() == delivered);
                if (i % 3 == 0) { // from outside, behind what the bean has written
                    write(engine.engine().connections().list(engine.name()).get(0), number);
                }
            }
            for (int i = 0; i < number.get(); i++) {
                byte[] block = peer.in().readNBytes(BLOCK_BYTES);
                for (byte one : block) {
                    if (one != (byte) i) {
                        assertThat(one).as("block " + i).isEqualTo((byte) i);
                    }
                }
            }
        }
    }

    private static void write(Connection connection, AtomicInteger number) {
        byte[] block = new byte[BLOCK_BYTES];
        Arrays.fill(block, (byte) number.getAndIncrement());
        connection.write(block);
    }

    @Test
    void lanes_that_wait_behind_long_calls_get_workers_up_to_concurrency() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        List<TestPeer> peers = new ArrayList<>();
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.CONCURRENCY, 6)
                        .start()) {
            engine.bean().onPayload(payload -> goOn.await());
            for (int i = 0; i < 20; i++) {
                peers.add(engine.connect().send("wait\n"));
            }
            await().until(() -> engine.listener().stages().inBeanPayloads() == 6);
            assertThat(engine.listener().workers()).isEqualTo(6);
            goOn.countDown();
            await().until(() -> engine.counters().delivered() == 20);
        } finally {
            for (TestPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void a_worker_that_nothing_waits_for_gives_its_thread_back() throws Exception {
        AtomicInteger threads = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .pool(
                                        task -> {
                                            asked.incrementAndGet();
                                            threads.incrementAndGet();
                                            EngineUnderTest.work(
                                                    () -> {
                                                        task.run();
                                                        threads.decrementAndGet();
                                                    });
                                        })
                                .start();
                TestPeer peer = engine.connect()) {
            for (int i = 1; i <= 100; i++) {
                long delivered = i;
                peer.send("one\n");
                await().until(() -> engine.counters().delivered() == delivered);
            }
            await().until(() -> threads.get() == 0);
            assertThat(engine.listener().workers()).isZero();
            assertThat(asked).hasValueLessThan(100);
            peer.send("again\n");
            await().until(() -> engine.counters().delivered() == 101);
        }
    }
}
