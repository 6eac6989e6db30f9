package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.MonitorEvent.Kind;
import io.dermaga.engine.listen.Listener;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator does to listeners and connections. */
class LifeOfListenersTest {

    private static void awaitState(EngineUnderTest engine, ListenerState state) {
        await().until(() -> engine.listener().state() == state);
    }

    private static void assertEcho(TestPeer peer, String text) throws IOException {
        peer.send(text + "\n");
        assertThat(peer.receive(text.length())).isEqualTo(text);
    }

    private static EngineUnderTest echoing(String transport) throws IOException {
        EngineUnderTest engine = EngineUnderTest.linesOn(transport);
        engine.bean().onPayload(payload -> payload.connection().write(payload.bytes()));
        return engine;
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "nio"})
    void a_paused_listener_lets_new_connections_wait_and_keeps_those_that_are_there(
            String transport) throws Exception {
        try (EngineUnderTest engine = echoing(transport);
                TestPeer before = engine.connect()) {
            assertEcho(before, "before");
            assertThat(engine.monitor().pauseListener(engine.name(), "eve\n")).isTrue();
            assertThat(engine.monitor().pauseListener(engine.name(), "eve")).isFalse();
            assertThat(engine.listener().state()).isEqualTo(ListenerState.PAUSED);

            try (TestPeer waiting = engine.connect()) {
                waiting.send("waiting\n");
                assertEcho(before, "still here");
                assertThat(engine.counters().accepted()).isEqualTo(1);

                assertThat(engine.monitor().resumeListener(engine.name(), "adam")).isTrue();
                assertThat(engine.monitor().resumeListener(engine.name(), "adam")).isFalse();
                assertThat(waiting.receive(7)).isEqualTo("waiting");
            }
            assertThat(engine.listener().state()).isEqualTo(ListenerState.LISTENING);
            assertThat(engine.events(Kind.PAUSED))
                    .extracting(MonitorEvent::text)
                    .containsExactly(
                            "DMG2008 listener '" + engine.name() + "' is paused by 'eve\\u000a'");
            assertThat(engine.events(Kind.RESUMED))
                    .extracting(MonitorEvent::text)
                    .containsExactly("DMG2009 listener '" + engine.name() + "' goes on by 'adam'");
        }
    }

    @Test
    void a_stopped_listener_delivers_ends_its_connections_and_can_be_started_again()
            throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                goOn.await();
                                payload.connection().write(payload.bytes());
                            });
            peer.send("in flight\n");
            await().until(() -> engine.connection().inFlight() == 1);
            int port = engine.port();

            assertThat(engine.monitor().stopListener(engine.name(), "eve")).isTrue();
            assertThat(engine.listener().state()).isEqualTo(ListenerState.DRAINING);
            assertThat(engine.monitor().stopListener(engine.name(), "eve")).isFalse();
            assertThat(engine.monitor().startListener(engine.name(), "eve")).isFalse();
            await().untilAsserted(
                            () ->
                                    Assertions.assertThatExceptionOfType(ConnectException.class)
                                            .isThrownBy(() -> new TestPeer(port)));
            goOn.countDown();
            assertThat(peer.untilEnd()).isEqualTo("in flightFIN");
            awaitState(engine, ListenerState.STOPPED);
            assertThat(engine.monitor().pauseListener(engine.name(), "eve")).isFalse();

            assertThat(engine.monitor().startListener(engine.name(), "adam")).isTrue();
            awaitState(engine, ListenerState.LISTENING);
            try (TestPeer next = engine.connect()) {
                assertEcho(next, "again");
            }
            assertThat(engine.events(Kind.LISTENER_STOPPED))
                    .extracting(one -> one.text().substring(0, 7))
                    .containsExactly("DMG2010", "DMG2007");
            assertThat(engine.events(Kind.LISTENING))
                    .extracting(one -> one.text().substring(0, 7))
                    .containsExactly("DMG2002", "DMG2011", "DMG2002");
        }
    }

    @Test
    void a_listener_is_stopped_by_force_after_its_drain_timeout() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.DRAIN_TIMEOUT, "100ms")
                                .start();
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> goOn.await());
            peer.send("one\ntwo\n");
            await().until(() -> engine.connection().inFlight() > 0);
            engine.monitor().stopListener(engine.name(), "eve");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.events(Kind.LISTENER_STOPPED))
                    .extracting(MonitorEvent::text)
                    .anyMatch(
                            text ->
                                    text.startsWith("DMG2121 ")
                                            && text.endsWith("drainTimeout=100ms"));
            goOn.countDown();
            awaitState(engine, ListenerState.STOPPED);
        } finally {
            goOn.countDown();
        }
    }

    @Test
    void a_listener_that_was_stopped_while_it_failed_does_not_bind_by_itself() throws Exception {
        int port;
        try (EngineUnderTest other = EngineUnderTest.draft().start()) {
            port = other.port();
            try (EngineUnderTest engine = EngineUnderTest.draft().set(Setting.PORT, port).begin()) {
                awaitState(engine, ListenerState.FAILED);
                engine.monitor().stopListener(engine.name(), "eve");
                awaitState(engine, ListenerState.STOPPED);
                assertThat(engine.listener().error()).isNull();
                other.monitor().stopListener(other.name(), "eve");
                awaitState(other, ListenerState.STOPPED);
                await().during(Duration.ofMillis(1500))
                        .until(() -> engine.listener().state() == ListenerState.STOPPED);

                engine.monitor().startListener(engine.name(), "eve");
                awaitState(engine, ListenerState.LISTENING);
                assertThat(engine.port()).isEqualTo(port);
            }
        }
    }

    @Test
    void a_listener_that_was_stopped_before_there_was_a_bean_waits_for_the_operator()
            throws Exception {
        EngineUnderTest.Draft draft = EngineUnderTest.draft();
        draft.bean().instances(0);
        try (EngineUnderTest engine = draft.begin()) {
            engine.monitor().stopListener(engine.name(), "eve");
            awaitState(engine, ListenerState.STOPPED);
            engine.bean().instances(1);
            await().until(() -> engine.bean().endpointsCreated() == 1);
            assertThat(engine.listener().state()).isEqualTo(ListenerState.STOPPED);
            engine.monitor().startListener(engine.name(), "eve");
            awaitState(engine, ListenerState.LISTENING);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.INCLUDE,
            names = {"LISTENING", "PAUSED", "STOPPED", "DRAINING", "FAILED"})
    void an_application_is_undeployed_whatever_its_listener_does(ListenerState state)
            throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            EngineUnderTest.Draft draft = EngineUnderTest.draft();
            boolean fails = state == ListenerState.FAILED;
            if (fails) {
                draft.set(Setting.PORT, taken.getLocalPort());
            }
            EngineUnderTest engine = draft.begin();
            try {
                awaitState(engine, fails ? state : ListenerState.LISTENING);
                bring(engine, state);
            } finally {
                engine.close();
            }
            Listener listener = engine.activation().listeners().get(0);
            assertThat(listener.state()).isEqualTo(ListenerState.STOPPED);
            assertThat(listener.operations().start("eve")).isFalse();
            assertThat(engine.events(Kind.LISTENER_STOPPED))
                    .filteredOn(one -> one.text().startsWith("DMG2007"))
                    .hasSize(1);
        }
    }

    private static void bring(EngineUnderTest engine, ListenerState state) {
        if (state == ListenerState.PAUSED) {
            engine.monitor().pauseListener(engine.name(), "eve");
        } else if (state == ListenerState.STOPPED || state == ListenerState.DRAINING) {
            engine.monitor().stopListener(engine.name(), "eve");
        }
        if (state != ListenerState.DRAINING) { // which may be over soon
            awaitState(engine, state);
        }
    }

    @Test
    void a_connection_that_an_operator_has_paused_goes_on_when_the_operator_says_so()
            throws Exception {
        try (EngineUnderTest engine = echoing("auto");
                TestPeer peer = engine.connect()) {
            assertEcho(peer, "one");
            String id = engine.connection().id();
            assertThat(engine.monitor().pauseConnection(id, "eve")).isTrue();
            assertThat(engine.monitor().pauseConnection(id, "eve")).isTrue();
            await().until(() -> engine.connection().holds().contains(Hold.OPERATOR));
            peer.send("two\n");
            engine.engine().connections().list(engine.name()).get(0).resume();
            await().until(() -> engine.connection().kernelBytes() == 4);
            assertThat(engine.counters().delivered()).isEqualTo(1);

            assertThat(engine.monitor().resumeConnection(id, "adam")).isTrue();
            assertThat(peer.receive(3)).isEqualTo("two");
            String words = "connection " + id + " from 127.0.0.1:" + peer.localPort();
            assertThat(engine.events(Kind.PAUSED))
                    .extracting(MonitorEvent::text)
                    .containsExactly(
                            "DMG2012 %s on listener '%s' is paused by 'eve'"
                                    .formatted(words, engine.name()));
            assertThat(engine.events(Kind.RESUMED))
                    .extracting(MonitorEvent::text)
                    .containsExactly(
                            "DMG2013 %s on listener '%s' goes on by 'adam'"
                                    .formatted(words, engine.name()));
        }
    }

    @Test
    void what_is_not_there_is_said() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines")) {
            assertThat(engine.monitor().pauseConnection("none", "eve")).isFalse();
            assertThat(engine.monitor().resumeConnection("none", "eve")).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> engine.monitor().stopListener("none", "eve"))
                    .withMessage("DMG1007 there is no listener 'none'");
        }
    }
}
