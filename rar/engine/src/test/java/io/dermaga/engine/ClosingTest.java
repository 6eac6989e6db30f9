package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.dermaga.engine.settings.Setting;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What remains of an engine that was closed: nothing. */
@Isolated("looks at the threads of the process")
class ClosingTest {

    @Test
    void no_thread_and_no_socket_remains_and_the_port_is_free_again() throws Exception {
        EngineUnderTest engine =
                EngineUnderTest.draft().ownEngine().set(Setting.FRAMING, "lines").start();
        int port = engine.port();
        try (TestPeer peer = engine.connect();
                TestPeer idle = engine.connect()) {
            peer.send("one\n" + "x".repeat(100_000));
            await().until(() -> engine.counters().delivered() == 1);
            assertThat(engineThreads()).isGreaterThan(0);
            long others = engineThreads() - 2;
            engine.close();
            assertThat(engineThreads()).isLessThanOrEqualTo(others);
            assertThat(idle.untilEnd()).isEqualTo("FIN");
            assertThat(liveThreads("dermaga-spill")).isZero();
            assertThat(liveThreads("globalEventExecutor")).isZero();
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assertThat(free.getLocalPort()).isEqualTo(port);
            }
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> engine.monitor().snapshot())
                .withMessage("DMG1004 the adapter is stopped");
    }

    private static long engineThreads() {
        return liveThreads("dermaga-io");
    }

    private static long liveThreads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(one -> one.getName().startsWith(prefix) && one.isAlive())
                .count();
    }
}
