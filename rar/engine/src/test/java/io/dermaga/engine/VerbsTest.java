package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.CloseReason;
import io.dermaga.api.Connection;
import io.dermaga.api.Connections;
import io.dermaga.api.Payload;
import io.dermaga.api.Reply;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.Endpoint;
import io.dermaga.engine.lane.LaneOwner;
import io.dermaga.engine.lane.Outcome;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs of a Node.js socket, from a bean and from outside. */
class VerbsTest {

    private static final byte[] MEBIBYTE = new byte[1024 * 1024];

    @Test
    void a_write_of_a_bean_reaches_the_peer_in_order() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload ->
                                    payload.connection()
                                            .write(payload.text() + "!", StandardCharsets.UTF_8));
            peer.send("one\ntwo\n");
            assertThat(peer.receive(8)).isEqualTo("one!two!");
            await().until(() -> engine.connection().bytesWritten() == 8);
            assertThat(engine.counters().bytesWritten()).isEqualTo(8);
        }
    }

    @Test
    void a_full_write_buffer_is_told_and_its_emptying_is_an_event() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .shape(new BeanShape(true, false, Set.of(SocketEvent.Kind.DRAIN)))
                                .start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.connection().write(MEBIBYTE)) {
                                    throw new IllegalStateException("not full");
                                }
                            });
            for (int i = 1; i <= 50; i++) {
                int round = i;
                peer.send("go\n");
                peer.in().skipNBytes(MEBIBYTE.length);
                await().until(
                                () ->
                                        engine.bean().happened().stream()
                                                        .filter("drain"::equals)
                                                        .count()
                                                == round);
            }
            assertThat(engine.counters().failed()).isZero();
        }
    }

    @Test
    void a_peer_that_does_not_read_is_reset_when_the_write_buffer_overflows() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.MAX_DELIVERIES, 1)
                                .set(Setting.MAX_WRITE_BUFFER, "1MiB")
                                .start();
                TestPeer peer = new TestPeer(engine.port(), 4096)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                for (int i = 0; i < 100; i++) {
                                    payload.connection().write(MEBIBYTE);
                                }
                            });
            peer.send("go\n");
            await().until(() -> engine.counters().closed() == 1);
            assertThat(engine.settled().failed()).isEqualTo(1);
            assertThat(engine.messages().get(0).error()).contains("DMG3007 write buffer of");
            assertThat(engine.event(MonitorEvent.Kind.CLOSED).text())
                    .contains(CloseReason.WRITE_OVERFLOW.name());
        }
    }

    @Test
    void a_reply_that_overflows_the_write_buffer_closes_its_connection_and_no_other()
            throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.MAX_WRITE_BUFFER, "64KiB")
                                .set(Setting.CONCURRENCY, 1)
                                .source(Replier::new)
                                .start();
                TestPeer peer = engine.connect();
                TestPeer other = engine.connect()) {
            peer.send("large\nlarge\n");
            assertThat(peer.untilEnd()).endsWith("RST");
            other.send("small\n");
            assertThat(other.receive(5)).isEqualTo("small");
            await().until(() -> engine.listener().connections() == 1);
            assertThat(engine.counters().delivered()).isEqualTo(3);
        }
    }

    /** Replies with the payload, or with a mebibyte. */
    private static final class Replier implements Endpoint {
        @Override
        public Outcome deliver(Payload payload) {
            return Outcome.replied(
                    Reply.of(payload.text().equals("large") ? MEBIBYTE : payload.bytes()));
        }

        @Override
        public Outcome deliver(List<Payload> payloads) {
            return Outcome.SUCCESS;
        }

        @Override
        public Outcome tell(SocketEvent event, LaneOwner connection) {
            return Outcome.SUCCESS;
        }

        @Override
        public void release() {
            // nothing is held
        }
    }

    @Test
    void an_end_of_this_side_is_seen_after_everything_written() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> payload.connection().end(MEBIBYTE));
            peer.send("bye\n");
            assertThat(peer.untilEnd()).hasSize(MEBIBYTE.length + 3).endsWith("FIN");
            await().until(() -> engine.connection().state() == ConnectionState.CLOSING);
            peer.end();
            engine.settled();
            assertThat(engine.event(MonitorEvent.Kind.CLOSED).text())
                    .contains(CloseReason.ENDED.name());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_written_before_an_end_is_not_lost_when_the_peer_ends_meanwhile(boolean halfOpen)
            throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.ALLOW_HALF_OPEN, halfOpen)
                                .start();
                TestPeer peer = new TestPeer(engine.port(), 4096)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                for (int i = 0; i < 12; i++) {
                                    payload.connection().write(MEBIBYTE);
                                }
                                payload.connection().end();
                            });
            peer.send("go\n");
            await().until(() -> engine.connection().state() == ConnectionState.CLOSING);
            peer.end();
            assertThat(peer.untilEnd()).hasSize(12 * MEBIBYTE.length + 3).endsWith("FIN");
            engine.settled();
        }
    }

    @Test
    void what_a_bean_has_written_is_not_lost_when_the_peer_ends_at_the_same_time()
            throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines")) {
            engine.bean().onPayload(payload -> payload.connection().write(payload.bytes()));
            for (int i = 0; i < 100; i++) {
                try (TestPeer peer = engine.connect()) {
                    peer.send("hello\n").end();
                    assertThat(peer.untilEnd()).isEqualTo("helloFIN");
                }
            }
        }
    }

    @Test
    void destroy_is_a_reset() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> payload.connection().destroy());
            peer.send("go\n");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            engine.settled();
            assertThat(engine.event(MonitorEvent.Kind.CLOSED).text())
                    .contains(CloseReason.DESTROYED.name());
        }
    }

    @Test
    void this_side_stays_open_after_the_end_of_the_peer_if_half_open_is_allowed() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.ALLOW_HALF_OPEN, true)
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("one\n").end();
            await().until(() -> engine.connection().state() == ConnectionState.HALF_CLOSED);
            await().until(() -> engine.bean().texts().size() == 1);
            Connection connection = engine.engine().connections().list(engine.name()).get(0);
            connection.write("late", StandardCharsets.UTF_8);
            connection.end();
            assertThat(peer.untilEnd()).isEqualTo("lateFIN");
            engine.settled();
        }
    }

    @Test
    void connections_are_found_listed_and_written_to_while_they_are_open() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer one = engine.connect();
                TestPeer two = engine.connect()) {
            Connections connections = engine.engine().connections();
            await().until(() -> connections.list(engine.name()).size() == 2);
            assertThat(connections.list()).containsAll(connections.list(engine.name()));
            assertThat(connections.list("nobody")).isEmpty();
            assertThat(connections.broadcast(engine.name(), "all".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(2);
            assertThat(one.receive(3)).isEqualTo("all");
            assertThat(two.receive(3)).isEqualTo("all");
            String id = engine.connections().get(0).id();
            Connection found = connections.find(id).orElseThrow();
            assertThat(found.id()).isEqualTo(id);
            assertThat(found.listener()).isEqualTo(engine.name());
            assertThat(found.localAddress().getPort()).isEqualTo(engine.port());
            assertThat(found.remoteAddress().getPort()).isIn(one.localPort(), two.localPort());
            assertThat(connections.write(id, new byte[] {'x'})).isTrue();
            assertThat(connections.write("no-such", new byte[1])).isFalse();
            found.destroy();
            await().until(() -> connections.find(id).isEmpty());
            assertThat(found.isOpen()).isFalse();
            assertThat(found.write(new byte[1])).isFalse();
            found.end();
            found.destroy();
            found.pause();
            found.resume();
            assertThat(connections.list(engine.name())).hasSize(1);
        }
    }

    @Test
    void nothing_is_written_after_the_end_and_the_end_stays_orderly() throws Exception {
        AtomicReference<Boolean> written = new AtomicReference<>();
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                payload.connection().end("bye".getBytes(StandardCharsets.UTF_8));
                                written.set(payload.connection().write(new byte[] {'!'}));
                            });
            peer.send("x\n");
            assertThat(peer.untilEnd()).isEqualTo("byeFIN");
            assertThat(written.get()).isFalse();
        }
    }

    @Test
    void attributes_live_as_long_as_the_connection() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload ->
                                    payload.connection()
                                            .attributes()
                                            .merge("count", 1, (a, b) -> (int) a + (int) b));
            peer.send("a\nb\nc\n");
            await().until(() -> engine.bean().texts().size() == 3);
            Connection connection = engine.engine().connections().list(engine.name()).get(0);
            await().until(() -> Integer.valueOf(3).equals(connection.attributes().get("count")));
        }
    }

    @Test
    void an_idle_timeout_out_of_range_is_refused() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.engine().connections().list(engine.name()).size() == 1);
            Connection connection = engine.engine().connections().list(engine.name()).get(0);
            for (Duration bad :
                    List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofHours(25))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> connection.idleTimeout(bad))
                        .withMessageStartingWith("DMG1001 idleTimeout of connection ");
            }
            assertThat(peer.localPort()).isPositive();
        }
    }

    @Test
    void an_operator_closes_a_connection_once_and_is_named() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.connections().size() == 1);
            String id = engine.connection().id();
            assertThat(engine.monitor().closeConnection(id, "eve\u001b[2J")).isTrue();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            engine.settled();
            assertThat(engine.monitor().closeConnection(id, "eve")).isFalse();
            assertThat(engine.events(MonitorEvent.Kind.CLOSED))
                    .extracting(MonitorEvent::text)
                    .anyMatch(
                            text -> text.startsWith("DMG2006 ") && text.endsWith("'eve\\u001b[2J'"))
                    .anyMatch(text -> text.contains(CloseReason.OPERATOR.name()));
        }
    }

    @Test
    void a_payload_that_is_touched_after_its_delivery_says_what_to_do_instead() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            Payload[] kept = new Payload[1];
            InputStream[] stream = new InputStream[1];
            engine.bean()
                    .onPayload(
                            payload -> {
                                kept[0] = payload;
                                stream[0] = payload.stream();
                            });
            peer.send("hello\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            Payload payload = kept[0];
            for (ThrowingCallable touch :
                    List.<ThrowingCallable>of(
                            payload::bytes,
                            payload::buffer,
                            payload::text,
                            () -> payload.text(StandardCharsets.UTF_8),
                            payload::stream,
                            () -> stream[0].read(),
                            () -> stream[0].readAllBytes())) {
                assertThat(catchThrowable(touch))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("DMG3005 payload " + payload.id())
                        .hasMessageContaining("copy it with Payload.bytes()");
            }
            assertThat(payload.size()).isEqualTo(5);
            assertThat(payload.deliveryCount()).isEqualTo(1);
            assertThat(payload.firstByteAt()).isBeforeOrEqualTo(payload.lastByteAt());
            assertThatIllegalStateException().isThrownBy(payload::bytes);
        }
    }
}
