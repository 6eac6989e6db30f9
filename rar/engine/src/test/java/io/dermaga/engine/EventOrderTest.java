package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a bean that wants all events is told, and in which order. */
class EventOrderTest {

    private static EngineUnderTest.Draft all() {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "lines")
                .shape(new BeanShape(true, false, Set.of(SocketEvent.Kind.values())));
    }

    @Test
    void events_and_payloads_are_told_in_the_order_in_which_they_happened() throws Exception {
        try (EngineUnderTest engine = all().start();
                TestPeer peer = engine.connect()) {
            peer.send("one\ntw");
            await().until(() -> engine.counters().delivered() == 1);
            peer.send("o\nrest");
            await().until(() -> engine.counters().delivered() == 2);
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(engine.bean().happened())
                    .containsExactly(
                            "connect",
                            "data one\ntw",
                            "payload one",
                            "data o\nrest",
                            "payload two",
                            "end",
                            "close PEER_ENDED");
        }
    }

    @Test
    void a_reset_is_an_error_followed_by_the_close() throws Exception {
        try (EngineUnderTest engine = all().start()) {
            TestPeer peer = engine.connect();
            peer.send("half");
            await().until(() -> engine.bean().happened().size() == 2);
            peer.reset();
            engine.settled();
            assertThat(engine.bean().happened())
                    .containsExactly("connect", "data half", "error", "close PEER_RESET");
        }
    }

    @Test
    void a_bean_of_events_only_is_told_of_data_and_holds_no_more_than_the_budget()
            throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .shape(new BeanShape(false, false, Set.of(SocketEvent.Kind.DATA)))
                                .set(Setting.BUDGET, "1MiB")
                                .set(Setting.HIGH_WATERMARK, "64MiB")
                                .start();
                TestPeer peer = engine.connect()) {
            engine.bean().onEvent((event, connection) -> goOn.await());
            Thread sender =
                    new Thread(
                            () -> {
                                try {
                                    peer.send(new byte[8 * 1024 * 1024]).end();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            sender.start();
            await().until(() -> engine.connection().holds().contains(Hold.BUDGET));
            assertThat(engine.listener().budgetUsed()).isLessThan(2 * 1024 * 1024);
            goOn.countDown();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            sender.join();
            assertThat(
                            engine.bean().happened().stream()
                                    .mapToLong(one -> one.length() - "data ".length())
                                    .sum())
                    .isEqualTo(8 * 1024 * 1024);
        }
    }

    @Test
    void what_a_peer_or_an_exception_says_is_never_printed_raw() throws Exception {
        try (EngineUnderTest engine = all().start();
                TestPeer peer = engine.connect()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                throw new IllegalArgumentException(
                                        "bad \u001b[31m\r\n\u202e " + payload.text());
                            })
                    .onEvent(
                            (event, connection) -> {
                                throw new IllegalStateException("\u0007 bell");
                            });
            peer.send("\u001b]0;title\u0007 <b>\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(engine.messages()).hasSize(1);
            assertThat(String.valueOf(engine.messages().get(0).error()))
                    .contains("bad \\u001b[31m\\u000d\\u000a\\u202e \\u001b]0;title\\u0007 <b>");
            assertThat(engine.events(MonitorEvent.Kind.DELIVERY_FAILED))
                    .extracting(MonitorEvent::text)
                    .anyMatch(text -> text.startsWith("DMG3002 ") && text.endsWith("\\u0007 bell"));
            assertThat(engine.monitor().events(0, Integer.MAX_VALUE))
                    .extracting(MonitorEvent::text)
                    .noneMatch(text -> text.chars().anyMatch(Character::isISOControl));
        }
    }
}
