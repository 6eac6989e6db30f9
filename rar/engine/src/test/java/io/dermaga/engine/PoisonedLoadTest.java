package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.api.Payload;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.engine.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many connections at once, on each of which one payload in a hundred is poison: {@code
 * -Ddermaga.poisoned.payloads} says how many payloads a connection has.
 */
class PoisonedLoadTest {

    private static final int CONNECTIONS = 64;
    private static final int PAYLOADS = Integer.getInteger("dermaga.poisoned.payloads", 500);
    private static final int EACH = 100;
    private static final int DELIVERIES = 3;

    /** What the bean has seen of one connection: the next delivery that is due. */
    private static final class Expected {

        private int number;
        private int delivery = 1;
        private String wrong = "";

        /** One thread at a time, as a lane has one worker. */
        boolean isPoison(Payload payload) {
            int given = Integer.parseInt(payload.text());
            if ((given != number || payload.deliveryCount() != delivery) && wrong.isEmpty()) {
                wrong =
                        "%d for the %d. time instead of %d for the %d."
                                .formatted(given, payload.deliveryCount(), number, delivery);
            }
            boolean poison = given % EACH == EACH - 1;
            if (poison && delivery < DELIVERIES) {
                delivery++;
            } else {
                number++;
                delivery = 1;
            }
            return poison;
        }
    }

    @Test
    @Timeout(600)
    void poison_is_given_up_after_so_many_deliveries_and_nothing_overtakes_it() throws Exception {
        Map<String, Expected> seen = new ConcurrentHashMap<>();
        AtomicInteger calls = new AtomicInteger();
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.MAX_DELIVERIES, DELIVERIES)
                        .set(Setting.REDELIVERY_MIN, "1ms")
                        .set(Setting.REDELIVERY_MAX, "5ms")
                        .set(Setting.ACK, "'+'")
                        .set(Setting.NAK, "'-'");
        draft.bean()
                .recordNothing()
                .onPayload(
                        payload -> {
                            calls.incrementAndGet();
                            if (seen.computeIfAbsent(
                                            payload.connection().id(), id -> new Expected())
                                    .isPoison(payload)) {
                                throw new IllegalStateException("poison");
                            }
                        });
        try (EngineUnderTest engine = draft.start()) {
            talk(engine);

            int poison = CONNECTIONS * (PAYLOADS / EACH);
            assertThat(seen.values())
                    .hasSize(CONNECTIONS)
                    .extracting(one -> one.wrong)
                    .containsOnly("");
            assertThat(seen.values()).extracting(one -> one.number).containsOnly(PAYLOADS);
            assertThat(calls).hasValue(CONNECTIONS * PAYLOADS + poison * (DELIVERIES - 1));
            Counters counters = engine.settled();
            assertThat(counters.failed()).isEqualTo(poison);
            assertThat(counters.delivered()).isEqualTo(CONNECTIONS * PAYLOADS - poison);
            assertThat(engine.monitor().deadLetterCount(DeadLetterFilter.ALL)).isEqualTo(poison);
        }
    }

    private static void talk(EngineUnderTest engine) throws Exception {
        String lines =
                String.join(
                        "\n", IntStream.range(0, PAYLOADS).mapToObj(Integer::toString).toList());
        String answers = ("+".repeat(EACH - 1) + "-").repeat(PAYLOADS / EACH);
        ExecutorService peers = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<String>> told = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                told.add(
                        peers.submit(
                                () -> {
                                    try (TestPeer peer = engine.connect()) {
                                        peer.send(lines + "\n");
                                        return peer.receive(PAYLOADS);
                                    }
                                }));
            }
            for (Future<String> one : told) {
                assertThat(one.get()).isEqualTo(answers);
            }
        } finally {
            peers.shutdown();
        }
    }
}
