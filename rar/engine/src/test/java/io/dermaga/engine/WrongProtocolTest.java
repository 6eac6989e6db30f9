package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.detect.Recording;
import io.dermaga.engine.framing.Example;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent;
import io.dermaga.engine.settings.Setting;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of peers that speak another protocol than their listener. */
class WrongProtocolTest {

    private static final MonitorEvent.Kind SUSPICION = MonitorEvent.Kind.SUSPICION;

    private static List<String> told(EngineUnderTest engine) {
        return engine.events(SUSPICION).stream().map(MonitorEvent::text).toList();
    }

    static Stream<Arguments> strangers() {
        return Recording.all()
                .flatMap(
                        recording ->
                                Stream.of("mllp", "fixed(1000)", "stx-etx")
                                        .map(framing -> Arguments.of(recording, framing)));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void the_opening_of_a_real_client_is_told_once_and_the_next_connection_is_unaffected(
            Recording recording, String framing) throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing(framing);
                TestPeer peer = engine.connect()) {
            peer.send(recording.bytes());
            if (framing.equals("fixed(1000)")) {
                peer.end();
            }
            peer.untilEnd();
            engine.settled();
            assertThat(told(engine))
                    .singleElement()
                    .asString()
                    .matches("DMG2112 connection \\S+ from 127\\.0\\.0\\.1:.*")
                    .contains(
                            ":%d on listener '%s' seems to speak %s; "
                                    .formatted(
                                            peer.localPort(), engine.name(), recording.protocol()))
                    .endsWith(recording.cure());
            takesItsOwn(engine, framing);
            assertThat(told(engine)).hasSize(1);
        }
    }

    private static void takesItsOwn(EngineUnderTest engine, String framing) throws Exception {
        String valid =
                switch (framing) {
                    case "mllp" -> "\u000bMSH|^~\\&|\r\u001c\r";
                    case "stx-etx" -> "\u0002a\u0003";
                    default -> "x".repeat(1000);
                };
        try (TestPeer next = engine.connect()) {
            next.send(valid);
            await().until(() -> engine.counters().delivered() == 1);
            next.end();
            assertThat(next.untilEnd())
                    .matches(framing.equals("mllp") ? "(?s)\u000bMSH.*MSA\\|AA\\|.*FIN" : "FIN");
        }
        engine.settled();
    }

    @ParameterizedTest
    @MethodSource("io.dermaga.engine.framing.Example#all")
    void valid_traffic_of_each_framing_raises_no_suspicion(Example example) throws Exception {
        String envelope = example.keep() ? "KEEP" : "STRIP";
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, example.framing())
                                .set(Setting.ENVELOPE, envelope)
                                .start();
                TestPeer whole = engine.connect();
                TestPeer dripping = engine.connect()) {
            whole.send(example.bytes()).end();
            whole.untilEnd();
            for (byte one : example.bytes()) {
                dripping.send(new byte[] {one});
            }
            dripping.end();
            dripping.untilEnd();
            assertThat(engine.settled().delivered()).isEqualTo(2L * example.payloads().size());
            assertThat(told(engine)).isEmpty();
        }
    }

    @Test
    void what_the_framing_takes_is_delivered_and_told_as_a_hint() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            peer.send("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
            await().until(() -> engine.counters().delivered() == 3);
            peer.send("GET / HTTP/1.1\r\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().delivered()).isEqualTo(4);
            assertThat(told(engine))
                    .singleElement()
                    .asString()
                    .contains("; framing 'lines' takes it as it is; if that is not meant, ");
        }
    }

    @Test
    void an_opening_that_comes_in_pieces_is_told_when_it_is_known() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            String line = "GET /a HTTP/1.1\r\n";
            for (int i = 0; i < line.length(); i++) {
                peer.send(line.substring(i, i + 1));
                long sent = i + 1L;
                await().until(() -> engine.counters().bytesRead() == sent);
            }
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(told(engine)).hasSize(1);
        }
    }

    @Test
    void each_connection_of_a_peer_is_told_of_once() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("mllp")) {
            for (int i = 1; i <= 3; i++) {
                try (TestPeer peer = engine.connect()) {
                    peer.send("GET / HTTP/1.0\r\n\r\n");
                    assertThat(peer.untilEnd()).isEqualTo("RST");
                }
                engine.settled();
                assertThat(told(engine)).hasSize(i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "length(2); FRAME_TIMEOUT; '{\"a\":1}'; framing=json",
                "lines; FRAME_TIMEOUT; '{\"a\":1}\0'; framing=nul",
                "eof; IDLE_TIMEOUT; '8=FIX.4.4\u0001'; framing=fix",
                "lines; MAX_PAYLOAD; '\u000bMSH|^~\\&|\r\u001c\r'; framing=mllp"
            })
    void a_framing_is_named_when_the_first_payload_could_not_be_taken(
            String framing, Setting setting, String stream, String cure) throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, framing)
                                .set(setting, setting == Setting.MAX_PAYLOAD ? "4" : "200ms")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send(stream);
            peer.untilEnd();
            engine.settled();
            assertThat(told(engine)).singleElement().asString().endsWith(cure);
        }
    }

    @Test
    void bytes_that_are_lost_tell_while_the_stream_goes_on() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("ndjson");
                TestPeer peer = engine.connect()) {
            peer.send("$GPTXT,a\r\n");
            await().until(() -> told(engine).size() == 1);
            peer.send("$GPTXT,b\r\n{}\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().delivered()).isEqualTo(1);
            assertThat(told(engine)).singleElement().asString().endsWith("framing=nmea");
        }
    }

    @Test
    void a_payload_that_was_taken_clears_its_peer() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("mllp");
                TestPeer peer = engine.connect()) {
            peer.send("\u000ba\u001c\r");
            await().until(() -> engine.counters().delivered() == 1);
            peer.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            engine.settled();
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED)).hasSize(1);
            assertThat(told(engine)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n",
                "{\"a\":1}\0",
                "<34>1 - a\n",
                "8=FIX.4.4\u0001",
                "$GPTXT,a\r\n",
                "a.b 1 1700000000\n",
                "MSH|^~\\&|A|B\r",
                "\0\u00060800ab"
            })
    void a_file_in_any_format_is_what_eof_takes(String file) throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("eof");
                TestPeer peer = engine.connect()) {
            peer.send(file).end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().delivered()).isEqualTo(1);
            assertThat(told(engine)).isEmpty();
        }
    }

    @Test
    void a_reset_may_come_of_anything() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            peer.send("{\"a\":1}");
            await().until(() -> engine.counters().bytesRead() == 7);
            peer.reset();
            engine.settled();
            assertThat(told(engine)).isEmpty();
        }
    }

    @Test
    void a_bean_that_takes_chunks_may_speak_any_protocol() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .shape(new BeanShape(false, false, Set.of(SocketEvent.Kind.DATA)))
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("GET / HTTP/1.1\r\n\r\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            engine.settled();
            assertThat(told(engine)).isEmpty();
        }
    }
}
