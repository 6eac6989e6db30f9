package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Connection;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.Rates;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What peers do before a handshake is complete, instead of one, and after its end. */
class TlsAbuseTest {

    private static final HexFormat HEX = HexFormat.of();

    /** Alerts in plain text, TLS 1.2: user_canceled and close_notify (RFC 5246, 7.2). */
    private static final byte[] ALERTS = HEX.parseHex("1503030002015a" + "15030300020100");

    private static TestPki pki;
    private static Path server;
    private static Path authority;

    @BeforeAll
    static void issue(@TempDir Path directory) throws Exception {
        pki = new TestPki(directory, "authority");
        server = pki.combined("server.pem", pki.issue("localhost"));
        authority = pki.authorityFile();
    }

    private static EngineUnderTest.Draft draft(String tls) {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "lines")
                .set(Setting.TLS, tls)
                .set(Setting.TLS_CERTIFICATE, server);
    }

    /** The first message of a client of TLS 1.2. */
    private static byte[] hello() throws NoSuchAlgorithmException, SSLException {
        SSLEngine client = SSLContext.getDefault().createSSLEngine();
        client.setUseClientMode(true);
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        ByteBuffer record = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), record);
        byte[] bytes = new byte[record.flip().remaining()];
        record.get(bytes);
        return bytes;
    }

    @Test
    void a_handshake_that_the_peer_ends_halfway_is_no_handshake() throws Exception {
        try (EngineUnderTest engine =
                        draft("REQUIRED")
                                .set(Setting.TLS_CLIENT_AUTH, "NEED")
                                .set(Setting.TLS_TRUST, authority)
                                .shape(new BeanShape(true, false, Set.of(SocketEvent.Kind.CONNECT)))
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send(hello());
            assertThat(peer.in().readNBytes(5)).startsWith(22, 3, 3); // the server's part
            peer.send(ALERTS);

            await().until(() -> engine.counters().closed() == 1);
            assertThat(engine.counters().refusedBy()).containsEntry(Refusal.HANDSHAKE, 1L);
            assertThat(engine.event(Kind.REFUSED).text())
                    .contains("DMG2204 ", "ended it before it was complete");
            assertThat(engine.events(Kind.CONNECTED)).isEmpty();
            assertThat(engine.bean().happened()).isEmpty();
        }
    }

    @Test
    void a_peer_that_is_refused_behind_a_proxy_delivers_nothing() throws Exception {
        try (EngineUnderTest engine =
                        draft("OPTIONAL")
                                .set(Setting.PROXY_FROM, "127.0.0.1")
                                .set(Setting.DENY, "203.0.113.0/24")
                                .start();
                TestPeer denied = engine.connect()) {
            denied.send("PROXY TCP4 203.0.113.7 192.0.2.1 51422 8001\r\nhello\n");

            await().until(() -> engine.counters().closed() == 1);
            assertThat(engine.counters().refusedBy()).containsEntry(Refusal.ACCESS, 1L);
            assertThat(engine.events(Kind.CONNECTED)).isEmpty();
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    @Test
    void whoever_is_denied_during_a_handshake_does_not_stay() throws Exception {
        try (EngineUnderTest engine = draft("REQUIRED").start();
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.listener().connections() == 1);
            engine.monitor().changeAccess(engine.name(), "", "127.0.0.0/8", "eve");
            assertThat(peer.untilEnd()).isEqualTo("RST");
        }
    }

    @Test
    void with_optional_tls_the_handshake_has_its_whole_time_from_its_first_byte() throws Exception {
        try (EngineUnderTest engine =
                        draft("OPTIONAL").set(Setting.HANDSHAKE_TIMEOUT, "2s").start();
                Socket late = new Socket(InetAddress.getLoopbackAddress(), engine.port());
                TestPeer half = engine.connect()) {
            half.send(new byte[] {22});
            assertThat(half.untilEnd()).isEqualTo("RST"); // after the same time as the silent one
            assertThat(engine.event(Kind.REFUSED).text()).startsWith("DMG2205 ");
            try (TestPeer peer = new TestPeer(pki.client().over(late))) {
                peer.send("x\n");
                await().until(() -> engine.bean().texts().equals(List.of("x")));
            }
        }
    }

    @Test
    void nothing_is_written_to_a_connection_before_it_is_encrypted() throws Exception {
        try (EngineUnderTest engine = draft("REQUIRED").start();
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), engine.port())) {
            await().until(() -> engine.connection().state() == ConnectionState.OPENING);
            assertThat(engine.engine().connections().list(engine.name())).isEmpty();
            assertThat(engine.engine().connections().find(engine.connection().id())).isEmpty();
            assertThat(engine.engine().connections().broadcast(engine.name(), new byte[] {'x'}))
                    .isZero();

            try (SSLSocket socket = pki.client().over(silent)) {
                await().until(
                                () ->
                                        engine.engine()
                                                        .connections()
                                                        .broadcast(engine.name(), new byte[] {'y'})
                                                == 1);
                assertThat(socket.getInputStream().read()).isEqualTo('y');
            }
        }
    }

    @Test
    void a_stream_without_payloads_that_is_cut_off_is_not_ended() throws Exception {
        try (EngineUnderTest engine =
                        draft("REQUIRED")
                                .shape(
                                        new BeanShape(
                                                false,
                                                false,
                                                EnumSet.of(
                                                        SocketEvent.Kind.DATA,
                                                        SocketEvent.Kind.END,
                                                        SocketEvent.Kind.CLOSE)))
                                .start();
                Socket wire = new Socket(InetAddress.getLoopbackAddress(), engine.port());
                SSLSocket peer = pki.client().over(wire)) {
            peer.getOutputStream().write("cut".getBytes(StandardCharsets.US_ASCII));
            await().until(() -> engine.counters().bytesRead() == 3);
            wire.shutdownOutput();

            await().until(() -> engine.counters().closed() == 1);
            await().until(() -> engine.bean().happened().contains("close TRUNCATED"));
            assertThat(engine.bean().happened()).doesNotContain("end");
            assertThat(engine.event(Kind.CLOSED).text()).contains("TRUNCATED");
        }
    }

    @Test
    void the_answer_to_starttls_goes_out_in_plain_text_although_writes_are_slow() throws Exception {
        try (EngineUnderTest engine =
                        draft("STARTTLS").set(Setting.CONNECTION_WRITE_RATE, "2KiB").start();
                Socket wire = new Socket(InetAddress.getLoopbackAddress(), engine.port());
                TestPeer plain = new TestPeer(wire)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                Connection connection = payload.connection();
                                if (payload.tls().isPresent()) {
                                    connection.write(new byte[] {'!'});
                                } else {
                                    connection.write(new byte[2048]); // what comes next waits
                                    connection.startTls(
                                            "220 go\n".getBytes(StandardCharsets.UTF_8));
                                }
                            });
            plain.send("STARTTLS\n");
            assertThat(plain.in().readNBytes(2048)).hasSize(2048);
            assertThat(plain.receive(7)).isEqualTo("220 go\n");
            try (TestPeer encrypted = new TestPeer(pki.client().over(wire))) {
                encrypted.send("x\n");
                assertThat(encrypted.receive(1)).isEqualTo("!");
            }
        }
    }

    @Test
    void starttls_from_another_thread_does_not_encrypt_what_has_come_in_plain_text()
            throws Exception {
        try (EngineUnderTest engine = draft("STARTTLS").start();
                TestPeer attacker = engine.connect()) {
            FutureTask<Void> injected = new FutureTask<>(() -> null);
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("RCPT")) {
                                    injected.run();
                                    await().until(() -> !payload.connection().isOpen());
                                }
                            });
            attacker.send("RCPT\n");
            Future<Void> delivering = injected;
            delivering.get();
            engine.engine().connections().list(engine.name()).get(0).startTls(new byte[0]);

            assertThat(attacker.untilEnd()).isEqualTo("RST");
            assertThat(engine.event(Kind.ERROR).text()).startsWith("DMG2206 ");
        }
    }

    @Test
    void a_pause_for_the_rate_ends_with_the_rate() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.READ_RATE, "1KiB")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send(("x".repeat(1023) + "\n").repeat(60)); // for a minute
            await().until(() -> engine.counters().bytesRead() > 1024);
            engine.monitor().changeRates(engine.name(), new Rates(0, 0, 0, 0), "eve");
            await().until(() -> engine.bean().texts().size() == 60);
        }
    }
}
