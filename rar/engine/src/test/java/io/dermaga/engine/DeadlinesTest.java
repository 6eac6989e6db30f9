package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Idle timeout and frame timeout. */
class DeadlinesTest {

    private static final BeanShape PAYLOADS_AND_TIMEOUTS =
            new BeanShape(true, false, Set.of(SocketEvent.Kind.TIMEOUT, SocketEvent.Kind.CLOSE));

    /** More than an event loop ends at once. */
    private static final int MANY = 300;

    private static EngineUnderTest.Draft lines() {
        return EngineUnderTest.draft().set(Setting.FRAMING, "lines").shape(PAYLOADS_AND_TIMEOUTS);
    }

    @Test
    void a_connection_without_traffic_is_closed_orderly_and_the_bean_is_told() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.IDLE_TIMEOUT, "200ms").start();
                TestPeer peer = engine.connect()) {
            peer.send("one\n");
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(engine.bean().happened())
                    .containsExactly("payload one", "timeout IDLE", "close IDLE_TIMEOUT");
            assertThat(engine.events(MonitorEvent.Kind.TIMEOUT))
                    .singleElement()
                    .extracting(MonitorEvent::text)
                    .asString()
                    .startsWith("DMG2107 ")
                    .contains("nothing was read or written for idleTimeout=");
        }
    }

    @Test
    void a_payload_that_is_not_complete_in_time_is_reset_and_the_bean_is_told() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.FRAME_TIMEOUT, "200ms").start();
                TestPeer peer = engine.connect()) {
            peer.send("one\nincompl");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.settled().discardedBytes()).isEqualTo(7);
            assertThat(engine.bean().happened())
                    .containsExactly("payload one", "timeout FRAME", "close FRAME_TIMEOUT");
        }
    }

    @Test
    void all_payloads_that_are_overdue_at_once_are_reset() throws Exception {
        List<TestPeer> peers = new ArrayList<>();
        try (EngineUnderTest engine = lines().set(Setting.FRAME_TIMEOUT, "1s").start()) {
            for (int i = 0; i < MANY; i++) {
                TestPeer peer = engine.connect();
                peer.send("incompl");
                peers.add(peer);
            }
            for (TestPeer peer : peers) {
                assertThat(peer.untilEnd()).isEqualTo("RST");
            }
            assertThat(engine.settled().discarded()).isEqualTo(MANY);
        } finally {
            for (TestPeer peer : peers) {
                peer.close();
            }
        }
    }

    @Test
    void a_drip_of_bytes_does_not_extend_the_frame_timeout() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.FRAME_TIMEOUT, "300ms").start();
                TestPeer peer = engine.connect()) {
            await().pollInterval(Duration.ofMillis(30))
                    .until(
                            () -> {
                                try {
                                    peer.send("x");
                                } catch (IOException e) {
                                    return true;
                                }
                                return engine.counters().closed() == 1;
                            });
            engine.settled();
            assertThat(engine.bean().happened()).endsWith("timeout FRAME", "close FRAME_TIMEOUT");
        }
    }

    @Test
    void a_stream_that_never_pauses_between_frames_is_not_overdue() throws Exception {
        Duration limit = Duration.ofMillis(500);
        try (EngineUnderTest engine = lines().set(Setting.FRAME_TIMEOUT, "500ms").start();
                TestPeer peer = engine.connect()) {
            peer.send("begin");
            long begin = System.nanoTime();
            int rounds = 0;
            while (System.nanoTime() - begin < 3 * limit.toNanos()) {
                int before = rounds++;
                await().until(() -> engine.counters().delivered() == before);
                peer.send("end\nbegin");
            }
            peer.send("end\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().happened()).doesNotContain("timeout FRAME");
        }
    }

    @Test
    void time_while_this_side_holds_the_connection_is_not_the_fault_of_the_peer() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine =
                        lines().set(Setting.IDLE_TIMEOUT, "300ms")
                                .set(Setting.FRAME_TIMEOUT, "300ms")
                                .set(Setting.HIGH_WATERMARK, "4KiB")
                                .start();
                TestPeer peer = engine.connect();
                TestPeer clock = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                payload.connection().pause();
                                goOn.await();
                            });
            peer.send("x".repeat(5000) + "\nincompl");
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .anyMatch(one -> one.holds().size() == 2));
            // the other connection shows that both timeouts have passed, twice
            assertThat(clock.untilEnd()).isEqualTo("FIN");
            try (TestPeer again = engine.connect()) {
                assertThat(again.untilEnd()).isEqualTo("FIN");
            }
            assertThat(engine.bean().happened()).doesNotContain("timeout FRAME");
            engine.bean().onPayload(payload -> {});
            goOn.countDown();
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .anyMatch(one -> one.holds().size() == 1));
            engine.engine().connections().list(engine.name()).forEach(Connection::resume);
            peer.send("ete\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).endsWith("incomplete");
            assertThat(engine.bean().happened()).doesNotContain("timeout FRAME");
        }
    }

    @Test
    void a_bean_can_change_the_idle_timeout_of_its_connection() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.FRAME_TIMEOUT, "1s").start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(payload -> payload.connection().idleTimeout(Duration.ofMillis(150)));
            peer.send("one\n");
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(engine.bean().happened())
                    .endsWith("close " + CloseReason.IDLE_TIMEOUT.name());
        }
    }
}
