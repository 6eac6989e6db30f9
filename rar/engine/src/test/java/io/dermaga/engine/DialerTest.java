package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.settings.Setting;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners that connect to their peers. */
class DialerTest {

    private static final int ROUNDS = 3;

    /** A device that listens. */
    private static ServerSocket device(int port) throws IOException {
        ServerSocket device = new ServerSocket();
        device.setReuseAddress(true);
        device.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        device.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        return device;
    }

    private static EngineUnderTest.Draft dialing(int port) {
        return EngineUnderTest.draft()
                .set(Setting.MODE, "CONNECT")
                .set(Setting.PORT, port)
                .set(Setting.FRAMING, "lines")
                .set(Setting.RECONNECT_MIN, "100ms")
                .set(Setting.RECONNECT_MAX, "200ms");
    }

    private static void awaitState(EngineUnderTest engine, ListenerState state) {
        await().until(() -> engine.listener().state() == state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_payload_of_the_peer_is_delivered_and_answered(String transport) throws Exception {
        assumeTrue(!transport.equals("epoll") || Epoll.isAvailable());
        assumeTrue(!transport.equals("io_uring") || IoUring.isAvailable());
        try (ServerSocket device = device(0);
                EngineUnderTest engine =
                        dialing(device.getLocalPort()).adapter("transport", transport).begin()) {
            engine.bean().onPayload(payload -> payload.connection().write(payload.bytes()));
            try (TestPeer peer = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                String large = "x".repeat(100_000);
                peer.send("hello\n" + large + "\n");
                assertThat(peer.receive(100_005)).isEqualTo("hello" + large);
                assertThat(engine.connection().remoteAddress().getPort())
                        .isEqualTo(device.getLocalPort());
                peer.end();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
            }
        }
    }

    @Test
    void a_lost_connection_is_made_again() throws Exception {
        try (ServerSocket device = device(0);
                EngineUnderTest engine = dialing(device.getLocalPort()).begin()) {
            for (int i = 0; i < ROUNDS; i++) {
                try (TestPeer peer = new TestPeer(device.accept())) {
                    peer.send("round " + i + "\n").end();
                    assertThat(peer.untilEnd()).isEqualTo("FIN");
                }
            }
            await().until(() -> engine.counters().delivered() == ROUNDS);
            assertThat(engine.bean().texts()).containsExactly("round 0", "round 1", "round 2");
        }
    }

    @Test
    void a_peer_that_is_not_there_is_told_once_and_tried_again() throws Exception {
        int port;
        try (ServerSocket free = device(0)) {
            port = free.getLocalPort();
        }
        try (EngineUnderTest engine = dialing(port).begin()) {
            await().until(() -> engine.listener().error() != null);
            assertThat(engine.listener().state()).isEqualTo(ListenerState.CONNECTING);
            assertThat(engine.listener().error())
                    .startsWith(
                            "DMG1202 listener '%s' cannot connect: nobody listens on 127.0.0.1:%d; tried again in "
                                    .formatted(engine.name(), port));
            try (ServerSocket device = device(port);
                    TestPeer peer = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                assertThat(engine.listener().error()).isNull();
                peer.send("there\n");
                await().until(() -> engine.counters().delivered() == 1);
            }
            assertThat(engine.events(Kind.LISTENER_FAILED))
                    .extracting(MonitorEvent::text)
                    .first()
                    .asString()
                    .startsWith("DMG1202 ");
            assertThat(engine.events(Kind.CONNECTING)).hasSize(1);
        }
    }

    @Test
    void the_hosts_are_tried_in_turn() throws Exception {
        try (ServerSocket device = device(0);
                EngineUnderTest engine =
                        dialing(device.getLocalPort())
                                .set(Setting.HOST, "127.0.0.2,127.0.0.3,localhost")
                                .begin();
                TestPeer peer = new TestPeer(device.accept())) {
            awaitState(engine, ListenerState.CONNECTED);
            peer.send("found\n");
            await().until(() -> engine.counters().delivered() == 1);
            assertThat(engine.events(Kind.LISTENER_FAILED)).isEmpty();
        }
    }

    @Test
    void a_name_that_is_not_known_is_said_in_words() throws Exception {
        try (EngineUnderTest engine =
                dialing(1).set(Setting.HOST, "no-such-host.invalid").begin()) {
            await().until(() -> engine.listener().error() != null);
            assertThat(engine.listener().error())
                    .contains(
                            "property 'host': given 'no-such-host.invalid', a name that is not known here");
        }
    }

    @Test
    void so_many_connections_are_kept_as_are_wanted() throws Exception {
        try (ServerSocket device = device(0);
                EngineUnderTest engine =
                        dialing(device.getLocalPort()).set(Setting.CONNECTIONS, 2).begin();
                TestPeer first = new TestPeer(device.accept());
                TestPeer second = new TestPeer(device.accept())) {
            awaitState(engine, ListenerState.CONNECTED);
            first.reset();
            awaitState(engine, ListenerState.CONNECTING);
            try (TestPeer third = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                second.send("two\n");
                third.send("three\n");
                await().until(() -> engine.counters().delivered() == 2);
            }
        }
    }

    @Test
    void a_paused_one_makes_no_lost_connection_again_until_it_goes_on() throws Exception {
        try (ServerSocket device = device(0);
                EngineUnderTest engine = dialing(device.getLocalPort()).begin()) {
            try (TestPeer peer = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                assertThat(engine.monitor().pauseListener(engine.name(), "eve")).isTrue();
                peer.send("lives on\n");
                await().until(() -> engine.counters().delivered() == 1);
            }
            await().until(() -> engine.counters().closed() == 1);
            await().during(Duration.ofMillis(500)).until(() -> engine.counters().accepted() == 1);
            assertThat(engine.monitor().resumeListener(engine.name(), "eve")).isTrue();
            try (TestPeer peer = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                assertThat(peer.localPort()).isEqualTo(device.getLocalPort());
            }
        }
    }

    @Test
    void a_stopped_one_ends_its_connections_and_can_be_started_again() throws Exception {
        try (ServerSocket device = device(0);
                EngineUnderTest engine = dialing(device.getLocalPort()).begin()) {
            try (TestPeer peer = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                assertThat(engine.monitor().stopListener(engine.name(), "eve")).isTrue();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
                awaitState(engine, ListenerState.STOPPED);
            }
            assertThat(engine.monitor().startListener(engine.name(), "eve")).isTrue();
            try (TestPeer peer = new TestPeer(device.accept())) {
                awaitState(engine, ListenerState.CONNECTED);
                peer.send("again\n");
                await().until(() -> engine.counters().delivered() == 1);
            }
        }
    }

    @Test
    void an_attempt_that_takes_too_long_is_given_up() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // its backlog is full: the kernel does not answer any more
            TestPeer[] waiting = new TestPeer[2];
            for (int i = 0; i < waiting.length; i++) {
                waiting[i] = new TestPeer(full.getLocalPort());
            }
            try (EngineUnderTest engine =
                    dialing(full.getLocalPort()).set(Setting.CONNECT_TIMEOUT, "100ms").begin()) {
                await().until(() -> engine.listener().error() != null);
                assertThat(engine.listener().error())
                        .contains(
                                "127.0.0.1:%d did not answer within connectTimeout=100ms"
                                        .formatted(full.getLocalPort()));
            }
            for (TestPeer peer : waiting) {
                peer.close();
            }
        }
    }

