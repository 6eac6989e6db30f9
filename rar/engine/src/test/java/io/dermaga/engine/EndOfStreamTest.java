package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Connection;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.engine.settings.Setting;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** One connection, one payload: the Node program. */
class EndOfStreamTest {

    @Test
    void a_payload_is_delivered_whole_after_the_half_close_and_answered_by_an_orderly_end()
            throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("eof");
                TestPeer peer = engine.connect()) {
            peer.send("hel").send("lo").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("hello");
            Counters counters = engine.settled();
            assertThat(counters.delivered()).isEqualTo(1);
            assertThat(counters.deliveredBytes()).isEqualTo(5);
            assertThat(counters.envelopeBytes()).isZero();
            assertThat(counters.closed()).isEqualTo(1);
            assertThat(engine.messages())
                    .singleElement()
                    .satisfies(
                            message -> {
                                assertThat(message.outcome())
                                        .isEqualTo(MessageRecord.Outcome.DELIVERED);
                                assertThat(message.size()).isEqualTo(5);
                                assertThat(message.attempts()).isEqualTo(1);
                                assertThat(message.error()).isNull();
                                assertThat(message.spilled()).isFalse();
                            });
        }
    }

    @Test
    void the_peer_is_answered_only_after_the_bean_has_returned() throws Exception {
        CountDownLatch inBean = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = EngineUnderTest.framing("eof");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                inBean.countDown();
                                goOn.await();
                            });
            peer.send("hello").end();
            inBean.await();
            assertThat(peer.in().available()).isZero();
            assertThat(engine.connection().inFlight()).isEqualTo(1);
            assertThat(engine.listener().stages().inBeanPayloads()).isEqualTo(1);
            assertThat(engine.listener().stages().inBeanBytes()).isEqualTo(5);
            goOn.countDown();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
        }
    }

    @Test
    void a_failed_delivery_is_answered_by_a_reset() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "eof")
                                .set(Setting.MAX_DELIVERIES, 1)
                                .start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                throw new IllegalStateException("no room for it");
                            });
            peer.send("hello").end();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.settled().failedBytes()).isEqualTo(5);
            assertThat(engine.messages())
                    .singleElement()
                    .extracting(MessageRecord::error)
                    .asString()
                    .startsWith("DMG3001 bean failed on payload ")
                    .contains("of 5 bytes from 127.0.0.1:" + peer.localPort())
                    .endsWith(
                            "IllegalStateException: no room for it; delivery 1 of 1, kept as a dead letter");
        }
    }

    @Test
    void a_reset_never_completes_a_payload() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("eof")) {
            for (int i = 0; i < 20; i++) {
                TestPeer peer = engine.connect();
                peer.send("half a payload");
                long read = 14L * (i + 1);
                await().until(() -> engine.counters().bytesRead() == read);
                peer.reset();
            }
            assertThat(engine.settled().discarded()).isEqualTo(20);
            assertThat(engine.bean().texts()).isEmpty();
            assertThat(engine.messages())
                    .hasSize(20)
                    .allSatisfy(
                            message -> {
                                assertThat(message.outcome())
                                        .isEqualTo(MessageRecord.Outcome.DISCARDED);
                                assertThat(message.size()).isEqualTo(14);
                                assertThat(message.attempts()).isZero();
                                assertThat(message.error())
                                        .startsWith("DMG2105")
                                        .contains("was incomplete when the connection closed");
                            });
        }
    }

    @Test
    void a_reset_while_reading_is_held_never_completes_a_payload() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("eof")) {
            TestPeer peer = engine.connect();
            peer.send("half a payload");
            await().until(() -> engine.counters().bytesRead() == 14);
            String id = engine.connection().id();
            Connection held = engine.engine().connections().find(id).orElseThrow();
            held.pause();
            await().until(() -> !engine.connection().holds().isEmpty());
            peer.send("and some more that nobody reads");
            peer.reset();
            held.resume(); // a reset is noticed by reading
            assertThat(engine.settled().discarded()).isEqualTo(1);
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    @Test
    void a_peer_that_ends_without_a_byte_is_ended_without_a_payload() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("eof");
                TestPeer peer = engine.connect()) {
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().delivered()).isZero();
            assertThat(engine.messages()).isEmpty();
        }
    }

    @Test
    void a_payload_above_max_payload_is_reset_and_recorded() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft().set(Setting.MAX_PAYLOAD, "100KiB").start();
                TestPeer peer = engine.connect()) {
            peer.send(new byte[64 * 1024]);
            await().until(() -> engine.counters().bytesRead() == 64 * 1024);
            peer.send(new byte[64 * 1024]);
            assertThat(peer.untilEnd()).isEqualTo("RST");
            Counters counters = engine.settled();
            assertThat(counters.discarded()).isEqualTo(1);
            assertThat(counters.discardedBytes()).isEqualTo(counters.bytesRead());
            assertThat(engine.messages())
                    .singleElement()
                    .satisfies(
                            message -> {
                                assertThat(message.error()).startsWith("DMG2103 payload of ");
                                assertThat(message.size()).isGreaterThan(100 * 1024);
                            });
        }
    }
}
