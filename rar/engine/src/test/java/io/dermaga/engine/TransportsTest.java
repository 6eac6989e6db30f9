package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same on every transport that the machine has. */
class TransportsTest {

    private static void assumeAvailable(String transport) {
        assumeTrue(!transport.equals("epoll") || Epoll.isAvailable());
        assumeTrue(!transport.equals("io_uring") || IoUring.isAvailable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_payload_is_delivered_and_answered(String transport) throws Exception {
        assumeAvailable(transport);
        try (EngineUnderTest engine = EngineUnderTest.linesOn(transport);
                TestPeer peer = engine.connect()) {
            assertThat(engine.snapshot().transport()).isEqualTo(transport);
            engine.bean().onPayload(payload -> payload.connection().write(payload.bytes()));
            String large = "x".repeat(100_000);
            peer.send("hello\n" + large + "\n").end();
            String answer = peer.untilEnd();
            engine.settled();
            assertThat(answer).isEqualTo("hello" + large + "FIN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void an_end_after_an_empty_write_is_orderly(String transport) throws Exception {
        assumeAvailable(transport);
        try (EngineUnderTest engine = EngineUnderTest.linesOn(transport);
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("go")) {
                                    payload.connection().end(new byte[0]);
                                }
                            });
            peer.send("go\n");
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            peer.send("this side is open\n"); // a reset would have ended it
            await().until(() -> engine.counters().delivered() == 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_reset_never_completes_a_payload(String transport) throws Exception {
        assumeAvailable(transport);
        try (EngineUnderTest engine =
                EngineUnderTest.draft().adapter("transport", transport).start()) {
            for (int i = 1; i <= 20; i++) {
                TestPeer peer = engine.connect();
                peer.send("half");
                long read = 4L * i;
                await().until(() -> engine.counters().bytesRead() == read);
                peer.reset();
            }
            assertThat(engine.settled().discarded()).isEqualTo(20);
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    @Test
    void a_transport_that_is_not_available_is_refused_in_words() {
        assumeTrue(!IoUring.isAvailable());
        assertThatThrownBy(() -> EngineUnderTest.draft().adapter("transport", "io_uring").begin())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "DMG1006 property 'dermaga.adapter.transport': given 'io_uring'");
    }
}
