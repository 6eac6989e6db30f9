package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code openssl ocsp} says whether the certificates of clients were revoked. */
class OcspTest {

    private static final int GOOD = 0x600D;
    private static final int REVOKED = 0xBAD;
    private static final int UNKNOWN = 0xA;

    /** More than an engine has threads for what responders say. */
    private static final int MANY = 20;

    private Path folder;
    private Authority authority;
    private Path server;
    private Program openssl;

    @BeforeEach
    void issue(@TempDir Path given) throws Exception {
        folder = given;
        openssl = Program.named("openssl");
        authority = new Authority(folder, "authority");
        authority.state(GOOD, Authority.Status.GOOD);
        authority.state(REVOKED, Authority.Status.REVOKED);
        server = authority.issue("localhost");
    }

    private static byte[] size(byte[] payload) {
        return "got %d bytes%n".formatted(payload.length).getBytes(StandardCharsets.US_ASCII);
    }

    private Receiver receiver(String revocation) {
        return Receiver.draft("lines")
                .tls(server)
                .trusting(authority)
                .set(Setting.TLS_REVOCATION, revocation)
                .answering(OcspTest::size);
    }

    private Running client(Receiver receiver, Path certificate, Object... more) throws Exception {
        List<Object> all =
                new ArrayList<>(
                        List.of(
                                "s_client",
                                "-connect",
                                Receiver.HOST + ":" + receiver.port(),
                                "-CAfile",
                                authority.file(),
                                "-cert",
                                certificate));
        all.addAll(List.of(more));
        return new Running(openssl, all.toArray());
    }

    private void isServed(Receiver receiver, Path certificate) throws Exception {
        try (Running client = client(receiver, certificate)) {
            client.send("hello\n").until("got 5 bytes\n");
        }
    }

    private void isRefused(Receiver receiver, Path certificate, String why) throws Exception {
        try (Running client = client(receiver, certificate)) {
            client.until("alert");
            assertThat(receiver.refusal()).startsWith("DMG2204 ").containsIgnoringCase(why);
            assertThat(receiver.texts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OCSP", "OCSP_SOFT"})
    void a_certificate_that_is_good_is_taken(String revocation) throws Exception {
        try (Running responder = authority.respond();
                Receiver receiver = receiver(revocation)) {
            isServed(receiver, authority.issue("good", GOOD, Authority.port(responder)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OCSP", "OCSP_SOFT"})
    void a_certificate_that_was_revoked_is_refused(String revocation) throws Exception {
        try (Running responder = authority.respond();
                Receiver receiver = receiver(revocation)) {
            Path revoked = authority.issue("revoked", REVOKED, Authority.port(responder));
            isRefused(receiver, revoked, "revoked");
        }
    }

    @Test
    void a_certificate_that_the_responder_does_not_know_is_refused() throws Exception {
        try (Running responder = authority.respond();
                Receiver receiver = receiver("OCSP")) {
            Path unknown = authority.issue("unknown", UNKNOWN, Authority.port(responder));
            isRefused(receiver, unknown, "status is unknown");
        }
    }

    @Test
    void without_its_responder_a_certificate_is_refused_unless_that_is_soft() throws Exception {
        Path good;
        try (Running responder = authority.respond()) {
            good = authority.issue("good", GOOD, Authority.port(responder));
        }
        try (Receiver strict = receiver("OCSP");
                Receiver soft = receiver("OCSP_SOFT")) {
            isServed(soft, good);
            isRefused(strict, good, "unable to determine revocation status");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void a_session_is_not_resumed_for_long_without_asking(String protocol) throws Exception {
        Path session = folder.resolve("session.pem");
        try (Receiver receiver = receiver("OCSP")) {
            Path pump;
            try (Running responder = authority.respond()) {
                pump = authority.issue("pump", GOOD, Authority.port(responder));
                try (Running first = client(receiver, pump, protocol, "-sess_out", session)) {
                    first.send("hello\n").until("got 5 bytes\n");
                    first.end().status();
                }
            }
            assertThat(session).isNotEmptyFile();
            // the responder is gone: whoever is asked about now is refused
            await().until(() -> isRefusedNow(receiver, pump, protocol, "-sess_in", session));
            assertThat(receiver.refusal()).startsWith("DMG2204 ").contains("revocation status");
        }
    }

    /** Those that are not refused now may be later. */
    private boolean isRefusedNow(Receiver receiver, Path certificate, Object... more)
            throws Exception {
        try (Running client = client(receiver, certificate, more)) {
            client.send("hello\n").until("\n---\n");
            await().until(() -> client.isOver() || client.printed().contains("got 5 bytes\n"));
            return client.isOver();
        }
    }

    @Test
    void what_a_peer_sends_before_its_certificate_was_looked_at_stays_in_the_kernel()
            throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Receiver held = receiver("OCSP");
                Running client =
                        client(held, authority.issue("stuck", GOOD, silent.getLocalPort()))) {
            Thread sender = new Thread(() -> flood(client));
            sender.start();
            await().during(Duration.ofSeconds(1)).until(() -> held.kernelBytes() > 64 * 1024);
            client.kill();
            sender.join();
        }
    }

    /** Much more than a kernel takes; until the client ends. */
    private static void flood(Running client) {
        String lines = ("x".repeat(1023) + "\n").repeat(1024);
        try {
            for (int i = 0; i < 64; i++) {
                client.send(lines);
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "OCSP"})
    void a_responder_that_hangs_holds_up_no_other_listener(String revocation) throws Exception {
        List<Running> waiting = new ArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Running responder = authority.respond();
                Receiver held = receiver("OCSP");
                Receiver other = receiver(revocation)) {
            Path stuck = authority.issue("stuck", GOOD, silent.getLocalPort());
            Path good = authority.issue("good", GOOD, Authority.port(responder));
            for (int i = 0; i < MANY; i++) {
                waiting.add(client(held, stuck));
            }
            await().until(() -> held.opening() == MANY);
            isServed(other, good);
            assertThat(held.counters().refused()).as("those still wait").isZero();
        } finally {
            for (Running one : waiting) {
                one.close();
            }
        }
    }
}
