package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that are too large and are kept as dead letters. */
class OversizeTest {

    private Path data;

    @BeforeEach
    void use(@TempDir Path temporary) {
        data = temporary;
    }

    private EngineUnderTest.Draft keeping() {
        return EngineUnderTest.draft()
                .adapter("dataDirectory", data)
                .set(Setting.FRAMING, "lines")
                .set(Setting.ACK, "'+'")
                .set(Setting.NAK, "'-'")
                .set(Setting.MAX_PAYLOAD, "4")
                .set(Setting.ON_OVERSIZE, "DEAD_LETTER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MEMORY", "SPOOLED"})
    void the_beginning_is_kept_the_peer_is_told_and_the_stream_goes_on(String durability)
            throws Exception {
        try (EngineUnderTest engine =
                        keeping()
                                .set(Setting.DURABILITY, durability)
                                .set(Setting.ON_POISON, "CLOSE") // it is not the bean's failure
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("one\nseventeen letters\nfour\n").end();
            assertThat(peer.untilEnd()).isEqualTo("+-+FIN");
            assertThat(engine.bean().texts()).containsExactly("one", "four");

            DeadLetter letter = letter(engine);
            assertThat(letter.size()).isEqualTo(4);
            assertThat(letter.failure().attempts()).isZero();
            assertThat(letter.failure().cause())
                    .startsWith("DMG3015 payload %s of 17 bytes from ".formatted(letter.id()))
                    .endsWith("exceeds maxPayload=4B; its first 4 bytes are kept as a dead letter");
            assertThat(engine.events(MonitorEvent.Kind.DELIVERY_FAILED))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.text()).isEqualTo(letter.failure().cause()));
            assertThat(engine.messages())
                    .filteredOn(one -> one.outcome() == MessageRecord.Outcome.FAILED)
                    .singleElement()
                    .satisfies(
                            one -> {
                                assertThat(one.id()).isEqualTo(letter.id());
                                assertThat(one.attempts()).isZero();
                                assertThat(one.inBean()).isZero();
                            });
            Counters counters = engine.settled();
            assertThat(counters.failed()).isEqualTo(1);
            assertThat(counters.failures()).isZero();
            assertThat(counters.failedBytes()).isEqualTo(4);
            assertThat(counters.discardedBytes()).isEqualTo(13);

            engine.monitor().replayDeadLetters(List.of(letter.id()), "test");
            await().until(() -> engine.bean().texts().equals(List.of("one", "four", "seve")));
        }
    }

    @Test
    void a_peer_that_is_told_of_the_spool_is_not_told_that_it_was_accepted() throws Exception {
        try (EngineUnderTest engine =
                        keeping()
                                .set(Setting.DURABILITY, "SPOOLED")
                                .set(Setting.ACKNOWLEDGE, "ON_SPOOL")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("one\nseventeen letters\nfour\n").end();
            assertThat(peer.untilEnd()).isEqualTo("+-+FIN");
            assertThat(letter(engine).size()).isEqualTo(4);
            await().until(() -> engine.bean().texts().equals(List.of("one", "four")));
        }
    }

    @Test
    void a_stream_that_is_stored_and_too_large_is_reset() throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .adapter("dataDirectory", data)
                                .set(Setting.FRAMING, "eof")
                                .set(Setting.MAX_PAYLOAD, "4")
                                .set(Setting.ON_OVERSIZE, "DEAD_LETTER")
                                .set(Setting.DURABILITY, "SPOOLED")
                                .set(Setting.ACKNOWLEDGE, "ON_SPOOL")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("too large").end();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(letter(engine).size()).isEqualTo(4);
        }
    }

    @Test
    void one_that_comes_in_many_reads_is_kept_too_and_a_stream_that_ends_with_it_is_reset()
            throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .adapter("dataDirectory", data)
                                .set(Setting.FRAMING, "eof")
                                .set(Setting.MAX_PAYLOAD, "64KiB")
                                .set(Setting.ON_OVERSIZE, "DEAD_LETTER")
                                .start();
                TestPeer peer = engine.connect()) {
            for (int i = 0; i < 20; i++) {
                peer.send("0123456789abcdef".repeat(1024));
            }
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("RST");
            assertThat(letter(engine).size()).isEqualTo(64 * 1024);
            assertThat(letter(engine).failure().cause()).contains(" of 327680 bytes ");
            assertThat(engine.bean().texts()).isEmpty();
        }
    }

    private static DeadLetter letter(EngineUnderTest engine) {
        await().until(() -> engine.counters().deadLetters() == 1);
        List<DeadLetter> letters =
                engine.monitor().deadLetters(DeadLetterFilter.ALL, null, 10).stream().toList();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }
}
