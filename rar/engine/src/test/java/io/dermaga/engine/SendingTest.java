package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.SendRequest;
import io.dermaga.api.monitor.SendResult;
import io.dermaga.api.monitor.SendResult.End;
import io.dermaga.engine.settings.Setting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator sends bytes to a listener. */
class SendingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static SendRequest request(
            EngineUnderTest engine,
            String text,
            boolean enclosed,
            boolean ends,
            Duration patience) {
        return new SendRequest(
                engine.name(),
                ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)),
                enclosed,
                ends,
                patience);
    }

    private static SendResult send(
            EngineUnderTest engine, String text, boolean enclosed, boolean ends) {
        return engine.monitor().send(request(engine, text, enclosed, ends, LONG), "eve");
    }

    private static String answer(SendResult result) {
        return StandardCharsets.ISO_8859_1.decode(result.answer()).toString();
    }

    /** Its bean answers the size of a payload. */
    private static EngineUnderTest answering(String framing) {
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.FRAMING, framing);
        draft.bean()
                .onPayload(
                        payload ->
                                payload.connection()
                                        .write(payload.size() + ";", StandardCharsets.US_ASCII));
        return draft.start();
    }

    @ParameterizedTest
    @CsvSource({"'length(2)', 5", "mllp, 6", "lines, 5", "eof, 3", "'delimiter(0x7c)', 4"})
    void a_payload_is_put_into_the_framing_of_the_listener_and_answered(String framing, int sent)
            throws Exception {
        try (EngineUnderTest engine = answering(framing)) {
            SendResult result = send(engine, "abc", true, true);

            assertThat(engine.bean().texts()).containsExactly("abc");
            assertThat(answer(result)).startsWith("3;");
            assertThat(result.sent()).isEqualTo(sent);
            assertThat(result.end()).isEqualTo(End.ENDED);
            assertThat(engine.event(MonitorEvent.Kind.RECORDING).text())
                    .startsWith("DMG3316 'eve' has sent " + sent + " bytes to listener '")
                    .contains("port " + result.from().getPort());
        }
    }

    @Test
    void bytes_are_sent_as_they_are_and_an_open_connection_is_told_of() throws Exception {
        try (EngineUnderTest engine = answering("lines")) {
            SendResult result = send(engine, "ab\ncde\nhalf", false, false);

            assertThat(engine.bean().texts()).containsExactly("ab", "cde");
            assertThat(answer(result)).isEqualTo("2;3;");
            assertThat(result.answerBytes()).isEqualTo(4);
            assertThat(result.end()).isEqualTo(End.OPEN);
        }
    }

    @Test
    void a_bean_that_fails_is_seen_as_a_reset() throws Exception {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft().set(Setting.FRAMING, "eof").set(Setting.MAX_DELIVERIES, 1);
        draft.bean()
                .onPayload(
                        payload -> {
                            throw new IllegalStateException("no");
                        });
        try (EngineUnderTest engine = draft.start()) {
            assertThat(send(engine, "abc", true, true).end()).isEqualTo(End.RESET);
        }
    }

    @Test
    void nobody_waits_longer_than_the_patience_for_a_listener_that_takes_nothing()
            throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.draft().start()) {
            SendResult result =
                    engine.monitor()
                            .send(
                                    request(engine, "x", false, false, Duration.ofMillis(200)),
                                    "eve");

            assertThat(result.end()).isEqualTo(End.OPEN);
            assertThat(result.answerBytes()).isZero();
            await().until(() -> engine.listener().connections() == 0);
        }
    }

    @Test
    void a_long_answer_is_counted_and_its_beginning_kept() throws Exception {
        String answer = "x".repeat(SendResult.MOST_ANSWER_BYTES + 1000);
        EngineUnderTest.Draft draft = EngineUnderTest.draft().set(Setting.FRAMING, "lines");
        draft.bean()
                .onPayload(
                        payload -> payload.connection().write(answer, StandardCharsets.US_ASCII));
        try (EngineUnderTest engine = draft.start()) {
            SendResult result = send(engine, "a", true, true);

            assertThat(result.answerBytes()).isEqualTo(answer.length());
            assertThat(result.answer().remaining()).isEqualTo(SendResult.MOST_ANSWER_BYTES);
        }
    }

    @Test
    void what_is_not_allowed_is_refused_with_what_is() throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft().set(Setting.DENY, "127.0.0.1").start()) {
            assertThatThrownBy(() -> send(engine, "x", true, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("DMG3308")
                    .hasMessageContaining("access list");
            assertThatThrownBy(
                            () -> send(engine, "x".repeat(SendRequest.MOST_BYTES + 1), true, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DMG1001 'content': given 1048577 bytes");
            SendRequest unknown =
                    new SendRequest("nobody", ByteBuffer.allocate(1), true, true, LONG);
            assertThatThrownBy(() -> engine.monitor().send(unknown, "eve"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DMG1007");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 30_001})
    void a_patience_out_of_bounds_is_refused(long millis) throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.draft().start()) {
            assertThatThrownBy(
                            () ->
                                    engine.monitor()
                                            .send(
                                                    request(
                                                            engine,
                                                            "x",
                                                            false,
                                                            true,
                                                            Duration.ofMillis(millis)),
                                                    "eve"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DMG1001 'patience'");
        }
    }

    @ParameterizedTest
    @CsvSource({"'length(1)', 300, does not fit", "'auto(mllp,lines)', 3, only who speaks it"})
    void a_payload_that_cannot_be_enclosed_is_refused(String framing, int size, String why)
            throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft().set(Setting.FRAMING, framing).start()) {
            assertThatThrownBy(() -> send(engine, "x".repeat(size), true, true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("DMG1011 a payload of " + size + " bytes")
                    .hasMessageContaining(why);
        }
    }
}
