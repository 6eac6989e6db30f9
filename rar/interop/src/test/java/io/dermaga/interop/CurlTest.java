package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.Payload;
import io.dermaga.engine.settings.Setting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** curl: https, telnet, and the header of a proxy. */
class CurlTest {

    private static final String[] POST = {"--data-binary", "order 7||"};

    private static Authority authority;
    private static Path server;

    private Program curl;

    @BeforeAll
    static void issue(@TempDir Path folder) throws Exception {
        authority = new Authority(folder, "authority");
        server = authority.issue("localhost");
    }

    @BeforeEach
    void find() {
        curl = Program.named("curl");
    }

    private static Receiver.Draft draft() {
        return Receiver.draft("delimiter('||')").tls(server);
    }

    /** What a server of HTTP answers. */
    private static byte[] size(byte[] payload) {
        String body = payload.length + " bytes";
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s";
        return answer.formatted(body.length(), body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Asks for a page of the receiver under its name, which is looked up nowhere. */
    private static Object[] https(Receiver receiver, Object... more) {
        List<Object> all =
                new ArrayList<>(
                        List.of(
                                "--silent",
                                "--show-error",
                                "--noproxy",
                                "*",
                                "--max-time",
                                20,
                                "--cacert",
                                authority.file(),
                                "--resolve",
                                "localhost:%d:%s".formatted(receiver.port(), Receiver.HOST)));
        all.addAll(List.of(more));
        all.add("https://localhost:%d/orders".formatted(receiver.port()));
        return all.toArray();
    }

    @ParameterizedTest
    @CsvSource({"1.3, TLSv1.3", "1.2, TLSv1.2"})
    void a_body_that_is_posted_is_received_and_answered(String most, String protocol)
            throws Exception {
        try (Receiver receiver = draft().answering(CurlTest::size)) {
            String printed = curl.run("", https(receiver, "--tls-max", most, POST[0], POST[1]));
            assertThat(receiver.texts()).hasSize(1);
            assertThat(receiver.texts().get(0))
                    .startsWith("POST /orders HTTP/1.1\r\n")
                    .endsWith("\r\n\r\norder 7");
            assertThat(printed).isEqualTo(receiver.payloads().get(0).length + " bytes");
            assertThat(receiver.session().protocol()).isEqualTo(protocol);
            receiver.settled();
        }
    }

    @Test
    void a_certificate_is_shown_to_the_bean() throws Exception {
        Path pump = authority.issue("pump-7");
        try (Receiver receiver = draft().trusting(authority).answering(CurlTest::size)) {
            curl.run("", https(receiver, "--cert", pump, POST[0], POST[1]));
            assertThat(receiver.session().peerCertificates().get(0).getSubjectX500Principal())
                    .hasToString("CN=pump-7");
        }
    }

    @Test
    void without_a_certificate_it_is_refused() throws Exception {
        try (Receiver receiver = draft().trusting(authority).answering(CurlTest::size);
                Running client = new Running(curl, https(receiver, POST[0], POST[1]))) {
            assertThat(client.status()).isIn(35, 56); // in the handshake, or when it reads
            assertThat(client.printed()).contains("alert bad certificate");
            assertThat(receiver.refusal()).startsWith("DMG2204 ");
            assertThat(receiver.texts()).isEmpty();
        }
    }

    private static byte[] converse(Payload payload) {
        if (payload.text().equals("bye")) {
            payload.connection().end("bye\n".getBytes(StandardCharsets.US_ASCII));
            return new byte[0];
        }
        return "%d bytes%n".formatted(payload.size()).getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void a_dialogue_goes_over_telnet() throws Exception {
        try (Receiver receiver = Receiver.draft("lines").talking(CurlTest::converse);
                Running client =
                        new Running(
                                curl,
                                "--silent",
                                "--no-buffer",
                                "--noproxy",
                                "*",
                                "--max-time",
                                20,
                                "telnet://%s:%d".formatted(Receiver.HOST, receiver.port()))) {
            client.send("one\n").until("3 bytes\n");
            client.send("Grüße\n").until("7 bytes\n");
            client.send("bye\n").until("bye\n");
            client.end(); // it does not see that the other side has ended
            assertThat(client.status()).isZero();
            assertThat(receiver.texts()).containsExactly("one", "Grüße", "bye");
            receiver.settled();
        }
    }

    @Test
    void the_header_of_a_proxy_comes_before_tls() throws Exception {
        try (Receiver receiver =
                draft().set(Setting.PROXY_FROM, "127.0.0.1").answering(CurlTest::size)) {
            String port =
                    curl.run(
                            "",
                            https(
                                    receiver,
                                    "--haproxy-protocol",
                                    "--output",
                                    "/dev/null",
                                    "--write-out",
                                    "%{local_port}",
                                    POST[0],
                                    POST[1]));
            Receiver.Peer peer = receiver.peers().get(0);
            InetSocketAddress own =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            assertThat(peer.address()).isEqualTo(own);
            assertThat(peer.proxy().orElseThrow().proxy()).isEqualTo(own);
            assertThat(peer.proxy().orElseThrow().destination())
                    .isEqualTo(
                            new InetSocketAddress(
                                    InetAddress.getLoopbackAddress(), receiver.port()));
            assertThat(peer.tls()).isPresent();
            receiver.settled();
        }
    }
}
