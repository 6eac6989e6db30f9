package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsException;
import io.dermaga.engine.settings.SettingsReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Who may listen and who may connect. */
class AdmissionTest {

    @Test
    void a_connection_above_max_connections_is_reset_and_a_free_place_is_given_again()
            throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.MAX_CONNECTIONS, 2)
                                .start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            await().until(() -> engine.counters().accepted() == 2);
            try (TestPeer third = engine.connect()) {
                assertThat(third.untilEnd()).isEqualTo("RST");
            }
            assertThat(engine.counters().refused()).isEqualTo(1);
            assertThat(engine.events(MonitorEvent.Kind.REFUSED))
                    .singleElement()
                    .extracting(MonitorEvent::text)
                    .asString()
                    .startsWith("DMG2101 connection from 127.0.0.1:")
                    .endsWith("is refused: maxConnections=2 are open");
            first.end();
            assertThat(first.untilEnd()).isEqualTo("FIN");
            await().until(() -> engine.listener().connections() == 1);
            try (TestPeer third = engine.connect()) {
                third.send("welcome\n").end();
                assertThat(third.untilEnd()).isEqualTo("FIN");
            }
            second.send("still here\n").end();
            assertThat(second.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("welcome", "still here");
        }
    }

    @Test
    void no_port_is_bound_before_a_bean_can_be_had() throws Exception {
        EngineUnderTest.Draft draft = EngineUnderTest.draft();
        draft.bean().instances(0);
        try (EngineUnderTest engine = draft.begin()) {
            assertThat(engine.listener().state()).isEqualTo(ListenerState.STARTING);
            assertThat(engine.port()).isZero();
            engine.bean().instances(1);
            await().until(() -> engine.listener().state() == ListenerState.LISTENING);
            try (TestPeer peer = engine.connect()) {
                assertThat(peer.send("hello").end().untilEnd()).isEqualTo("FIN");
            }
            assertThat(engine.bean().endpointsCreated()).isEqualTo(1);
        }
    }

    @Test
    void a_port_in_use_fails_one_listener_which_binds_by_itself_when_it_becomes_free()
            throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try {
            Properties outer = new Properties();
            outer.setProperty("dermaga.blocked.port", Integer.toString(taken.getLocalPort()));
            RecordingBean bean = new RecordingBean();
            try (EngineUnderTest host = EngineUnderTest.draft().ownEngine().start()) {
                Activation activation =
                        host.engine()
                                .activate(
                                        "two",
                                        SettingsReader.read(
                                                Map.of(
                                                        Setting.LISTENERS, "blocked,free",
                                                        Setting.HOST, "127.0.0.1",
                                                        Setting.PORT, "0"),
                                                "two",
                                                List.of(
                                                        new SettingSource.OfProperties(
                                                                outer, "file ")),
                                                Engine.rules(AdmissionTest.class.getClassLoader())),
                                        BeanShape.ofPayloads(),
                                        EngineUnderTest::work,
                                        bean);
                activation.start();
                await().until(() -> host.listener("blocked").state() == ListenerState.FAILED);
                ListenerSnapshot blocked = host.listener("blocked");
                assertThat(blocked.error())
                        .startsWith(
                                "DMG1201 listener 'blocked' cannot listen: property 'port': given ")
                        .contains(taken.getLocalPort() + " on 127.0.0.1, which is in use");
                assertThat(blocked.port()).isEqualTo(taken.getLocalPort());
                await().until(() -> host.listener("free").state() == ListenerState.LISTENING);
                try (TestPeer peer = new TestPeer(host.listener("free").port())) {
                    assertThat(peer.send("goes on").end().untilEnd()).isEqualTo("FIN");
                }
                taken.close();
                await().until(() -> host.listener("blocked").state() == ListenerState.LISTENING);
                assertThat(host.listener("blocked").error()).isNull();
                try (TestPeer peer = new TestPeer(host.listener("blocked").port())) {
                    assertThat(peer.send("by itself").end().untilEnd()).isEqualTo("FIN");
                }
                assertThat(bean.texts()).containsExactly("goes on", "by itself");
            }
        } finally {
            taken.close();
        }
    }

    @Test
    void a_host_that_is_none_of_this_machine_is_said_in_words() throws Exception {
        Map<String, String> words =
                Map.of(
                        "no-such-host.invalid", "a name that is not known here",
                        "203.0.113.1", "which is no address of this machine");
        for (Map.Entry<String, String> one : words.entrySet()) {
            try (EngineUnderTest engine =
                    EngineUnderTest.draft().set(Setting.HOST, one.getKey()).begin()) {
                await().until(() -> engine.listener().state() == ListenerState.FAILED);
                assertThat(engine.listener().error())
                        .startsWith("DMG1201 ")
                        .contains(
                                "property 'host': given '" + one.getKey() + "', " + one.getValue());
                assertThat(engine.events(MonitorEvent.Kind.LISTENER_FAILED)).hasSize(1);
            }
        }
    }

    @Test
    void a_name_that_is_taken_is_refused_with_its_owner() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines")) {
            assertThatExceptionOfType(SettingsException.class)
                    .isThrownBy(
                            () ->
                                    engine.engine()
                                            .activate(
                                                    "other key",
                                                    SettingsReader.read(
                                                            Map.of(Setting.PORT, "0"),
                                                            engine.name(),
                                                            List.of(),
                                                            Engine.rules(
                                                                    AdmissionTest.class
                                                                            .getClassLoader())),
                                                    BeanShape.ofPayloads(),
                                                    EngineUnderTest::work,
                                                    new RecordingBean()))
                    .withMessageContaining(
                            "DMG1104 property 'name': given '%s', which is the name of a listener of activation 'key of %s' already, allowed: a name of its own, the same group, or groups that copies names",
                            engine.name(), engine.name());
        }
    }
}
