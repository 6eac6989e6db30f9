package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.ProxyHeader.Tlv;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HAProxy in front of a listener; the clients come from an address of their own. */
class HaproxyTest {

    private static final byte[] CLIENT = {127, 0, 0, 2};

    // PROXY protocol, 2.2
    private static final int UNIQUE_ID = 0x05;
    private static final int SSL = 0x20;
    private static final int SSL_VERSION = 0x21;
    private static final int SSL_CN = 0x22;

    private static Authority authority;
    private static Path server;

    private Path folder;

    @BeforeAll
    static void issue(@TempDir Path folder) throws Exception {
        authority = new Authority(folder, "authority");
        server = authority.issue("localhost");
    }

    @BeforeEach
    void keepIn(@TempDir Path given) {
        folder = given;
    }

    private static byte[] size(byte[] payload) {
        return "got %d bytes%n".formatted(payload.length).getBytes(StandardCharsets.US_ASCII);
    }

    private static Receiver.Draft behindProxy() {
        return Receiver.draft("lines").set(Setting.PROXY_FROM, "127.0.0.1");
    }

    /** A running proxy, and the port at which it takes connections. */
    private record Proxy(Running process, int port) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            process.close();
        }
    }

    /**
     * Starts it in front of a receiver.
     *
     * @param bind how it takes connections
     * @param forward how it passes them on
     */
    private Proxy proxy(Receiver receiver, String bind, String forward) throws Exception {
        Program haproxy = Program.named("haproxy");
        int port = freePort();
        Path configuration =
                Files.writeString(
                        folder.resolve("haproxy.cfg"),
                        """
                        global
                          log stdout format raw local0
                        defaults
                          log global
                          option log-health-checks
                          mode tcp
                          timeout connect 5s
                          timeout client 30s
                          timeout server 30s
                          unique-id-format %%ci-%%cp
                        listen front
                          bind 127.0.0.1:%d %s
                          server back 127.0.0.1:%d %s
                        """
                                .formatted(port, bind, receiver.port(), forward));
        Running running = new Running(haproxy, "-db", "-V", "-f", configuration);
        await().until(() -> running.isOver() || isListening(port));
        assertThat(running.isOver()).as(running.printed()).isFalse();
        return new Proxy(running, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Whether somebody listens there, as the kernel tells (proc(5)): a connection would be passed
     * on, and to bind it would keep the proxy from doing so.
     */
    private static boolean isListening(int port) throws IOException {
        String listening = ":%04X 00000000:0000 0A ".formatted(port);
        return Files.readString(Path.of("/proc/net/tcp")).contains(listening);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void the_bean_sees_the_address_of_the_client(String forward) throws Exception {
        try (Receiver receiver = behindProxy().answering(HaproxyTest::size);
                Proxy proxy = proxy(receiver, "", forward);
                Client client = new Client(CLIENT, proxy.port())) {
            assertThat(client.ask("hello")).isEqualTo("got 5 bytes");
            Receiver.Peer peer = receiver.peers().get(0);
            assertThat(peer.address()).isEqualTo(client.address());
            ProxyHeader header = peer.proxy().orElseThrow();
            assertThat(header.destination())
                    .isEqualTo(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port()));
            assertThat(header.proxy().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void the_bean_sees_the_number_that_the_proxy_has_given_to_a_connection() throws Exception {
        try (Receiver receiver = behindProxy().answering(HaproxyTest::size);
                Proxy proxy =
                        proxy(receiver, "", "send-proxy-v2 proxy-v2-options unique-id,crc32c");
                Client client = new Client(CLIENT, proxy.port())) {
            assertThat(client.ask("hello")).isEqualTo("got 5 bytes");
            assertThat(text(receiver, UNIQUE_ID))
                    .contains("127.0.0.2-" + client.address().getPort());
        }
    }

    @Test
    void the_bean_sees_how_the_proxy_was_reached_over_tls() throws Exception {
        Path pump = authority.issue("pump-7");
        String bind = "ssl crt %s ca-file %s verify required".formatted(server, authority.file());
        try (Receiver receiver = behindProxy().answering(HaproxyTest::size);
                Proxy proxy = proxy(receiver, bind, "send-proxy-v2-ssl-cn");
                Running client = tlsClient(proxy, pump)) {
            client.send("hello\n").until("got 5 bytes\n");
            Receiver.Peer peer = receiver.peers().get(0);
            assertThat(peer.tls()).as("between the proxy and the bean").isEmpty();
            assertThat(value(receiver, SSL)).isPresent();
            assertThat(text(receiver, SSL_VERSION)).contains("TLSv1.3");
            assertThat(text(receiver, SSL_CN)).contains("pump-7");
        }
    }

    private static Running tlsClient(Proxy proxy, Path certificate) throws Exception {
        return new Running(
                Program.named("openssl"),
                "s_client",
                "-connect",
                Receiver.HOST + ":" + proxy.port(),
                "-CAfile",
                authority.file(),
                "-verify_return_error",
                "-cert",
                certificate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void tls_goes_through_the_proxy(String forward) throws Exception {
        Path pump = authority.issue("pump-7");
        try (Receiver receiver =
                        behindProxy().tls(server).trusting(authority).answering(HaproxyTest::size);
                Proxy proxy = proxy(receiver, "", forward);
                Running client = tlsClient(proxy, pump)) {
            client.send("hello\n").until("got 5 bytes\n");
            assertThat(client.printed()).contains("Verify return code: 0 (ok)");
            assertThat(receiver.session().peerCertificates().get(0).getSubjectX500Principal())
                    .hasToString("CN=pump-7");
            assertThat(receiver.peers().get(0).proxy()).isPresent();
            client.end().status();
            receiver.settled();
        }
    }

    private static Optional<ByteBuffer> value(Receiver receiver, int type) {
        receiver.texts(1);
        return receiver.peers().get(0).proxy().orElseThrow().tlvs().stream()
                .filter(tlv -> tlv.type() == type)
                .map(Tlv::value)
                .findFirst();
    }

    private static Optional<String> text(Receiver receiver, int type) {
        return value(receiver, type).map(one -> StandardCharsets.UTF_8.decode(one).toString());
    }

    /**
     * Which the proxy opens and closes several times a second; so fast that some are seen by the
     * kernel alone.
     */
    @ParameterizedTest
    @CsvSource({
        "OFF, '', '', 0",
        "OFF, 127.0.0.1, '', 0",
        "OFF, 127.0.0.1, send-proxy, 5",
        "OFF, 127.0.0.1, send-proxy-v2, 5",
        "OFF, 127.0.0.1, check-send-proxy send-proxy-v2, 5",
        "REQUIRED, '', '', 0",
        "REQUIRED, '', check-ssl verify none, 5",
        "REQUIRED, 127.0.0.1, send-proxy, 5",
        "REQUIRED, 127.0.0.1, check-send-proxy send-proxy-v2, 5",
        "OPTIONAL, '', '', 0"
    })
    void a_health_check_is_nothing_to_be_warned_of(
            String tls, String proxyFrom, String forward, int seen) throws Exception {
        try (Receiver receiver =
                        Receiver.draft("lines")
                                .tls(server)
                                .set(Setting.TLS, tls)
                                .set(Setting.PROXY_FROM, proxyFrom)
                                .answering(Receiver.Answer.NONE);
                Proxy proxy = proxy(receiver, "", "check inter 250ms fall 1 " + forward)) {
            proxy.process().until("check passed");
            await().until(() -> receiver.counters().closed() >= seen);
            assertThat(receiver.counters().refused()).as("%s", receiver.events()).isZero();
            assertThat(receiver.events())
                    .filteredOn(one -> !isOrdinary(one))
                    .as("more than the log's details")
                    .isEmpty();
            assertThat(proxy.process().printed()).doesNotContain("DOWN");
        }
    }

    /** Nothing that is logged as a warning. */
    private static boolean isOrdinary(MonitorEvent event) {
        return switch (event.kind()) {
            case LISTENING, CONNECTED, ENDED, CLOSED -> true;
            case ERROR -> event.text().matches("DMG2102 .* failed: .*[Cc]onnection reset.*");
            default -> false;
        };
    }
}
