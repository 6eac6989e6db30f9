package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.ConnectionSnapshot.Hold;
import io.dermaga.api.monitor.ConnectionState;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.engine.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/guarantees.md promises, for every combination of durability and acknowledgement. */
class GuaranteesTest {

    private enum Combination {
        MEMORY_ON_DELIVERY,
        MEMORY_NEVER,
        SPOOLED_ON_SPOOL,
        SPOOLED_ON_DELIVERY,
        SPOOLED_NEVER;

        String durability() {
            return name().substring(0, name().indexOf('_'));
        }

        String acknowledge() {
            return name().substring(name().indexOf('_') + 1);
        }

        boolean tells() {
            return !acknowledge().equals("NEVER");
        }

        /**
         * @param onDelivery what a peer is told if it is told of deliveries
         * @param onSpool what it is told before
         */
        String told(String onDelivery, String onSpool) {
            return switch (acknowledge()) {
                case "ON_DELIVERY" -> onDelivery;
                case "ON_SPOOL" -> onSpool;
                default -> "";
            };
        }
    }

    private Path data;

    /** Deliveries, each as the text of the payload and its deliveryCount. */
    private final List<String> deliveries = new CopyOnWriteArrayList<>();

    @BeforeEach
    void use(@TempDir Path temporary) {
        data = temporary;
    }

    private EngineUnderTest.Draft draft(Combination combination) {
        return EngineUnderTest.draft()
                .adapter("dataDirectory", data)
                .set(Setting.FRAMING, "lines")
                .set(Setting.DURABILITY, combination.durability())
                .set(Setting.ACKNOWLEDGE, combination.acknowledge())
                .set(Setting.ACK, combination.tells() ? "'+'" : "none")
                .set(Setting.NAK, combination.tells() ? "'-'" : "none")
                .set(Setting.MAX_DELIVERIES, 3)
                .set(Setting.REDELIVERY_MIN, "1ms");
    }

    /**
     * @param failures how often the bean fails on {@code b}
     */
    private EngineUnderTest.Draft failing(Combination combination, int failures) {
        EngineUnderTest.Draft draft = draft(combination);
        draft.bean()
                .onPayload(
                        payload -> {
                            deliveries.add(payload.text() + payload.deliveryCount());
                            if (payload.text().equals("b") && payload.deliveryCount() <= failures) {
                                throw new IllegalStateException("no");
                            }
                        });
        return draft;
    }

    /** A bean that does not return before it may. */
    private EngineUnderTest.Draft waiting(Combination combination, CountDownLatch goOn) {
        EngineUnderTest.Draft draft = draft(combination);
        draft.bean()
                .onPayload(
                        payload -> {
                            deliveries.add(payload.text() + payload.deliveryCount());
                            goOn.await();
                        });
        return draft;
    }

    @ParameterizedTest
    @EnumSource
    void a_bean_fails_once(Combination combination) throws Exception {
        try (EngineUnderTest engine = failing(combination, 1).start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nb\nc\n").end();
            assertThat(peer.untilEnd()).isEqualTo(combination.told("+++", "+++") + "FIN");
            await().until(() -> engine.counters().delivered() == 3);
        }
        assertThat(deliveries).containsExactly("a1", "b1", "b2", "c1");
    }

    @ParameterizedTest
    @EnumSource
    void a_bean_fails_again_and_again(Combination combination) throws Exception {
        try (EngineUnderTest engine = failing(combination, 3).start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nb\nc\n").end();
            assertThat(peer.untilEnd()).isEqualTo(combination.told("+-+", "+++") + "FIN");
            await().until(() -> engine.counters().delivered() == 2);
            assertThat(engine.monitor().deadLetterCount(DeadLetterFilter.ALL)).isEqualTo(1);
        }
        assertThat(deliveries).containsExactly("a1", "b1", "b2", "b3", "c1");
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_resets_before_it_is_told_of_a_delivery(Combination combination) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = waiting(combination, goOn).start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nb\n");
            await().until(() -> deliveries.size() == 1);
            await().until(() -> engine.counters().bytesRead() == 4);
            peer.reset();
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .allMatch(
                                                    one -> one.state() == ConnectionState.CLOSED));
            goOn.countDown();
            await().until(() -> engine.counters().delivered() == 2);
        }
        assertThat(deliveries).containsExactly("a1", "b1");
    }

    @ParameterizedTest
    @EnumSource
    void a_peer_resets_after_it_was_told(Combination combination) throws Exception {
        try (EngineUnderTest engine = failing(combination, 0).start();
                TestPeer peer = engine.connect()) {
            peer.send("a\n");
            String told = combination.told("+", "+");
            assertThat(peer.receive(told.length())).isEqualTo(told);
            await().until(() -> engine.counters().delivered() == 1);
            peer.reset();
            engine.settled();
        }
        assertThat(deliveries).containsExactly("a1");
    }

    @ParameterizedTest
    @EnumSource
    void a_bean_is_deployed_anew_while_payloads_wait(Combination combination) throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft = waiting(combination, goOn);
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\n"); // read alone, so that it is an entry of its own
            await().until(() -> deliveries.size() == 1);
            peer.send("b\n");
            await().until(() -> engine.counters().bytesRead() == 4);
            String before = combination.told("", "++");
            assertThat(peer.receive(before.length())).isEqualTo(before);
            Thread undeployment = new Thread(engine::end);
            undeployment.start();
            await().until(
                            () ->
                                    engine.connections().stream()
                                            .allMatch(one -> one.holds().contains(Hold.DRAIN)));
            goOn.countDown();
            assertThat(peer.untilEnd()).isEqualTo(combination.told("++", "") + "FIN");
            peer.end();
            undeployment.join();
        }
        try (EngineUnderTest engine = draft.start()) {
            await().until(() -> deliveries.size() == 2);
            await().until(() -> engine.listener().stages().spoolEntries() <= 0);
        }
        assertThat(deliveries).first().isEqualTo("a1");
        assertThat(deliveries).last().asString().startsWith("b");
        assertThat(deliveries).hasSize(2);
    }
}
