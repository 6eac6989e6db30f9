package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code openssl s_client}. */
class OpensslClientTest {

    private static Authority authority;
    private static Path server;

    private Program openssl;

    @BeforeAll
    static void issue(@TempDir Path folder) throws Exception {
        authority = new Authority(folder, "authority");
        server = authority.issue("localhost");
    }

    @BeforeEach
    void find() {
        openssl = Program.named("openssl");
    }

    private static byte[] louder(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return (text.toUpperCase(Locale.ROOT) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Object[] client(Receiver receiver, Object... more) {
        List<Object> all =
                new ArrayList<>(
                        List.of(
                                "s_client",
                                "-connect",
                                Receiver.HOST + ":" + receiver.port(),
                                "-CAfile",
                                authority.file(),
                                "-verify_return_error"));
        all.addAll(List.of(more));
        return all.toArray();
    }

    private static String subject(Receiver receiver) {
        return receiver.session().peerCertificates().get(0).getSubjectX500Principal().getName();
    }

    @ParameterizedTest
    @CsvSource({"-tls1_3, TLSv1.3", "-tls1_2, TLSv1.2"})
    void a_client_with_a_certificate_is_received_and_answered(String option, String protocol)
            throws Exception {
        Path pump = authority.issue("pump-7");
        try (Receiver receiver =
                        Receiver.draft("lines")
                                .tls(server)
                                .trusting(authority)
                                .answering(OpensslClientTest::louder);
                Running client = new Running(openssl, client(receiver, option, "-cert", pump))) {
            client.send("hello\n").until("HELLO\n");
            assertThat(client.printed()).contains("Verify return code: 0 (ok)");
            assertThat(receiver.texts()).containsExactly("hello");
            assertThat(receiver.session().protocol()).isEqualTo(protocol);
            assertThat(subject(receiver)).isEqualTo("CN=pump-7");

            assertThat(client.end().status()).isZero();
            receiver.settled();
        }
    }

    @Test
    void a_client_without_a_certificate_is_told_so() throws Exception {
        try (Receiver receiver =
                        Receiver.draft("lines")
                                .tls(server)
                                .trusting(authority)
                                .answering(Receiver.Answer.NONE);
                Running client = new Running(openssl, client(receiver, "-tls1_3"))) {
            client.until("alert bad certificate");
            assertThat(receiver.refusal()).startsWith("DMG2204 ");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void the_certificate_of_the_server_that_is_asked_for_is_shown(String option) throws Exception {
        Path other = authority.issue("other.example");
        try (Receiver receiver =
                Receiver.draft("lines").tls(server + "," + other).answering(Receiver.Answer.NONE)) {
            assertThat(openssl.run("", client(receiver, option, "-servername", "other.example")))
                    .contains("subject=CN = other.example");
            assertThat(openssl.run("", client(receiver, option, "-servername", "localhost")))
                    .contains("subject=CN = localhost");
            assertThat(openssl.run("", client(receiver, option, "-noservername")))
                    .contains("subject=CN = localhost");
        }
    }

    @Test
    void an_application_protocol_is_agreed_upon() throws Exception {
        try (Receiver receiver =
                Receiver.draft("lines")
                        .tls(server)
                        .set(Setting.TLS_APPLICATION_PROTOCOLS, "hl7,mqtt")
                        .answering(Receiver.Answer.NONE)) {
            assertThat(openssl.run("x\n", client(receiver, "-alpn", "x,mqtt")))
                    .contains("ALPN protocol: mqtt");
            assertThat(receiver.session().applicationProtocol()).isEqualTo("mqtt");
            try (Running client = new Running(openssl, client(receiver, "-alpn", "x"))) {
                client.until("alert no application protocol");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void a_session_is_resumed_with_the_certificate_that_was_shown(
            String option, @TempDir Path folder) throws Exception {
        Path pump = authority.issue("pump-8");
        Path session = folder.resolve("session.pem");
        try (Receiver receiver =
                Receiver.draft("lines")
                        .tls(server)
                        .trusting(authority)
                        .answering(OpensslClientTest::louder)) {
            try (Running first =
                    new Running(
                            openssl,
                            client(receiver, option, "-cert", pump, "-sess_out", session))) {
                first.send("first\n").until("FIRST\n");
                first.end().status();
                assertThat(first.printed()).contains("New, TLSv1");
            }
            try (Running second =
                    new Running(openssl, client(receiver, option, "-sess_in", session))) {
                second.send("second\n").until("SECOND\n");
                assertThat(second.printed()).contains("Reused, TLSv1");
            }
            assertThat(receiver.peers())
                    .extracting(one -> one.tls().orElseThrow().peerCertificates())
                    .allSatisfy(shown -> assertThat(shown).isNotEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void close_notify_completes_a_payload(String option) throws Exception {
        try (Receiver receiver =
                Receiver.draft("eof").tls(server).answering(Receiver.Answer.NONE)) {
            openssl.run("all\nof it", client(receiver, option, "-quiet", "-no_ign_eof"));
            assertThat(receiver.texts(1)).containsExactly("all\nof it");
            receiver.settled();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void a_client_that_is_killed_completes_none(String option) throws Exception {
        try (Receiver receiver = Receiver.draft("eof").tls(server).answering(Receiver.Answer.NONE);
                Running client = new Running(openssl, client(receiver, option))) {
            client.send("half");
            await().until(() -> receiver.counters().bytesRead() == 4);
            client.kill();
            await().until(() -> !receiver.events(Kind.DISCARDED).isEmpty());
            assertThat(receiver.events(Kind.DISCARDED).get(0)).contains("without close_notify");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    @Test
    void keys_are_updated_while_payloads_go_on() throws Exception {
        try (Receiver receiver =
                        Receiver.draft("lines").tls(server).answering(OpensslClientTest::louder);
                Running client = new Running(openssl, client(receiver, "-tls1_3"))) {
            client.send("first\n").until("FIRST\n");
            client.send("K\n").until("KEYUPDATE"); // and asks the other side for its own
            client.send("second\n").until("SECOND\n");
            assertThat(receiver.texts()).containsExactly("first", "second");
        }
    }

    @Test
    void a_client_that_asks_for_a_second_handshake_is_closed() throws Exception {
        try (Receiver receiver =
                        Receiver.draft("lines").tls(server).answering(OpensslClientTest::louder);
                Running client = new Running(openssl, client(receiver, "-tls1_2"))) {
            client.send("first\n").until("FIRST\n");
            client.send("R\n").until("RENEGOTIATING");
            assertThat(client.status()).isNotZero();
            await().until(() -> !receiver.events(Kind.CLOSED).isEmpty());
            assertThat(receiver.events(Kind.ERROR))
                    .singleElement()
                    .asString()
                    .startsWith("DMG2102 ")
                    .contains("second TLS handshake (renegotiation)");
            receiver.settled();
        }
    }

    private static byte[] smtp(Payload payload) {
        String command = payload.text().toUpperCase(Locale.ROOT);
        if (command.startsWith("EHLO")) {
            return "250-localhost\r\n250 STARTTLS\r\n".getBytes(StandardCharsets.US_ASCII);
        }
        if (command.equals("STARTTLS")) {
            payload.connection().startTls("220 go\r\n".getBytes(StandardCharsets.US_ASCII));
            return new byte[0];
        }
        if (command.equals("QUIT")) {
            payload.connection().end("221 bye\r\n".getBytes(StandardCharsets.US_ASCII));
            return new byte[0];
        }
        String how = payload.tls().isPresent() ? "encrypted" : "plain";
        return ("250 " + how + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void smtp_is_encrypted_on_command(String option) throws Exception {
        try (Receiver receiver =
                        Receiver.draft("lines")
                                .set(Setting.TLS, "STARTTLS")
                                .set(Setting.TLS_CERTIFICATE, server)
                                .greeting("220 localhost\r\n")
                                .talking(OpensslClientTest::smtp);
                Running client =
                        new Running(
                                openssl, client(receiver, option, "-starttls", "smtp", "-crlf"))) {
            client.send("NOOP\n").until("250 encrypted");
            client.send("quit\n").until("221 bye"); // a Q would be a command of the client's own
            assertThat(client.status()).isZero();
            assertThat(receiver.texts().subList(1, 4)).containsExactly("STARTTLS", "NOOP", "quit");
            assertThat(receiver.texts().get(0)).startsWith("EHLO");
            receiver.settled();
        }
    }

    @Test
    void the_responders_word_on_the_server_is_stapled() throws Exception {
        authority.state(0x5A, Authority.Status.GOOD);
        try (Running responder = authority.respond()) {
            Path stapled = authority.issue("stapled.example", 0x5A, Authority.port(responder));
            try (Receiver receiver =
                    Receiver.draft("lines").tls(stapled).answering(Receiver.Answer.NONE)) {
                assertThat(openssl.run("", client(receiver, "-tls1_3", "-status")))
                        .contains("OCSP Response Status: successful", "Cert Status: good");
                assertThat(openssl.run("", client(receiver, "-tls1_2", "-status")))
                        .contains("OCSP Response Status: successful", "Cert Status: good");
            }
        }
    }
}
