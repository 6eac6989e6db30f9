package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.Reply;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterGroup;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.Setting;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A payload on which a bean fails is delivered again, in order, until it is given up. */
class RedeliveryTest {

    private static EngineUnderTest.Draft lines() {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "lines")
                .set(Setting.REDELIVERY_MIN, "1ms")
                .set(Setting.REDELIVERY_MAX, "5ms")
                .set(Setting.ACK, "'+'")
                .set(Setting.NAK, "'-'");
    }

    private static void failsOnPoison(Payload payload) {
        if (payload.text().equals("poison")) {
            throw new IllegalStateException("never");
        }
    }

    @Test
    void a_payload_is_delivered_again_before_the_next_one() throws Exception {
        EngineUnderTest.Draft draft = lines();
        List<Integer> counts = new CopyOnWriteArrayList<>();
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().equals("b")) {
                                counts.add(payload.deliveryCount());
                                if (payload.deliveryCount() < 3) {
                                    throw new IllegalStateException("not yet");
                                }
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nb\nc\n");
            assertThat(peer.receive(3)).isEqualTo("+++");
            assertThat(engine.bean().texts()).containsExactly("a", "b", "b", "b", "c");
            assertThat(counts).containsExactly(1, 2, 3);
            assertThat(engine.messages())
                    .extracting(MessageRecord::attempts)
                    .containsExactly(1, 3, 1);
            assertThat(engine.listener().counters().failures()).isEqualTo(2);
            assertThat(engine.listener().counters().failed()).isZero();
        }
    }

    @Test
    void a_payload_that_no_bean_takes_is_given_up_after_exactly_so_many_deliveries()
            throws Exception {
        EngineUnderTest.Draft draft = lines().set(Setting.MAX_DELIVERIES, 4);
        draft.bean().onPayload(RedeliveryTest::failsOnPoison);
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\npoison\nc\n");
            assertThat(peer.receive(3)).isEqualTo("+-+");
            assertThat(engine.bean().texts())
                    .containsExactly("a", "poison", "poison", "poison", "poison", "c");
            assertThat(engine.listener().counters().failed()).isEqualTo(1);
            assertThat(engine.listener().counters().failures()).isEqualTo(4);
        }
    }

    @Test
    void other_lanes_go_on_while_one_waits() throws Exception {
        EngineUnderTest.Draft draft =
                lines().set(Setting.CONCURRENCY, 1)
                        .set(Setting.REDELIVERY_MIN, "1h")
                        .set(Setting.REDELIVERY_MAX, "1h")
                        .set(Setting.DRAIN_TIMEOUT, "0s");
        draft.bean().onPayload(RedeliveryTest::failsOnPoison);
        try (EngineUnderTest engine = draft.start();
                TestPeer stuck = engine.connect();
                TestPeer other = engine.connect()) {
            stuck.send("poison\n");
            engine.event(MonitorEvent.Kind.DELIVERY_FAILED);
            other.send("a\n");
            assertThat(other.receive(1)).isEqualTo("+");
            await().until(() -> engine.listener().workers() == 0);
        }
    }

    @Test
    void payloads_of_a_batch_that_failed_are_delivered_one_by_one() throws Exception {
        EngineUnderTest.Draft draft = lines().shape(BeanShape.ofBatches());
        draft.bean().onPayload(RedeliveryTest::failsOnPoison);
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\npoison\nc\n");
            assertThat(peer.receive(3)).isEqualTo("+-+");
            assertThat(engine.bean().batches()).containsExactly(3, 1, 1, 1, 1, 1, 1);
            assertThat(engine.messages())
                    .extracting(MessageRecord::attempts)
                    .containsExactly(2, 5, 2);
        }
    }

    @Test
    void a_reply_of_a_delivery_that_failed_is_not_sent() throws Exception {
        EngineUnderTest.Draft draft = lines();
        var tried = ConcurrentHashMap.<String>newKeySet();
        draft.bean()
                .onPayload(
                        payload -> {
                            payload.reply(payload.text() + payload.deliveryCount() + ";");
                            if (tried.add(payload.text())) {
                                throw new IllegalStateException("once");
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nb\n");
            assertThat(peer.receive(6)).isEqualTo("a2;b2;");
        }
    }

    @Test
    void a_bean_may_answer_for_a_payload_that_it_does_not_accept() throws Exception {
        EngineUnderTest.Draft draft = lines();
        draft.bean()
                .onPayload(
                        payload -> {
                            switch (payload.text()) {
                                case "bad" -> payload.reply(Reply.nak());
                                case "quiet" -> payload.reply(Reply.none());
                                case "last" -> payload.reply(Reply.of("bye").thenEnd());
                                default -> {
                                    // the answer of the settings
                                }
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nbad\nquiet\nlast\n");
            assertThat(peer.untilEnd()).isEqualTo("+-byeFIN");
            assertThat(engine.listener().counters().failed()).isZero();
        }
    }

    @Test
    void a_listener_that_is_paused_by_poison_goes_on_when_it_is_resumed() throws Exception {
        EngineUnderTest.Draft draft =
                lines().set(Setting.MAX_DELIVERIES, 1).set(Setting.ON_POISON, "PAUSE_LISTENER");
        draft.bean().onPayload(RedeliveryTest::failsOnPoison);
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("poison\na\n");
            assertThat(peer.receive(1)).isEqualTo("-");
            await().until(() -> engine.listener().state() == ListenerState.PAUSED);
            assertThat(engine.listener().error()).contains("DMG3001");
            assertThat(engine.bean().texts()).containsExactly("poison");
            assertThat(engine.monitor().resumeListener(engine.name(), "test")).isTrue();
            assertThat(peer.receive(1)).isEqualTo("+");
            assertThat(engine.listener().state()).isEqualTo(ListenerState.LISTENING);
        }
    }

    @Test
    void a_dead_letter_tells_why_in_a_numbered_sentence_and_shares_its_fault_with_others()
            throws Exception {
        EngineUnderTest.Draft draft = lines().ownEngine().set(Setting.MAX_DELIVERIES, 1);
        draft.bean()
                .onPayload(
                        payload -> {
                            throw new IllegalStateException(
                                    "order '" + payload.text() + "': closed");
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("7\n8\n");
            assertThat(peer.receive(2)).isEqualTo("--");
            assertThat(engine.monitor().deadLetters(DeadLetterFilter.ALL, null, 10))
                    .extracting(letter -> letter.failure().cause())
                    .allMatch(cause -> cause.startsWith("DMG3001 bean failed on payload "))
                    .anyMatch(cause -> cause.endsWith("IllegalStateException: order '7': closed"));
            assertThat(engine.monitor().deadLetterGroups(DeadLetterFilter.ALL))
                    .singleElement()
                    .extracting(DeadLetterGroup::fault)
                    .asString()
                    .endsWith("IllegalStateException: order '#': closed");
        }
    }

    @Test
    void a_payload_whose_last_delivery_fails_while_the_listener_is_closed_is_kept()
            throws Exception {
        CountDownLatch inBean = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft =
                lines().ownEngine().set(Setting.MAX_DELIVERIES, 1).set(Setting.DRAIN_TIMEOUT, "0s");
        draft.bean()
                .onPayload(
                        payload -> {
                            inBean.countDown();
                            goOn.await();
                            throw new IllegalStateException("too late");
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\n");
            inBean.await();
            engine.monitor().stopListener(engine.name(), "ann");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            goOn.countDown();
            await().until(() -> engine.monitor().deadLetterCount(DeadLetterFilter.ALL) == 1);
            assertThat(engine.settled().failed()).isEqualTo(1);
            assertThat(engine.listener().counters().discarded()).isZero();
        }
    }
}
