package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.ProxyHeader;
import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.EffectiveSetting;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.api.monitor.Rates;
import io.dermaga.api.monitor.Refusal;
import io.dermaga.engine.settings.Setting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may connect, from where, how often and how fast. */
class AccessTest {

    private static final String V1 = "PROXY TCP4 203.0.113.7 192.0.2.1 51422 8001\r\n";

    /** Version 2, TCP over IPv6 from 2001:db8::7 port 9, with an authority and a unique id. */
    private static final String V2 =
            "0d0a0d0a000d0a515549540a"
                    + "21"
                    + "21"
                    + "0034"
                    + "20010db8000000000000000000000007"
                    + "20010db8000000000000000000000001"
                    + "0009"
                    + "1f41"
                    + "02000b6578616d706c652e6f7267" // 11 bytes, example.org
                    + "0500";

    private static EngineUnderTest.Draft draft() {
        return EngineUnderTest.draft().set(Setting.FRAMING, "lines");
    }

    private static void isRefused(EngineUnderTest engine, Refusal why, String... words)
            throws Exception {
        try (TestPeer peer = engine.connect()) {
            assertThat(peer.untilEnd()).isEqualTo("RST");
        }
        await().until(() -> engine.counters().refusedBy().getOrDefault(why, 0L) > 0);
        assertThat(engine.events(Kind.REFUSED))
                .anySatisfy(event -> assertThat(event.text()).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "'127.0.0.0/8', ''",
        "'10.0.0.0/8,127.0.0.1', ''",
        "'', '10.0.0.0/8'",
        "'127.0.0.0/8', '127.0.0.2'",
        "'0.0.0.0/0', '::/0'"
    })
    void an_address_that_is_allowed_and_not_denied_may_connect(String allow, String deny)
            throws Exception {
        try (EngineUnderTest engine =
                        draft().set(Setting.ALLOW, allow).set(Setting.DENY, deny).start();
                TestPeer peer = engine.connect()) {
            peer.send("x\n");
            await().until(() -> engine.bean().texts().contains("x"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.0/8', ''",
        "'', '127.0.0.0/8'",
        "'127.0.0.1', '127.0.0.0/9'",
        "'::1', ''",
        "'127.0.0.2/31', ''"
    })
    void another_address_is_refused(String allow, String deny) throws Exception {
        try (EngineUnderTest engine =
                draft().set(Setting.ALLOW, allow).set(Setting.DENY, deny).start()) {
            isRefused(engine, Refusal.ACCESS, "DMG2115 ", "127.0.0.1:", "allow and deny");
            assertThat(engine.counters().accepted()).isZero();
        }
    }

    @Test
    void an_operator_changes_who_may_connect_and_who_may_not_is_closed() throws Exception {
        try (EngineUnderTest engine = draft().start();
                TestPeer peer = engine.connect()) {
            peer.send("x\n");
            await().until(() -> engine.bean().texts().contains("x"));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () -> engine.monitor().changeAccess(engine.name(), "10/8", "", "eve"))
                    .withMessageContaining("DMG1001 'allow': given '10/8'");

            engine.monitor().changeAccess(engine.name(), "", "127.0.0.1", "eve");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            isRefused(engine, Refusal.ACCESS, "DMG2115 ");
            assertThat(engine.event(Kind.ACCESS).text())
                    .contains("DMG2117 ", "'eve'", "deny=127.0.0.1/32");
            assertThat(engine.listener().settings())
                    .contains(new EffectiveSetting("deny", "127.0.0.1/32", "operator eve"));

            engine.monitor().changeAccess(engine.name(), "", "", "eve");
            try (TestPeer again = engine.connect()) {
                again.send("y\n");
                await().until(() -> engine.bean().texts().contains("y"));
            }
        }
    }

    @Test
    void one_address_has_so_many_connections_at_a_time() throws Exception {
        try (EngineUnderTest engine = draft().set(Setting.MAX_CONNECTIONS_PER_ADDRESS, 2).start();
                TestPeer first = engine.connect()) {
            TestPeer second = engine.connect();
            await().until(() -> engine.counters().accepted() == 2);
            isRefused(
                    engine,
                    Refusal.MAX_CONNECTIONS_PER_ADDRESS,
                    "DMG2114 ",
                    "maxConnectionsPerAddress=2");

            second.close();
            await().until(() -> engine.listener().connections() == 1);
            try (TestPeer third = engine.connect()) {
                third.send("x\n");
                await().until(() -> engine.bean().texts().contains("x"));
            }
            first.send("y\n");
            await().until(() -> engine.bean().texts().contains("y"));
        }
    }

    @Test
    void more_connections_than_the_accept_rate_wait_and_are_served() throws Exception {
        List<TestPeer> peers = new ArrayList<>();
        try (EngineUnderTest engine = draft().set(Setting.ACCEPT_RATE, 20).start()) {
            long before = System.nanoTime();
            for (int i = 0; i < 30; i++) {
                peers.add(engine.connect().send(i + "\n"));
            }
            await().until(() -> engine.bean().texts().size() == 30);

            assertThat(System.nanoTime() - before)
                    .as("20 at once, 10 more take half a second")
                    .isGreaterThan(400_000_000);
            assertThat(engine.counters().refused()).isZero();
        } finally {
            for (TestPeer peer : peers) {
                peer.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_trusted_proxy_tells_who_has_connected(boolean inPieces) throws Exception {
        AtomicReference<ProxyHeader> seen = new AtomicReference<>();
        try (EngineUnderTest engine = draft().set(Setting.PROXY_FROM, "127.0.0.0/8").start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            engine.bean().onPayload(one -> seen.set(one.connection().proxy().orElseThrow()));
            byte[] header = (V1 + "one\n").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; inPieces && i < 20; i++) {
                first.send(new byte[] {header[i]});
            }
            int sent = inPieces ? 20 : 0;
            first.send(Arrays.copyOfRange(header, sent, header.length));
            await().until(() -> engine.messages().size() == 1);

            assertThat(engine.messages().get(0).remoteAddress())
                    .isEqualTo(new InetSocketAddress("203.0.113.7", 51422));
            assertThat(Objects.requireNonNull(seen.get()).destination())
                    .isEqualTo(new InetSocketAddress("192.0.2.1", 8001));
            assertThat(seen.get().proxy().getPort()).isEqualTo(first.localPort());
            assertThat(engine.counters().bytesRead()).as("of payloads").isEqualTo(4);

            second.send(HexFormat.of().parseHex(V2)).send("two\n");
            await().until(() -> engine.messages().size() == 2);
            assertThat(engine.messages().get(1).remoteAddress())
                    .isEqualTo(new InetSocketAddress("2001:db8::7", 9));
            assertThat(seen.get().tlvs()).hasSize(1);
            assertThat(seen.get().tlvs().get(0).type()).isEqualTo(2);
            assertThat(
                            StandardCharsets.US_ASCII
                                    .decode(seen.get().tlvs().get(0).value())
                                    .toString())
                    .isEqualTo("example.org");
        }
    }

    @Test
    void access_and_limits_are_for_whom_the_proxy_names() throws Exception {
        try (EngineUnderTest engine =
                        draft().set(Setting.PROXY_FROM, "127.0.0.1")
                                .set(Setting.DENY, "203.0.113.0/24")
                                .set(Setting.MAX_CONNECTIONS_PER_ADDRESS, 1)
                                .start();
                TestPeer denied = engine.connect();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect();
                TestPeer other = engine.connect()) {
            denied.send(V1 + "x\n");
            assertThat(denied.untilEnd()).isEqualTo("RST");
            assertThat(engine.event(Kind.REFUSED).text()).contains("DMG2115 ", "203.0.113.7:51422");

            first.send("PROXY TCP4 198.51.100.1 192.0.2.1 1 2\r\na\n");
            await().until(() -> engine.bean().texts().contains("a"));
            second.send("PROXY TCP4 198.51.100.1 192.0.2.1 1 2\r\nb\n");
            assertThat(second.untilEnd()).isEqualTo("RST");
            other.send("PROXY TCP4 198.51.100.2 192.0.2.1 1 2\r\nc\n");
            await().until(() -> engine.bean().texts().contains("c"));
            assertThat(engine.bean().texts()).containsExactly("a", "c");
        }
    }

    @Test
    void a_proxy_that_asks_for_itself_keeps_its_address() throws Exception {
        try (EngineUnderTest engine = draft().set(Setting.PROXY_FROM, "127.0.0.1").start();
                TestPeer peer = engine.connect()) {
            peer.send("PROXY UNKNOWN\r\nx\n");
            await().until(() -> engine.messages().size() == 1);
            assertThat(engine.messages().get(0).remoteAddress().getPort())
                    .isEqualTo(peer.localPort());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello, world! no header\r\n",
                "PROXY TCP4 999.0.0.1 1.2.3.4 1 2\r\n",
                "PROXY TCP4 1.2.3.4 1.2.3.4 1 70000\r\n",
                "\r\n\r\n\0\r\nQUIT\n\377\021\0\014"
            })
    void a_trusted_proxy_without_a_header_that_can_be_read_is_refused(String opening)
            throws Exception {
        try (EngineUnderTest engine = draft().set(Setting.PROXY_FROM, "127.0.0.1").start();
                TestPeer peer = engine.connect()) {
            peer.send(opening + "x\n".repeat(60));

            assertThat(peer.untilEnd()).isIn("RST", "FIN"); // what the kernel makes of it
            await().until(() -> engine.counters().closed() == 1);
            assertThat(engine.counters().refusedBy()).containsEntry(Refusal.PROXY_HEADER, 1L);
            assertThat(engine.event(Kind.CLOSED).text()).contains("PROXY_HEADER");
            assertThat(engine.event(Kind.REFUSED).text()).startsWith("DMG2116 ");
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    @Test
    void a_header_of_somebody_else_is_payload() throws Exception {
        try (EngineUnderTest engine = draft().set(Setting.PROXY_FROM, "10.0.0.1").start();
                TestPeer peer = engine.connect()) {
            peer.send(V1);
            await().until(() -> engine.bean().texts().contains(V1.strip()));
            assertThat(engine.connection().proxy()).isNull();
        }
    }

    @Test
    void a_header_that_does_not_end_meets_the_deadline() throws Exception {
        try (EngineUnderTest engine =
                        draft().set(Setting.PROXY_FROM, "127.0.0.1")
                                .set(Setting.HANDSHAKE_TIMEOUT, "300ms")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("PROXY TCP4");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.event(Kind.REFUSED).text()).startsWith("DMG2205 ");
        }
    }

    @Test
    void tls_comes_after_the_header_of_a_proxy(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki(directory, "authority");
        try (EngineUnderTest engine =
                        draft().set(Setting.PROXY_FROM, "127.0.0.1")
                                .set(Setting.TLS, "REQUIRED")
                                .set(
                                        Setting.TLS_CERTIFICATE,
                                        pki.combined("s.pem", pki.issue("localhost")))
                                .start();
                Socket wire = new Socket(InetAddress.getLoopbackAddress(), engine.port())) {
            wire.getOutputStream().write(V1.getBytes(StandardCharsets.US_ASCII));
            try (TestPeer peer = new TestPeer(pki.client().over(wire))) {
                peer.send("x\n");
                await().until(() -> engine.bean().texts().contains("x"));
                assertThat(engine.connection().tls()).isNotNull();
                assertThat(engine.connection().remoteAddress().getPort()).isEqualTo(51422);
                assertThat(Objects.requireNonNull(engine.connection().proxy()).getPort())
                        .isEqualTo(wire.getLocalPort());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"READ_RATE", "CONNECTION_READ_RATE"})
    void no_more_is_read_than_the_rate_until_an_operator_changes_it(Setting setting)
            throws Exception {
        try (EngineUnderTest engine = draft().set(setting, "16KiB").start();
                TestPeer peer = engine.connect()) {
            Thread sender =
                    new Thread(
                            () -> quietly(() -> peer.send(("x".repeat(63) + "\n").repeat(4096))));
            sender.start();
            await().until(() -> engine.connection().holds().contains(Hold.RATE));
            long at = System.nanoTime();
            long read = engine.counters().bytesRead();
            await().until(() -> engine.counters().bytesRead() > read + 4096);
            assertThat(System.nanoTime() - at).isGreaterThan(100_000_000);

            engine.monitor().changeRates(engine.name(), new Rates(0, 0, 0, 0), "eve");
            await().until(() -> engine.bean().texts().size() == 4096);
            assertThat(engine.event(Kind.ACCESS).text()).contains("DMG2118 ", "'eve'");
            sender.join();
        }
    }

    @ParameterizedTest
    @CsvSource({"WRITE_RATE", "CONNECTION_WRITE_RATE"})
    void no_more_is_written_than_the_rate_until_an_operator_changes_it(Setting setting)
            throws Exception {
        try (EngineUnderTest engine = draft().set(setting, "16KiB").start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                for (int i = 0; i < 64; i++) {
                                    payload.connection().write(new byte[1024]);
                                }
                            });
            peer.send("go\n");
            long at = System.nanoTime();
            assertThat(peer.in().readNBytes(32 * 1024)).hasSize(32 * 1024);
            assertThat(System.nanoTime() - at).isGreaterThan(700_000_000);
            assertThat(engine.connection().writeBufferBytes()).isPositive();

            engine.monitor().changeRates(engine.name(), new Rates(0, 0, 0, 0), "eve");
            assertThat(peer.in().readNBytes(32 * 1024)).hasSize(32 * 1024);
        }
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
