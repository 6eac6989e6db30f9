package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsException;
import io.dermaga.engine.settings.SettingsReader;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket options as a listener has them. */
class SocketOptionsOfListenersTest {

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io_uring", "nio"})
    void a_connection_that_lingers_ends_in_order_and_a_reset_stays_one(String transport)
            throws Exception {
        assumeTrue(!transport.equals("epoll") || Epoll.isAvailable());
        assumeTrue(!transport.equals("io_uring") || IoUring.isAvailable());
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .adapter("transport", transport)
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.LINGER, "2s")
                        .start()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("destroy")) {
                                    payload.connection().destroy();
                                } else {
                                    payload.connection().end(payload.bytes());
                                }
                            });
            try (TestPeer peer = engine.connect()) {
                peer.send("hello\n").end();
                assertThat(peer.untilEnd()).isEqualTo("helloFIN");
            }
            try (TestPeer peer = engine.connect()) {
                peer.send("destroy\n");
                assertThat(peer.untilEnd()).isEqualTo("RST");
            }
            engine.settled();
        }
    }

    @Test
    void an_option_that_the_transport_does_not_have_is_refused() {
        try (Engine engine =
                new Engine(
                        AdapterSettings.read(
                                List.of(
                                        SettingSource.environment(
                                                Map.of("dermaga_adapter_transport", "nio")))))) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(
                            () ->
                                    engine.activate(
                                            "key",
                                            SettingsReader.read(
                                                    Map.of(
                                                            Setting.HOST, "::1",
                                                            Setting.PORT, "0",
                                                            Setting.IPV6_ONLY, "true"),
                                                    "orders",
                                                    List.of(),
                                                    Engine.rules(getClass().getClassLoader())),
                                            BeanShape.ofPayloads(),
                                            EngineUnderTest::work,
                                            new RecordingBean()))
                    .withMessageContaining(
                            "DMG1008 property 'ipv6Only' of listener 'orders': given 'true' (activation), which transport nio does not have, allowed: false, or dermaga.adapter.transport=epoll");
        }
    }

    @Test
    void a_buffer_that_the_kernel_does_not_grant_is_told_of() throws Exception {
        assumeTrue(Epoll.isAvailable());
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .set(Setting.RECEIVE_BUFFER, "1GiB")
                        .set(Setting.SEND_BUFFER, "8KiB")
                        .start()) {
            await().untilAsserted(
                            () ->
                                    assertThat(engine.events(Kind.LISTENING))
                                            .extracting(MonitorEvent::text)
                                            .filteredOn(text -> text.startsWith("DMG2120 "))
                                            .singleElement()
                                            .asString()
                                            .contains("receiveBuffer=1GiB is ")
                                            .doesNotContain("sendBuffer"));
        }
    }
}
