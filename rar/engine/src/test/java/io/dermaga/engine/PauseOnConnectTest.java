package io.dermaga.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.api.Connection;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that read nothing before their bean wants it. */
class PauseOnConnectTest {

    private static EngineUnderTest.Draft paused(String transport) {
        assumeTrue(!transport.equals("epoll") || Epoll.isAvailable());
        assumeTrue(!transport.equals("io_uring") || IoUring.isAvailable());
        return EngineUnderTest.draft()
                .adapter("transport", transport)
                .set(Setting.FRAMING, "lines")
                .set(Setting.PAUSE_ON_CONNECT, "true")
                .shape(new BeanShape(true, false, Set.of(SocketEvent.Kind.values())));
    }

    private static Connection only(EngineUnderTest engine) {
        return engine.engine().connections().list(engine.name()).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void nothing_is_read_before_the_connection_is_resumed(String transport) throws Exception {
        try (EngineUnderTest engine = paused(transport).start();
                TestPeer peer = engine.connect()) {
            peer.send("one\ntwo\n");
            await().until(() -> engine.connection().holds().contains(Hold.BEAN));
            await().until(() -> engine.connection().kernelBytes() == 8);
            assertThat(engine.connection().bytesRead()).isZero();

            only(engine).resume();
            await().until(() -> engine.counters().delivered() == 2);
            peer.send("three\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("one", "two", "three");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_bean_that_is_told_of_the_connection_can_resume_it(String transport) throws Exception {
        EngineUnderTest.Draft draft = paused(transport);
        draft.bean()
                .onEvent(
                        (event, connection) -> {
                            if (event instanceof SocketEvent.Connect) {
                                connection.write("welcome".getBytes(US_ASCII));
                                connection.resume();
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            assertThat(peer.receive(7)).isEqualTo("welcome");
            peer.send("one\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("one");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_reset_while_it_is_paused_is_noticed_when_it_is_resumed(String transport)
            throws Exception {
        try (EngineUnderTest engine = paused(transport).start()) {
            TestPeer peer = engine.connect();
            await().until(() -> engine.connection().holds().contains(Hold.BEAN));
            Connection connection = only(engine);
            peer.reset();

            connection.resume();
            await().until(() -> !connection.isOpen());
            engine.settled();
            assertThat(engine.bean().happened()).endsWith("close PEER_RESET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_reset_while_it_is_paused_is_noticed_when_it_is_written_to(String transport)
            throws Exception {
        try (EngineUnderTest engine = paused(transport).start()) {
            TestPeer peer = engine.connect();
            await().until(() -> engine.connection().holds().contains(Hold.BEAN));
            Connection connection = only(engine);
            peer.reset();

            await().until(
                            () -> {
                                connection.write(new byte[1]);
                                return !connection.isOpen();
                            });
            engine.settled();
            assertThat(engine.bean().happened()).startsWith("connect", "error").hasSize(3);
            assertThat(engine.events(MonitorEvent.Kind.ERROR))
                    .extracting(MonitorEvent::text)
                    .singleElement()
                    .asString()
                    .startsWith("DMG2102 connection ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void nothing_is_read_after_a_handshake_before_the_connection_is_resumed(
            String transport, @TempDir Path directory) throws Exception {
        TestPki pki = new TestPki(directory, "authority");
        Path certificate = pki.combined("server.pem", pki.issue("localhost"));
        try (EngineUnderTest engine =
                        paused(transport)
                                .set(Setting.TLS, "REQUIRED")
                                .set(Setting.TLS_CERTIFICATE, certificate)
                                .start();
                SSLSocket peer = pki.client().connect(engine.port())) {
            await().until(() -> engine.connection().holds().contains(Hold.BEAN));
            for (int i = 1; i <= 3; i++) {
                peer.getOutputStream().write("line\n".getBytes(US_ASCII));
                peer.getOutputStream().flush();
                long records = i;
                await().until(() -> engine.connection().kernelBytes() >= 20 * records);
            }
            assertThat(engine.connection().bytesRead()).isZero();

            only(engine).resume();
            await().until(() -> engine.counters().delivered() == 3);
        }
    }
}
