package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What framings do to a connection. */
class FramingsTest {

    private static final String ACK = "\u000b\u0006\u001c\r";
    private static final String NAK = "\u000b\u0015\u001c\r";

    private static EngineUnderTest.Draft framing(String framing) {
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.FRAMING, framing);
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().startsWith("fail")) {
                                throw new IllegalStateException("as told");
                            }
                        });
        return draft;
    }

    private static String block(String content) {
        return "\u000b" + content + "\u001c\r";
    }

    @ParameterizedTest
    @CsvSource({"mllp-r2", "'auto(mllp-r2,lines)'"})
    void a_block_of_mllp_release_2_is_acknowledged_by_its_outcome_in_order(String framing)
            throws Exception {
        try (EngineUnderTest engine =
                        framing(framing)
                                .set(Setting.MAX_PAYLOAD, "6")
                                .set(Setting.ON_OVERSIZE, "DISCARD")
                                .set(Setting.ON_EMPTY, "SKIP")
                                .set(Setting.MAX_DELIVERIES, 1)
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send(
                    block("first")
                            + block("fail")
                            + block("too large")
                            + block("")
                            + block("\u0006")
                            + block("last"));
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo(ACK + NAK + NAK + ACK + ACK + "FIN");
            assertThat(engine.bean().texts()).containsExactly("first", "fail", "last");
            Counters counters = engine.settled();
            assertThat(counters.discardedBytes()).isEqualTo("too large".length());
            assertThat(engine.messages())
                    .extracting(MessageRecord::id)
                    .filteredOn(id -> id.endsWith(".x1"))
                    .hasSize(1);
        }
    }

    @Test
    void a_payload_that_was_cut_tells_the_size_that_the_peer_sent() throws Exception {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.MAX_PAYLOAD, "4")
                        .set(Setting.ON_OVERSIZE, "TRUNCATE");
        List<String> sizes = new CopyOnWriteArrayList<>();
        draft.bean().onPayload(payload -> sizes.add(payload.size() + "/" + payload.originalSize()));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("one\nseventeen letters\nfour\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("one", "seve", "four");
            assertThat(sizes).containsExactly("3/3", "4/17", "4/4");
            assertThat(engine.settled().discardedBytes()).isEqualTo(13);
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED))
                    .singleElement()
                    .satisfies(
                            event ->
                                    assertThat(event.text())
                                            .startsWith(
                                                    "DMG2111 payload of 17 bytes exceeds maxPayload=4 bytes; cut; from ")
                                            .endsWith(" goes on"));
        }
    }

    @Test
    void a_stream_that_is_discarded_ends_with_a_reset_as_it_would_not_be_the_truth()
            throws Exception {
        try (EngineUnderTest engine =
                        framing("eof")
                                .set(Setting.MAX_PAYLOAD, "4")
                                .set(Setting.ON_OVERSIZE, "DISCARD")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("too large").end();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.settled().discardedBytes()).isEqualTo(9);
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'auto(stomp,eof)', CONN, CONN, FIN",
        "'auto(stomp,eof)', fail, fail, RST",
        "'auto(stomp,lines)', 'CON', , FIN"
    })
    void the_end_decides_among_framings_where_the_bytes_do_not(
            String framing, String stream, String payload, String end) throws Exception {
        try (EngineUnderTest engine = framing(framing).set(Setting.MAX_DELIVERIES, 1).start();
                TestPeer peer = engine.connect()) {
            peer.send(stream).end();
            assertThat(peer.untilEnd()).isEqualTo(end);
            engine.settled();
            if (payload == null) {
                assertThat(engine.bean().texts()).isEmpty();
                assertThat(engine.events(MonitorEvent.Kind.DISCARDED)).hasSize(1);
            } else {
                assertThat(engine.bean().texts()).containsExactly(payload);
            }
        }
    }

    @Test
    void what_none_of_several_framings_recognises_is_a_framing_error_at_the_end_too()
            throws Exception {
        try (EngineUnderTest engine = framing("auto(stomp,mllp)").start();
                TestPeer peer = engine.connect()) {
            peer.send("CONN").end();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(engine.settled().discardedBytes()).isEqualTo(4);
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED))
                    .singleElement()
                    .satisfies(event -> assertThat(event.text()).startsWith("DMG2104 "));
        }
    }

    @ParameterizedTest
    @CsvSource({"length(4), '\0\0'", "length(4), '\0\0\0\u0002'", "mllp, '\u000b'", "syslog, '12'"})
    void a_header_that_is_cut_off_is_told_of(String framing, String stream) throws Exception {
        try (EngineUnderTest engine = framing(framing).start();
                TestPeer peer = engine.connect()) {
            peer.send(stream).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED))
                    .singleElement()
                    .satisfies(event -> assertThat(event.text()).startsWith("DMG2105 "));
        }
    }

    @Test
    void a_stream_goes_on_after_bytes_that_are_no_frame() throws Exception {
        try (EngineUnderTest engine = framing("mllp(lenient)").start();
                TestPeer peer = engine.connect()) {
            peer.send("noise" + block("a") + "noise" + block("b")).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("a", "b");
            assertThat(engine.settled().discardedBytes()).isEqualTo(10);
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED))
                    .isNotEmpty()
                    .allMatch(event -> event.text().startsWith("DMG2110 "));
        }
    }

    @Test
    void a_keep_alive_of_iso_8583_is_sent_back() throws Exception {
        try (EngineUnderTest engine = framing("iso8583(ascii)").start();
                TestPeer peer = engine.connect()) {
            peer.send("0000");
            assertThat(peer.receive(4)).isEqualTo("0000");
            peer.send("00040800").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.bean().texts()).containsExactly("0800");
            assertThat(engine.settled().envelopeBytes()).isEqualTo(8);
        }
    }

    @Test
    void a_class_of_the_application_that_fails_ends_its_connection_alone() throws Exception {
        String name = FailingFraming.class.getName();
        try (EngineUnderTest engine = framing("custom(" + name + ")").start();
                TestPeer bad = engine.connect()) {
            bad.send("x");
            assertThat(bad.untilEnd()).isEqualTo("RST");
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED))
                    .singleElement()
                    .satisfies(event -> assertThat(event.text()).contains("as told"));
            try (TestPeer next = engine.connect()) {
                next.send("x");
                assertThat(next.untilEnd()).isEqualTo("RST");
            }
            engine.settled();
        }
    }

    @ParameterizedTest
    @CsvSource({"nmea, DISCARD, x", "lines, DISCARD, toolong", "ndjson, CLOSE, x"})
    void a_flood_of_frames_that_are_lost_is_told_of_in_few_words(
            String framing, String onOversize, String line) throws Exception {
        int lines = 20_000;
        try (EngineUnderTest engine =
                        framing(framing)
                                .ownEngine() // its messages would push those of other tests out
                                .set(Setting.MAX_PAYLOAD, "6")
                                .set(Setting.ON_OVERSIZE, onOversize)
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send((line + "\n").repeat(lines)).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            Counters counters = engine.settled();
            assertThat(counters.discarded()).isEqualTo(lines);
            assertThat(counters.discardedBytes()).isEqualTo((long) lines * line.length());
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED))
                    .hasSizeLessThan(lines / 10)
                    .anyMatch(event -> event.text().startsWith("DMG2113 "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lines, SKIP, 'a\n\n'",
        "lines, DELIVER, 'a\n\n'",
        "'lines(lenient)', SKIP, 'a\r\r'"
    })
    void empty_payloads_between_others_cost_no_more_of_the_budget(
            String framing, String onEmpty, String lines) throws Exception {
        EngineUnderTest.Draft draft =
                framing(framing)
                        .ownEngine() // its messages would push those of other tests out
                        .set(Setting.BUDGET, "1MiB")
                        .set(Setting.ON_EMPTY, onEmpty);
        draft.bean().recordNothing();
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send(lines.repeat(20_000)).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().delivered())
                    .isEqualTo(onEmpty.equals("SKIP") ? 20_000 : 40_000);
            assertThat(engine.events(MonitorEvent.Kind.PAUSED))
                    .noneMatch(event -> event.text().contains("BUDGET"));
        }
    }

    @Test
    void answers_that_wait_for_a_slow_bean_are_bounded() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.FRAMING, "mllp-r2(lenient)")
                        .set(Setting.ON_EMPTY, "SKIP")
                        .set(Setting.HIGH_WATERMARK, "64KiB");
        draft.bean().onPayload(payload -> slow.await());
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send(block("slow") + "\u000b".repeat(20_000));
            await().until(() -> engine.connection().holds().contains(ConnectionSnapshot.Hold.LANE));
            slow.countDown();
            assertThat(peer.receive(ACK.length())).isEqualTo(ACK);
            peer.reset();
            engine.settled();
        }
    }

    @Test
    void a_keep_alive_that_crosses_the_end_does_not_destroy_the_last_reply() throws Exception {
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.FRAMING, "iso8583(nac)");
        draft.bean()
                .onPayload(
                        payload ->
                                payload.connection()
                                        .end("bye".getBytes(StandardCharsets.US_ASCII)));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("\0\u0004" + "0800");
            await().until(() -> engine.connection().state() == ConnectionState.CLOSING);
            peer.send("\0\0").end();
            assertThat(peer.untilEnd()).isEqualTo("byeFIN");
        }
    }
}
