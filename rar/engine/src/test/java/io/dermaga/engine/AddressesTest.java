package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.api.monitor.ListenerState;
import io.dermaga.engine.settings.Setting;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners with several addresses. */
@SuppressWarnings("AddressSelection") // of addresses, not of names
class AddressesTest {

    private static boolean hasIpv6() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static TestPeer connect(String host, EngineUnderTest engine) throws IOException {
        return new TestPeer(new Socket(host, engine.port()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "io_uring", "nio"})
    void every_address_is_bound_to_the_port_that_was_chosen_for_the_first(String transport)
            throws Exception {
        assumeTrue(hasIpv6());
        assumeTrue(!transport.equals("io_uring") || IoUring.isAvailable());
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .adapter("transport", transport)
                        .set(Setting.HOST, "127.0.0.1, ::1, 127.0.0.2")
                        .start()) {
            for (String host : new String[] {"127.0.0.1", "::1", "127.0.0.2"}) {
                try (TestPeer peer = connect(host, engine)) {
                    assertThat(peer.send(host).end().untilEnd()).isEqualTo("FIN");
                }
            }
            engine.settled();
            assertThat(engine.bean().texts()).containsExactly("127.0.0.1", "::1", "127.0.0.2");
            assertThat(engine.listener().host()).isEqualTo("127.0.0.1,::1,127.0.0.2");
        }
    }

    @Test
    void no_address_is_bound_if_one_cannot_be() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
                EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.HOST, "127.0.0.1,127.0.0.2")
                                .set(Setting.PORT, taken.getLocalPort())
                                .begin()) {
            await().until(() -> engine.listener().state() == ListenerState.FAILED);
            assertThat(engine.listener().error())
                    .contains(taken.getLocalPort() + " on 127.0.0.2, which is in use");
            await().untilAsserted(
                            () -> {
                                try (ServerSocket free =
                                        new ServerSocket(
                                                taken.getLocalPort(),
                                                1,
                                                InetAddress.getByName("127.0.0.1"))) {
                                    assertThat(free.isBound()).isTrue();
                                }
                            });
        }
    }

    @Test
    void a_name_is_looked_up_and_the_same_address_is_bound_once() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.HOST, "localhost,127.0.0.1")
                                .set(Setting.FRAMING, "lines")
                                .start();
                TestPeer peer = engine.connect()) {
            assertThat(peer.send("one\n").end().untilEnd()).isEqualTo("FIN");
        }
    }

    @Test
    void an_ipv6_wildcard_that_is_ipv6_only_leaves_ipv4_to_others() throws Exception {
        assumeTrue(hasIpv6());
        assumeTrue(Epoll.isAvailable());
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.HOST, "::")
                                .set(Setting.IPV6_ONLY, "true")
                                .start();
                ServerSocket other =
                        new ServerSocket(engine.port(), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(other.isBound()).isTrue();
            try (TestPeer peer = connect("::1", engine)) {
                assertThat(peer.send("six").end().untilEnd()).isEqualTo("FIN");
            }
        }
    }

    @Test
    void a_port_can_be_shared_with_others_that_want_to() throws Exception {
        try (EngineUnderTest first =
                        EngineUnderTest.draft().set(Setting.REUSE_PORT, "true").start();
                EngineUnderTest second =
                        EngineUnderTest.draft()
                                .set(Setting.REUSE_PORT, "true")
                                .set(Setting.PORT, first.port())
                                .start()) {
            assertThat(second.port()).isEqualTo(first.port());
        }
    }
}
