package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.ListenerSnapshot;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.engine.settings.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every byte that was read is counted exactly once. */
class AccountingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // framing | sent, ~ for CR, / for LF, digits in <> for one byte | end
                // | envelope | delivered | failed | discarded
                "eof | abcdef | end | 0 | 6 | 0 | 0",
                "eof | fail | end | 0 | 0 | 4 | 0",
                "eof | abcdef | reset | 0 | 0 | 0 | 6",
                "lines | ab/cd~//tail | end | 4 | 4 | 0 | 4",
                "lines | ab/fail/cd~/ | end | 4 | 4 | 4 | 0",
                "lines | ab/tail~ | reset | 1 | 2 | 0 | 5",
                "lines | ab~c~/ | end | 2 | 4 | 0 | 0",
                "length(1) | <2>ab<0><4>fail | end | 3 | 2 | 4 | 0",
                "length(1) | <2>ab<9>tail | end | 2 | 2 | 0 | 4",
                "length(1) | <2>ab<9>tail | reset | 2 | 2 | 0 | 4",
                "length(2) | <0><2>ab<0> | end | 3 | 2 | 0 | 0",
                "length(1,including) | <3>ab<1> | end | 2 | 2 | 0 | 0"
            })
    void each_byte_is_in_exactly_one_of_the_counters(
            String framing,
            String stream,
            String end,
            long envelope,
            long delivered,
            long failed,
            long discarded)
            throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing(framing)) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                if (payload.text().equals("fail")) {
                                    throw new IllegalStateException();
                                }
                            });
            TestPeer peer = engine.connect();
            for (char one : bytes(stream).toCharArray()) {
                peer.send(String.valueOf(one));
            }
            long all = bytes(stream).length();
            await().until(() -> engine.counters().bytesRead() == all);
            if (end.equals("end")) {
                peer.end();
            } else {
                peer.reset();
            }
            Counters counters = engine.settled();
            peer.close();
            assertThat(counters.bytesRead()).isEqualTo(all);
            assertThat(counters.envelopeBytes()).as("envelope").isEqualTo(envelope);
            assertThat(counters.deliveredBytes()).as("delivered").isEqualTo(delivered);
            assertThat(counters.failedBytes()).as("failed").isEqualTo(failed);
            assertThat(counters.discardedBytes()).as("discarded").isEqualTo(discarded);
            assertThat(
                            engine.messages().stream()
                                    .filter(one -> one.outcome() == MessageRecord.Outcome.DISCARDED)
                                    .mapToLong(MessageRecord::size)
                                    .sum())
                    .isEqualTo(discarded);
        }
    }

    private static String bytes(String stream) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < stream.length(); i++) {
            char c = stream.charAt(i);
            if (c == '<') {
                bytes.append((char) (stream.charAt(i + 1) - '0'));
                i += 2;
            } else {
                bytes.append(c == '~' ? '\r' : c == '/' ? '\n' : c);
            }
        }
        return bytes.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"lines | ab/cd/0123456789abcdef", "length(1) | x<2>ab<9>tail"})
    void what_cannot_be_read_on_is_discarded_with_its_true_size_and_time(
            String framing, String stream) throws Exception {
        Instant before = Instant.now();
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .set(Setting.FRAMING, framing)
                                .set(Setting.MAX_PAYLOAD, "8B")
                                .start();
                TestPeer peer = engine.connect()) {
            peer.send("lines".equals(framing) ? "a" : "\u0001");
            await().until(() -> engine.counters().bytesRead() == 1);
            peer.send(bytes(stream));
            assertThat(peer.untilEnd()).isEqualTo("RST");
            Counters counters = engine.settled();
            assertThat(engine.messages())
                    .filteredOn(one -> one.outcome() == MessageRecord.Outcome.DISCARDED)
                    .singleElement()
                    .satisfies(
                            one -> {
                                assertThat(one.size()).isEqualTo(counters.discardedBytes());
                                assertThat(one.firstByteAt())
                                        .isAfter(before.minus(Duration.ofSeconds(5)));
                                assertThat(one.error()).startsWith("DMG2103 ");
                            });
            assertThat(engine.bean().texts()).hasSize(2);
        }
    }

    @Test
    void a_snapshot_shows_how_much_is_in_which_stage() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            engine.bean().onPayload(payload -> goOn.await());
            peer.send("bean\nwaits\nlane\nhalf");
            await().until(() -> engine.listener().stages().inBeanPayloads() == 1);
            await().until(() -> engine.listener().stages().assemblingBytes() == 4);
            ListenerSnapshot listener = engine.listener();
            assertThat(listener.stages().inBeanBytes()).isEqualTo(4);
            assertThat(listener.stages().lanePayloads()).isEqualTo(2);
            assertThat(listener.stages().laneBytes()).isEqualTo(9);
            assertThat(listener.workers()).isEqualTo(1);
            assertThat(listener.budgetUsed()).isPositive();
            assertThat(engine.connection().inFlight()).isEqualTo(3);
            assertThat(engine.connection().payloads()).isEqualTo(3);
            assertThat(engine.connection().laneBytes()).isEqualTo(13);
            assertThat(engine.connection().assemblingBytes()).isEqualTo(4);
            Counters counters = listener.counters();
            assertThat(counters.bytesRead())
                    .isEqualTo(
                            counters.envelopeBytes()
                                    + listener.stages().assemblingBytes()
                                    + listener.stages().laneBytes()
                                    + listener.stages().inBeanBytes());
            goOn.countDown();
        }
    }

    @Test
    void the_kernels_queue_of_a_connection_that_is_not_read_is_shown() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("lines");
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.engine().connections().list(engine.name()).size() == 1);
            engine.engine().connections().list(engine.name()).get(0).pause();
            await().until(() -> !engine.connection().holds().isEmpty());
            peer.send("not read");
            if (!System.getProperty("os.name").startsWith("Linux")) {
                assertThat(engine.connection().kernelBytes()).isEqualTo(-1);
                return;
            }
            await().until(() -> engine.connection().kernelBytes() == 8);
            assertThat(engine.listener().stages().kernelBytes()).isEqualTo(8);
            engine.engine().connections().list(engine.name()).get(0).resume();
            await().until(() -> engine.connection().kernelBytes() == 0);
            assertThat(engine.connection().assemblingBytes()).isEqualTo(8);
        }
    }
}
