package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.Payload;
import io.dermaga.engine.settings.Setting;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module tls of Node.js, and connections of which one side ends first. */
class NodeTlsTest {

    private static final String PLAIN = "";

    /** The alert, unless what the client has sent meanwhile makes the kernel reset it. */
    private static final String REFUSED = "ERR_SSL_\\w+_ALERT_\\w+|ECONNRESET";

    private static Authority authority;
    private static Path server;

    private Program node;

    @BeforeAll
    static void issue(@TempDir Path folder) throws Exception {
        authority = new Authority(folder, "authority");
        server = authority.issue("localhost");
    }

    @BeforeEach
    void find() {
        node = Program.named("node");
    }

    private static byte[] size(byte[] payload) {
        return (payload.length + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Runs the script to its end. */
    private String send(Receiver receiver, String protocol, String input, Object... more)
            throws Exception {
        URL script = Objects.requireNonNull(NodeTlsTest.class.getResource("/converse.js"));
        Object[] all = new Object[4 + more.length];
        all[0] = Path.of(script.toURI());
        all[1] = receiver.port();
        all[2] = protocol;
        all[3] = authority.file();
        System.arraycopy(more, 0, all, 4, more.length);
        return node.run(input, all);
    }

    private static Receiver.Draft draft(String framing, String protocol) {
        Receiver.Draft draft = Receiver.draft(framing);
        return protocol.equals(PLAIN) ? draft : draft.tls(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void a_client_with_a_certificate_is_received_and_answered(String protocol) throws Exception {
        Path pump = authority.issue("pump-7");
        String large = "x".repeat(3_000_000);
        try (Receiver receiver =
                draft("lines", protocol).trusting(authority).answering(NodeTlsTest::size)) {
            assertThat(send(receiver, protocol, "Grüße\n" + large + "\n", "cert", pump, "lines", 2))
                    .isEqualTo("7\n3000000\nend\n");
            assertThat(receiver.texts()).containsExactly("Grüße", large);
            assertThat(receiver.session().protocol()).isEqualTo(protocol);
            assertThat(receiver.session().serverName()).isEqualTo("localhost");
            assertThat(receiver.session().peerCertificates().get(0).getSubjectX500Principal())
                    .hasToString("CN=pump-7");
            receiver.settled();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "TLSv1.3"})
    void a_client_that_has_ended_its_side_is_answered(String protocol) throws Exception {
        try (Receiver receiver = draft("eof", protocol).answering(NodeTlsTest::size)) {
            assertThat(send(receiver, protocol, "all\nof it")).isEqualTo("9\nend\n");
            assertThat(receiver.texts()).containsExactly("all\nof it");
            receiver.settled();
        }
    }

    @Test
    void a_client_that_ends_its_side_before_its_certificate_was_looked_at_is_received()
            throws Exception {
        Path pump = authority.issue("pump-7");
        try (Receiver receiver =
                draft("lines", "TLSv1.3").trusting(authority).answering(NodeTlsTest::size)) {
            assertThat(send(receiver, "TLSv1.3", "all\n", "cert", pump)).isEqualTo("3\nend\n");
            receiver.settled();
        }
    }

    private static byte[] endFirst(Payload payload) {
        if (payload.text().equals("bye")) {
            payload.connection().end("done\n".getBytes(StandardCharsets.US_ASCII));
        }
        return new byte[0];
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, "TLSv1.3"})
    void a_bean_that_has_ended_its_side_receives(String protocol) throws Exception {
        try (Receiver receiver =
                draft("lines", protocol)
                        .set(Setting.ALLOW_HALF_OPEN, true)
                        .talking(NodeTlsTest::endFirst)) {
            assertThat(send(receiver, protocol, "bye\n", "later", "more\n"))
                    .isEqualTo("done\nend\n");
            assertThat(receiver.texts(2)).containsExactly("bye", "more");
            receiver.settled();
        }
    }

    @Test
    void a_client_without_a_certificate_is_refused() throws Exception {
        try (Receiver receiver =
                draft("lines", "TLSv1.3").trusting(authority).answering(NodeTlsTest::size)) {
            assertThat(send(receiver, "TLSv1.3", "x\n")).containsPattern(REFUSED);
            assertThat(receiver.refusal()).startsWith("DMG2204 ");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    @Test
    void a_client_whose_authority_is_another_is_refused(@TempDir Path folder) throws Exception {
        Path stranger = new Authority(folder, "unknown").issue("stranger");
        try (Receiver receiver =
                draft("lines", "TLSv1.3").trusting(authority).answering(NodeTlsTest::size)) {
            assertThat(send(receiver, "TLSv1.3", "x\n", "cert", stranger)).containsPattern(REFUSED);
            assertThat(receiver.refusal()).startsWith("DMG2204 ");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    @Test
    void a_client_that_does_not_trust_the_server_sends_nothing(@TempDir Path folder)
            throws Exception {
        Path impostor = new Authority(folder, "unknown").issue("localhost");
        try (Receiver receiver =
                Receiver.draft("lines").tls(impostor).answering(NodeTlsTest::size)) {
            assertThat(send(receiver, "TLSv1.3", "x\n")).startsWith("SELF_SIGNED_CERT_IN_CHAIN");
            assertThat(receiver.texts()).isEmpty();
        }
    }
}
