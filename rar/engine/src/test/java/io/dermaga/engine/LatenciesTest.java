package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.LatencySnapshot;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.StageLatencies;
import io.dermaga.engine.settings.Setting;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The histograms of a listener tell of the same messages as its feed. */
class LatenciesTest {

    @Test
    void every_payload_that_a_bean_was_called_with_is_in_each_histogram_once() throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.MAX_PAYLOAD, "10")
                        .set(Setting.ON_OVERSIZE, "DISCARD")
                        .start()) {
            try (TestPeer peer = engine.connect()) {
                for (int i = 1; i <= 100; i++) {
                    peer.send("one\ntwo\n" + (i % 10 == 0 ? "much too long for it\n" : ""));
                }
                await().until(() -> engine.counters().delivered() == 200);
                await().until(() -> engine.counters().discarded() == 10);
            }

            List<MessageRecord> called =
                    engine.messages().stream().filter(one -> one.attempts() > 0).toList();
            StageLatencies latencies = engine.listener().latencies();

            assertThat(called).hasSize(200);
            assertSame(latencies.receiving(), called, MessageRecord::receiving);
            assertSame(latencies.waiting(), called, MessageRecord::waiting);
            assertSame(latencies.inBean(), called, MessageRecord::inBean);
            assertSame(
                    latencies.whole(),
                    called,
                    one -> one.receiving().plus(one.waiting()).plus(one.inBean()));
        }
    }

    private static void assertSame(
            LatencySnapshot histogram,
            List<MessageRecord> messages,
            Function<MessageRecord, Duration> stage) {
        assertThat(histogram.count()).isEqualTo(messages.size());
        assertThat(histogram.sum())
                .isEqualTo(messages.stream().map(stage).reduce(Duration.ZERO, Duration::plus));
        Duration half = histogram.bounds().get(3);
        assertThat(histogram.counts().subList(0, 4).stream().mapToLong(Long::longValue).sum())
                .isEqualTo(
                        messages.stream()
                                .filter(one -> stage.apply(one).compareTo(half) <= 0)
                                .count());
    }
}