    /** A device that listens with TLS, and asks for a certificate. */
    private static SSLServerSocket device(X509Bundle identity, TestPki pki) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                identity.toKeyManagerFactory().getKeyManagers(),
                new TrustManager[] {pki.authority().toTrustManager()},
                null);
        SSLServerSocket device =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        device.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        device.setWantClientAuth(true);
        return device;
    }

    @Test
    void a_peer_with_tls_is_who_it_should_be_and_is_shown_who_this_is(@TempDir Path directory)
            throws Exception {
        TestPki pki = new TestPki(directory, "authority");
        Path own = pki.combined("own.pem", pki.issue("gateway"));
        try (SSLServerSocket device = device(pki.issue("localhost"), pki);
                EngineUnderTest engine =
                        dialing(device.getLocalPort())
                                .set(Setting.HOST, "localhost")
                                .set(Setting.TLS, "REQUIRED")
                                .set(Setting.TLS_TRUST, pki.authorityFile())
                                .set(Setting.TLS_CERTIFICATE, own)
                                .begin();
                SSLSocket accepted = (SSLSocket) device.accept();
                TestPeer peer = new TestPeer(accepted)) {
            peer.send("hello\n");
            await().until(() -> engine.bean().texts().contains("hello"));
            assertThat(accepted.getSession().getPeerPrincipal().getName()).isEqualTo("CN=gateway");
            assertThat(engine.connection().tls()).isNotNull();
        }
    }

    @Test
    void a_peer_whose_certificate_is_for_another_name_is_refused(@TempDir Path directory)
            throws Exception {
        TestPki pki = new TestPki(directory, "authority");
        try (SSLServerSocket device = device(pki.issue("elsewhere.example"), pki);
                EngineUnderTest engine =
                        dialing(device.getLocalPort())
                                .set(Setting.HOST, "localhost")
                                .set(Setting.TLS, "REQUIRED")
                                .set(Setting.TLS_TRUST, pki.authorityFile())
                                .begin();
                SSLSocket accepted = (SSLSocket) device.accept();
                TestPeer peer = new TestPeer(accepted)) {
            try {
                peer.send("hello\n");
                peer.untilEnd();
            } catch (SSLException e) {
                // it is told so
            }
            await().until(() -> !engine.events(Kind.REFUSED).isEmpty());
            assertThat(engine.event(Kind.REFUSED).text())
                    .startsWith("DMG2204 ")
                    .contains("localhost");
            assertThat(engine.bean().texts()).isEmpty();
        }
    }
}
