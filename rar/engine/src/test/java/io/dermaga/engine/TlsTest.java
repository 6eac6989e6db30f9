package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.TlsSession;
import io.dermaga.api.monitor.ConnectionSnapshot.TlsFacts;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.settings.Setting;
import io.netty.handler.ssl.OpenSsl;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted connections. */
class TlsTest {

    private static TestPki pki;
    private static X509Bundle stranger;
    private static Path server;

    @BeforeAll
    static void issue(@TempDir Path directory) throws Exception {
        pki = new TestPki(directory, "authority");
        stranger = new TestPki(directory, "unknown").issue("stranger");
        server = pki.combined("server.pem", pki.issue("localhost"));
    }

    private static EngineUnderTest.Draft draft(String framing) {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, framing)
                .set(Setting.TLS, "REQUIRED")
                .set(Setting.TLS_CERTIFICATE, server);
    }

    private static TestPeer peer(EngineUnderTest engine) throws Exception {
        return new TestPeer(pki.client().connect(engine.port()));
    }

    private static String subject(SSLSocket socket) throws IOException {
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    private static TlsSession session(AtomicReference<TlsSession> seen) {
        return Objects.requireNonNull(seen.get());
    }

    private static TlsFacts facts(EngineUnderTest engine) {
        return Objects.requireNonNull(engine.connection().tls());
    }

    private static String refusal(EngineUnderTest engine) {
        await().until(() -> !engine.events(Kind.REFUSED).isEmpty());
        return engine.event(Kind.REFUSED).text();
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, JDK, epoll",
        "TLSv1.2, JDK, epoll",
        "TLSv1.3, JDK, nio",
        "TLSv1.3, OPENSSL, epoll",
        "TLSv1.2, OPENSSL, nio"
    })
    void payloads_and_answers_are_encrypted(String protocol, String provider, String transport)
            throws Exception {
        Assumptions.assumeTrue(provider.equals("JDK") || OpenSsl.isAvailable());
        AtomicReference<TlsSession> seen = new AtomicReference<>();
        try (EngineUnderTest engine =
                        draft("lines")
                                .adapter("transport", transport)
                                .set(Setting.TLS_PROVIDER, provider)
                                .start();
                SSLSocket socket =
                        pki.client()
                                .protocol(protocol)
                                .serverName("localhost")
                                .connect(engine.port());
                TestPeer peer = new TestPeer(socket)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                seen.set(payload.tls().orElseThrow());
                                payload.connection().write(payload.bytes());
                            });
            peer.send("one\ntwo\n");

            assertThat(peer.receive(6)).isEqualTo("onetwo");
            assertThat(session(seen).protocol()).isEqualTo(protocol);
            assertThat(session(seen).cipherSuite()).isEqualTo(socket.getSession().getCipherSuite());
            assertThat(session(seen).serverName()).isEqualTo("localhost");
            assertThat(session(seen).peerCertificates()).isEmpty();
            assertThat(engine.connection().tls()).isNotNull();
            assertThat(engine.connection().bytesRead()).as("of the payloads").isEqualTo(8);
        }
    }

    @Test
    void large_payloads_and_answers_go_through_in_both_directions() throws Exception {
        byte[] large = new byte[6 * 1024 * 1024];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        try (EngineUnderTest engine =
                        draft("eof").set(Setting.SPILL_THRESHOLD, "1MiB").ownEngine().start();
                TestPeer peer = peer(engine)) {
            engine.bean()
                    .recordNothing()
                    .onPayload(
                            payload -> {
                                try (InputStream content = payload.stream()) {
                                    payload.connection().write(content.readAllBytes());
                                }
                            });
            peer.send(large).end();

            assertThat(peer.in().readAllBytes()).isEqualTo(large);
            engine.settled();
        }
    }

    @Test
    void the_first_certificate_is_for_peers_that_name_no_server_of_its() throws Exception {
        Path other = pki.combined("other.pem", pki.issue("other.example"));
        try (EngineUnderTest engine =
                draft("lines").set(Setting.TLS_CERTIFICATE, server + "," + other).start()) {
            for (String[] asked :
                    new String[][] {
                        {"other.example", "CN=other.example"},
                        {"localhost", "CN=localhost"},
                        {"nobody.example", "CN=localhost"}
                    }) {
                try (SSLSocket socket = pki.client().serverName(asked[0]).connect(engine.port())) {
                    assertThat(subject(socket)).as(asked[0]).isEqualTo(asked[1]);
                }
            }
            try (SSLSocket socket = pki.client().connect(engine.port())) {
                assertThat(subject(socket)).isEqualTo("CN=localhost");
            }
        }
    }

    @Test
    void an_application_protocol_is_agreed_upon_or_the_handshake_fails() throws Exception {
        try (EngineUnderTest engine =
                draft("lines").set(Setting.TLS_APPLICATION_PROTOCOLS, "hl7,mqtt").start()) {
            try (SSLSocket socket =
                    pki.client().applicationProtocols("mqtt", "x").connect(engine.port())) {
                assertThat(socket.getApplicationProtocol()).isEqualTo("mqtt");
                await().until(() -> engine.connection().tls() != null);
                assertThat(facts(engine).applicationProtocol()).isEqualTo("mqtt");
            }
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(
                            () -> pki.client().applicationProtocols("x").connect(engine.port()));
            assertThat(refusal(engine)).startsWith("DMG2204 ").contains("protocol");
        }
    }

    @Test
    void a_peer_shows_a_certificate_that_is_trusted() throws Exception {
        AtomicReference<TlsSession> seen = new AtomicReference<>();
        try (EngineUnderTest engine =
                        draft("lines")
                                .set(Setting.TLS_CLIENT_AUTH, "NEED")
                                .set(Setting.TLS_TRUST, pki.authorityFile())
                                .start();
                TestPeer peer =
                        new TestPeer(
                                pki.client()
                                        .identity(pki.issue("pump-7"))
                                        .connect(engine.port()))) {
            engine.bean().onPayload(payload -> seen.set(payload.tls().orElseThrow()));
            peer.send("x\n");
            await().until(() -> seen.get() != null);

            assertThat(session(seen).peerCertificates().get(0).getSubjectX500Principal().getName())
                    .isEqualTo("CN=pump-7");
            assertThat(facts(engine).peer()).isEqualTo("CN=pump-7");
        }
    }

    @Test
    void a_peer_without_a_certificate_that_is_trusted_is_refused() throws Exception {
        try (EngineUnderTest engine =
                draft("lines")
                        .set(Setting.TLS_CLIENT_AUTH, "NEED")
                        .set(Setting.TLS_TRUST, pki.authorityFile())
                        .start()) {
            TestPki.Client[] clients = {pki.client(), pki.client().identity(stranger)};
            for (TestPki.Client client : clients) {
                try (TestPeer peer = new TestPeer(client.connect(engine.port()))) {
                    assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> peer.send("x\n").in().readAllBytes());
                } catch (IOException e) {
                    // with TLS 1.2 the client hears of it in its handshake
                }
            }
            await().until(
                            () ->
                                    engine.counters()
                                                    .refusedBy()
                                                    .getOrDefault(Refusal.HANDSHAKE, 0L)
                                            == 2);
            assertThat(refusal(engine)).startsWith("DMG2204 ").contains("the TLS handshake failed");
            assertThat(engine.bean().happened()).isEmpty();
        }
    }

    @Test
    void a_revoked_certificate_is_refused() throws Exception {
        X509Bundle good = pki.issue("good");
        X509Bundle revoked = pki.issue("revoked");
        Path list = pki.revoked("list.crl", revoked);
        try (EngineUnderTest engine =
                draft("lines")
                        .set(Setting.TLS_CLIENT_AUTH, "NEED")
                        .set(Setting.TLS_TRUST, pki.authorityFile())
                        .set(Setting.TLS_REVOCATION, "CRL")
                        .set(Setting.TLS_CRL, list)
                        .start()) {
            try (TestPeer peer = new TestPeer(pki.client().identity(good).connect(engine.port()))) {
                peer.send("x\n");
                await().until(() -> engine.bean().texts().contains("x"));
            }
            try (TestPeer peer =
                    new TestPeer(pki.client().identity(revoked).connect(engine.port()))) {
                peer.untilEnd();
            } catch (SSLException e) {
                // told so
            }
            assertThat(refusal(engine)).startsWith("DMG2204 ").containsIgnoringCase("revoked");
        }
    }

    @Test
    void plain_text_and_tls_share_a_port() throws Exception {
        try (EngineUnderTest engine = draft("lines").set(Setting.TLS, "OPTIONAL").start();
                TestPeer plain = engine.connect();
                TestPeer encrypted = peer(engine)) {
            engine.bean()
                    .onPayload(
                            payload ->
                                    payload.connection()
                                            .write(
                                                    payload.tls().isPresent() ? "tls" : "plain",
                                                    StandardCharsets.UTF_8));
            plain.send("x");
            await().until(() -> engine.counters().bytesRead() == 1);
            plain.send("\n");
            encrypted.send("y\n");

            assertThat(plain.receive(5)).isEqualTo("plain");
            assertThat(encrypted.receive(3)).isEqualTo("tls");
        }
    }

    @Test
    void plain_text_is_refused_where_tls_is_required() throws Exception {
        try (EngineUnderTest engine = draft("lines").start();
                TestPeer peer = engine.connect()) {
            peer.send("GET / HTTP/1.1\r\n");

            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.event(Kind.SUSPICION).text())
                    .contains("DMG2112 ", "seems to speak HTTP");
            assertThat(refusal(engine))
                    .contains("DMG2204 ", "does not begin with a TLS handshake", "tls=REQUIRED");
            await().until(() -> engine.listener().connections() == 0);
            assertThat(engine.counters().accepted()).isEqualTo(1);
            assertThat(engine.counters().closed()).isEqualTo(1);
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    @Test
    void a_probe_that_connects_and_goes_is_no_refusal() throws Exception {
        try (EngineUnderTest engine = draft("lines").start()) {
            engine.connect().end().close();
            await().until(() -> engine.counters().closed() == 1);

            assertThat(engine.counters().refused()).isZero();
            assertThat(engine.events(Kind.REFUSED)).isEmpty();
        }
    }

    @Test
    void an_unfinished_handshake_is_ended_by_its_deadline() throws Exception {
        try (EngineUnderTest engine = draft("lines").set(Setting.HANDSHAKE_TIMEOUT, "3s").start();
                TestPeer silent = engine.connect();
                TestPeer slow = engine.connect();
                TestPeer honest = peer(engine)) {
            slow.send(new byte[] {22, 3, 1, 2, 0, 1});
            assertThat(silent.untilEnd()).isEqualTo("RST");
            assertThat(slow.untilEnd()).isEqualTo("RST");
            assertThat(refusal(engine)).contains("DMG2205 ", "handshakeTimeout=3s");
            assertThat(engine.counters().refusedBy()).containsEntry(Refusal.HANDSHAKE_TIMEOUT, 2L);

            honest.send("x\n");
            await().until(() -> engine.bean().texts().equals(List.of("x")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void the_end_of_tls_completes_a_payload(String protocol) throws Exception {
        try (EngineUnderTest engine = draft("eof").start();
                TestPeer peer =
                        new TestPeer(pki.client().protocol(protocol).connect(engine.port()))) {
            peer.send("all").end();

            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled(); // before TLS 1.3, the peer's end is answered at once (RFC 5246,
            // 7.2.1)
            assertThat(engine.bean().texts()).containsExactly("all");
        }
    }

    @Test
    void a_failed_delivery_is_told_by_a_reset_and_not_by_the_end_of_tls() throws Exception {
        try (EngineUnderTest engine = draft("eof").start();
                TestPeer peer = peer(engine)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                throw new IllegalStateException("no");
                            });
            peer.send("all").end();

            assertThat(peer.untilEnd()).isEqualTo("RST");
        }
    }

    @ParameterizedTest
    @CsvSource({"REQUIRED, ''", "OPTIONAL, half"})
    void an_end_without_that_of_tls_cuts_off(String closeNotify, String delivered)
            throws Exception {
        try (EngineUnderTest engine =
                        draft("eof").set(Setting.TLS_CLOSE_NOTIFY, closeNotify).start();
                Socket wire = new Socket(InetAddress.getLoopbackAddress(), engine.port())) {
            SSLSocket socket = pki.client().over(wire);
            socket.getOutputStream().write("half".getBytes(StandardCharsets.UTF_8));
            await().until(() -> engine.connection().bytesRead() == 4);
            wire.shutdownOutput();

            engine.settled();
            assertThat(String.join(",", engine.bean().texts())).isEqualTo(delivered);
            if (delivered.isEmpty()) {
                assertThat(engine.events(Kind.DISCARDED))
                        .singleElement()
                        .extracting(MonitorEvent::text)
                        .asString()
                        .contains("DMG2105 ", "without close_notify", "tlsCloseNotify=REQUIRED");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void the_bean_ends_its_side_and_reads_on(String protocol) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (EngineUnderTest engine = draft("lines").set(Setting.ALLOW_HALF_OPEN, true).start();
                TestPeer peer =
                        new TestPeer(pki.client().protocol(protocol).connect(engine.port()))) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("bye")) {
                                    payload.connection()
                                            .end("done".getBytes(StandardCharsets.UTF_8));
                                    ended.countDown();
                                }
                            });
            peer.send("bye\n");
            assertThat(peer.receive(4)).isEqualTo("done");
            if (protocol.equals("TLSv1.3")) { // before it, one end is that of both (RFC 5246)
                peer.send("more\n").end();
                await().until(() -> engine.bean().texts().contains("more"));
            }
            assertThat(peer.untilEnd()).isEqualTo("FIN");
        }
    }

    @Test
    void a_certificate_that_was_replaced_is_shown_to_new_peers_and_old_ones_live_on()
            throws Exception {
        Path file = pki.combined("swap.pem", pki.issue("before.example"));
        try (EngineUnderTest engine = draft("lines").set(Setting.TLS_CERTIFICATE, file).start();
                TestPeer old = peer(engine)) {
            pki.combined("swap.pem", pki.issue("after.example"));
            await().until(() -> !engine.events(Kind.CERTIFICATE).isEmpty());

            assertThat(engine.event(Kind.CERTIFICATE).text())
                    .startsWith("DMG2201 ")
                    .contains("CN=after.example until ");
            try (SSLSocket fresh = pki.client().connect(engine.port())) {
                assertThat(subject(fresh)).isEqualTo("CN=after.example");
            }
            assertThat(engine.listener().certificates().get(0).names())
                    .containsExactly("after.example");
            old.send("x\n");
            await().until(() -> engine.bean().texts().contains("x"));

            pki.write("swap.pem", "no certificate");
            await().until(() -> engine.events(Kind.CERTIFICATE).size() == 2);
            assertThat(engine.events(Kind.CERTIFICATE).get(1).text())
                    .startsWith("DMG2202 ")
                    .contains("swap.pem");
            assertThat(engine.monitor().reloadCertificates(engine.name(), "admin"))
                    .startsWith("DMG2202 ");
            try (SSLSocket fresh = pki.client().connect(engine.port())) {
                assertThat(subject(fresh)).isEqualTo("CN=after.example");
            }
        }
    }

    @Test
    void an_operator_has_certificates_read_again() throws Exception {
        try (EngineUnderTest engine = draft("lines").start();
                EngineUnderTest plain = EngineUnderTest.framing("lines")) {
            assertThat(engine.monitor().reloadCertificates(engine.name(), "admin")).isNull();
            assertThat(engine.event(Kind.CERTIFICATE).text())
                    .startsWith("DMG2201 ")
                    .contains(" for 'admin'");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> plain.monitor().reloadCertificates(plain.name(), "admin"))
                    .withMessageStartingWith("DMG1007 ")
                    .withMessageContaining("tls=OFF");
        }
    }

    @Test
    void a_certificate_that_expires_soon_is_told_of() throws Exception {
        Path soon =
                pki.combined(
                        "soon.pem",
                        pki.issue(
                                "soon.example",
                                one -> one.notAfter(Instant.now().plus(Duration.ofHours(50)))));
        try (EngineUnderTest engine = draft("lines").set(Setting.TLS_CERTIFICATE, soon).start()) {
            await().until(() -> !engine.events(Kind.CERTIFICATE).isEmpty());
            assertThat(engine.event(Kind.CERTIFICATE).text())
                    .startsWith("DMG2203 certificate CN=soon.example of listener ")
                    .contains("expires in 2 days");
        }
    }

    @Test
    void a_bean_encrypts_a_connection_on_command() throws Exception {
        try (EngineUnderTest engine = draft("lines").set(Setting.TLS, "STARTTLS").start();
                Socket wire = new Socket(InetAddress.getLoopbackAddress(), engine.port());
                TestPeer plain = new TestPeer(wire)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("STARTTLS")) {
                                    payload.connection()
                                            .startTls("220 go\n".getBytes(StandardCharsets.UTF_8));
                                } else {
                                    payload.connection()
                                            .write(
                                                    payload.tls().isPresent() + "\n",
                                                    StandardCharsets.UTF_8);
                                }
                            });
            plain.send("EHLO\n");
            assertThat(plain.receive(6)).isEqualTo("false\n");
            plain.send("STARTTLS\n");
            assertThat(plain.receive(7)).isEqualTo("220 go\n");
            try (TestPeer encrypted = new TestPeer(pki.client().over(wire))) {
                encrypted.send("EHLO\n");
                assertThat(encrypted.receive(5)).isEqualTo("true\n");
                assertThat(engine.connection().state()).isEqualTo(ConnectionState.OPEN);
            }
        }
    }

    @Test
    void what_follows_the_command_in_plain_text_is_not_taken_for_encrypted() throws Exception {
        try (EngineUnderTest engine = draft("lines").set(Setting.TLS, "STARTTLS").start();
                TestPeer attacker = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("STARTTLS")) {
                                    payload.connection().startTls(new byte[0]);
                                }
                            });
            attacker.send("STARTTLS\nRCPT TO:<me>\n");

            assertThat(attacker.untilEnd()).isEqualTo("RST");
            assertThat(engine.events(Kind.ERROR))
                    .extracting(MonitorEvent::text)
                    .anyMatch(text -> text.startsWith("DMG2206 "));
        }
    }

    @Test
    void a_handshake_that_the_bean_began_has_the_same_deadline() throws Exception {
        try (EngineUnderTest engine =
                        draft("lines")
                                .set(Setting.TLS, "STARTTLS")
                                .set(Setting.HANDSHAKE_TIMEOUT, "300ms")
                                .start();
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> payload.connection().startTls(new byte[] {'+'}));
            peer.send("STARTTLS\n");

            assertThat(peer.untilEnd()).isEqualTo("+RST");
            assertThat(engine.event(Kind.TIMEOUT).text())
                    .contains("DMG2107 ", "handshakeTimeout=300ms");
        }
    }

    @Test
    void a_connection_that_is_not_of_starttls_cannot_be_encrypted_by_the_bean() throws Exception {
        AtomicReference<Exception> thrown = new AtomicReference<>();
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                try {
                                    payload.connection().startTls(new byte[0]);
                                } catch (IllegalStateException e) {
                                    thrown.set(e);
                                }
                            });
            peer.send("x\n");
            await().until(() -> thrown.get() != null);
            assertThat(thrown.get())
                    .hasMessageContaining("DMG3010 ")
                    .hasMessageContaining("tls=OFF");
        }
    }
}
