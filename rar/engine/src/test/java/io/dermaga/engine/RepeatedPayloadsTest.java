package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.Reply;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.Setting;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer sends again is answered again and not delivered again. */
class RepeatedPayloadsTest {

    private static final String MESSAGE =
            "MSH|^~\\&|%s|HOSP|EHR|CLINIC|20240101||ORU^R01^ORU_R01|%s|P|2.5.1\rPID|%s\r";

    /** Lines whose key is what comes before a colon. */
    private static EngineUnderTest.Draft lines() {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "lines")
                .set(Setting.IDEMPOTENCY_KEY, "regex(^(\\w+):)")
                .set(Setting.REDELIVERY_MIN, "1ms")
                .set(Setting.ACK, "'+'")
                .set(Setting.NAK, "'-'");
    }

    private static EngineUnderTest.Draft hl7() {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "mllp")
                .set(Setting.IDEMPOTENCY_KEY, "MSH-10");
    }

    private static void fail(boolean fails) {
        if (fails) {
            throw new IllegalStateException("fails");
        }
    }

    private static String sent(EngineUnderTest engine, String text, int answer) throws Exception {
        try (TestPeer peer = engine.connect()) {
            return peer.send(text).receive(answer);
        }
    }

    @Test
    void it_is_answered_again_and_counted_as_discarded() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:again\nb:1\na:1\n").end();
            assertThat(peer.untilEnd()).isEqualTo("++++FIN");
            assertThat(engine.bean().texts()).containsExactly("a:1", "b:1");
            Counters counters = engine.settled();
            assertThat(counters.repeated()).isEqualTo(2);
            assertThat(counters.discarded()).isEqualTo(2);
            assertThat(counters.discardedBytes()).isEqualTo("a:againa:1".length());
            assertThat(counters.delivered()).isEqualTo(2);
            assertThat(counters.failed()).isZero();
            assertThat(engine.messages())
                    .extracting(MessageRecord::outcome)
                    .containsExactly(
                            MessageRecord.Outcome.DELIVERED,
                            MessageRecord.Outcome.DISCARDED,
                            MessageRecord.Outcome.DELIVERED,
                            MessageRecord.Outcome.DISCARDED);
        }
    }

    @Test
    void what_comes_later_on_its_connection_is_known_by_keys_of_its_own() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:2\n");
            assertThat(peer.receive(2)).isEqualTo("++");
            peer.send("b:1\nc:1\n");
            assertThat(peer.receive(2)).isEqualTo("++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "b:1", "c:1");
        }
    }

    @Test
    void it_is_told_of_with_its_key() throws Exception {
        try (EngineUnderTest engine =
                        lines().set(Setting.IDEMPOTENCY_KEY, "regex(.+)")
                                .set(Setting.IDEMPOTENCY_WINDOW, "90m")
                                .start();
                TestPeer peer = engine.connect()) {
            String line = "\u0001" + "x".repeat(500);
            peer.send(line + "\n" + line + "\n");
            assertThat(peer.receive(2)).isEqualTo("++");
            MonitorEvent event = engine.event(MonitorEvent.Kind.DISCARDED);
            assertThat(event.text())
                    .startsWith("DMG3014 payload ")
                    .contains(".2 of 501 bytes from 127.0.0.1:" + peer.localPort())
                    .contains("on listener '" + engine.name() + "' is repeated")
                    .contains("key '\\u0001xxx")
                    .hasSizeLessThan(300)
                    .endsWith("idempotencyWindow=90m");
            MessageRecord message = engine.messages().get(1);
            assertThat(message.error()).isEqualTo(event.text());
            assertThat(message.attempts()).isZero();
            assertThat(message.size()).isEqualTo(501);
            assertThat(engine.monitor().content(message.id())).isPresent();
        }
    }

    @Test
    void another_connection_may_repeat_it() throws Exception {
        try (EngineUnderTest engine = lines().start()) {
            assertThat(sent(engine, "a:1\n", 1)).isEqualTo("+");
            assertThat(sent(engine, "a:2\nb:1\n", 2)).isEqualTo("++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "b:1");
        }
    }

    @Test
    void what_has_no_key_is_delivered() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            peer.send("none\nnone\n\n\n");
            assertThat(peer.receive(4)).isEqualTo("++++");
            assertThat(engine.bean().texts()).containsExactly("none", "none", "", "");
        }
    }

    @Test
    void without_a_key_everything_is_delivered() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.IDEMPOTENCY_KEY, "NONE").start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:1\n");
            assertThat(peer.receive(2)).isEqualTo("++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:1");
        }
    }

    @Test
    void it_waits_while_the_first_is_in_delivery_and_others_go_on() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft = lines();
        draft.bean().onPayload(payload -> awaitIf(payload.text().equals("a:1"), goOn));
        try (EngineUnderTest engine = draft.start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            first.send("a:1\n");
            await().until(() -> engine.listener().stages().inBeanPayloads() == 1);
            second.send("a:2\nc:1\n");
            await().until(() -> engine.listener().stages().lanePayloads() == 2);
            assertThat(sent(engine, "b:1\n", 1)).isEqualTo("+");
            goOn.countDown();
            assertThat(first.receive(1)).isEqualTo("+");
            assertThat(second.receive(2)).isEqualTo("++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "b:1", "c:1");
        }
    }

    private static void awaitIf(boolean waits, CountDownLatch latch) throws InterruptedException {
        if (waits) {
            latch.await();
        }
    }

    @Test
    void it_is_delivered_if_the_first_that_it_waits_for_is_given_up() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft = lines().set(Setting.MAX_DELIVERIES, 1);
        draft.bean()
                .onPayload(
                        payload -> {
                            awaitIf(payload.text().equals("a:1"), goOn);
                            fail(payload.text().equals("a:1"));
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            first.send("a:1\n");
            await().until(() -> engine.listener().stages().inBeanPayloads() == 1);
            second.send("a:2\n");
            await().until(() -> engine.listener().stages().lanePayloads() == 1);
            goOn.countDown();
            assertThat(first.receive(1)).isEqualTo("-");
            assertThat(second.receive(1)).isEqualTo("+");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:2");
        }
    }

    @Test
    void the_first_keeps_its_key_while_it_is_redelivered() throws Exception {
        CountDownLatch fails = new CountDownLatch(1);
        EngineUnderTest.Draft draft =
                lines().set(Setting.REDELIVERY_MIN, "1s").set(Setting.REDELIVERY_MAX, "1s");
        draft.bean()
                .onPayload(
                        payload -> {
                            awaitIf(payload.deliveryCount() == 1, fails);
                            fail(payload.deliveryCount() == 1);
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer first = engine.connect();
                TestPeer second = engine.connect()) {
            first.send("a:1\n");
            await().until(() -> engine.listener().stages().inBeanPayloads() == 1);
            second.send("a:2\n");
            await().until(() -> engine.listener().stages().lanePayloads() == 1);
            fails.countDown();
            assertThat(first.receive(1)).isEqualTo("+");
            assertThat(second.receive(1)).isEqualTo("+");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:1");
            assertThat(engine.counters().repeated()).isEqualTo(1);
        }
    }

    @Test
    void it_is_delivered_after_the_first_was_given_up() throws Exception {
        EngineUnderTest.Draft draft = lines().set(Setting.MAX_DELIVERIES, 2);
        draft.bean().onPayload(payload -> fail(payload.text().equals("a:1")));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:2\na:3\n");
            assertThat(peer.receive(3)).isEqualTo("-++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:1", "a:2");
        }
    }

    @Test
    void it_is_delivered_after_the_first_was_discarded() throws Exception {
        EngineUnderTest.Draft draft =
                lines().set(Setting.REDELIVERY_MIN, "1h")
                        .set(Setting.REDELIVERY_MAX, "1h")
                        .set(Setting.DRAIN_TIMEOUT, "0s");
        draft.bean().onPayload(payload -> fail(payload.text().equals("a:1")));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\n");
            engine.event(MonitorEvent.Kind.DELIVERY_FAILED);
            engine.monitor().stopListener(engine.name(), "ann");
            assertThat(peer.untilEnd()).isEqualTo("RST");
            await().until(() -> engine.listener().state() == ListenerState.STOPPED);
            engine.monitor().startListener(engine.name(), "ann");
            await().until(() -> engine.listener().state() == ListenerState.LISTENING);
            assertThat(sent(engine, "a:2\n", 1)).isEqualTo("+");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:2");
        }
    }

    @Test
    void it_ends_the_batch_before_it() throws Exception {
        EngineUnderTest.Draft draft = lines().shape(BeanShape.ofBatches());
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\nb:1\na:2\nc:1\nb:2\na:3\nd:1\ne:1\n");
            assertThat(peer.receive(8)).isEqualTo("++++++++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "b:1", "c:1", "d:1", "e:1");
            assertThat(engine.bean().batches()).containsExactly(2, 1, 2);
            assertThat(engine.messages())
                    .extracting(one -> one.outcome() == MessageRecord.Outcome.DELIVERED)
                    .containsExactly(true, true, false, true, false, false, true, true);
            assertThat(engine.messages())
                    .extracting(one -> one.id().replaceAll(".*[.]", ""))
                    .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        }
    }

    @Test
    void a_batch_that_failed_gives_up_its_keys_one_by_one() throws Exception {
        EngineUnderTest.Draft draft =
                lines().shape(BeanShape.ofBatches()).set(Setting.MAX_DELIVERIES, 3);
        draft.bean().onPayload(payload -> fail(payload.text().equals("a:1")));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\nb:1\na:2\nb:2\n");
            assertThat(peer.receive(4)).isEqualTo("-+++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:1", "a:1", "b:1", "a:2");
            assertThat(engine.bean().batches()).containsExactly(2, 1, 1, 1, 1);
        }
    }

    @Test
    void batches_with_the_same_keys_in_another_order_do_not_wait_for_each_other_for_ever()
            throws Exception {
        int keys = 300;
        StringBuilder ascending = new StringBuilder();
        StringBuilder descending = new StringBuilder();
        for (int i = 0; i < keys; i++) {
            ascending.append(i).append(":1\n");
            descending.append(keys - 1 - i).append(":2\n");
        }
        EngineUnderTest.Draft draft =
                lines().shape(BeanShape.ofBatches()).set(Setting.MAX_BATCH, 7);
        try (EngineUnderTest engine = draft.start();
                TestPeer one = engine.connect();
                TestPeer other = engine.connect()) {
            one.send(ascending.toString());
            other.send(descending.toString());
            assertThat(one.receive(keys)).isEqualTo("+".repeat(keys));
            assertThat(other.receive(keys)).isEqualTo("+".repeat(keys));
            assertThat(engine.bean().texts())
                    .hasSize(keys)
                    .extracting(text -> text.split(":", -1)[0])
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void it_gets_the_reply_of_the_bean_to_the_first() throws Exception {
        EngineUnderTest.Draft draft = lines();
        draft.bean()
                .onPayload(
                        payload -> {
                            payload.reply("(" + payload.text());
                            payload.reply(")");
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\nb:1\na:2\n");
            assertThat(peer.receive(15)).isEqualTo("(a:1)(b:1)(a:1)");
            assertThat(sent(engine, "b:2\n", 5)).isEqualTo("(b:1)");
        }
    }

    @Test
    void a_reply_that_ends_the_connection_ends_that_of_the_repeated_payload() throws Exception {
        EngineUnderTest.Draft draft = lines();
        draft.bean().onPayload(payload -> payload.reply(Reply.of("bye").thenEnd()));
        try (EngineUnderTest engine = draft.start()) {
            for (int i = 0; i < 2; i++) {
                try (TestPeer peer = engine.connect()) {
                    assertThat(peer.send("a:1\n").untilEnd()).isEqualTo("byeFIN");
                }
            }
            assertThat(engine.bean().texts()).containsExactly("a:1");
        }
    }

    @Test
    void it_is_answered_as_delivered_where_the_reply_was_too_large_to_keep() throws Exception {
        EngineUnderTest.Draft draft = lines();
        draft.bean().onPayload(payload -> payload.reply("x".repeat(4097)));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:2\n");
            assertThat(peer.receive(4098)).isEqualTo("x".repeat(4097) + "+");
        }
    }

    @Test
    void it_is_delivered_where_the_bean_has_not_accepted_the_first() throws Exception {
        EngineUnderTest.Draft draft = lines();
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().equals("a:1")) {
                                payload.reply(Reply.nak());
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:2\na:3\n");
            assertThat(peer.receive(3)).isEqualTo("-++");
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:2");
        }
    }

    @Test
    void the_end_of_its_stream_is_an_orderly_one() throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft().set(Setting.IDEMPOTENCY_KEY, "bytes(2,3)").start()) {
            for (String text : new String[] {"__abc", "..abc!", "__abd", "ab", "ab"}) {
                try (TestPeer peer = engine.connect()) {
                    assertThat(peer.send(text).end().untilEnd()).isEqualTo("FIN");
                }
            }
            assertThat(engine.bean().texts()).containsExactly("__abc", "__abd", "ab", "ab");
            assertThat(engine.settled().repeated()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"STRIP", "KEEP"})
    void an_hl7_message_is_acknowledged_again_by_its_own_header(String envelope) throws Exception {
        try (EngineUnderTest engine = hl7().set(Setting.ENVELOPE, envelope).start();
                TestPeer peer = engine.connect()) {
            peer.send(block(MESSAGE.formatted("LAB", "42", "1")));
            peer.send(block(MESSAGE.formatted("LAB", "42", "2").replace("EHR", "NEW")));
            peer.send(block(MESSAGE.formatted("LAB", "43", "3"))).end();
            assertThat(withoutTime(peer.untilEnd()))
                    .isEqualTo(
                            acknowledgement("EHR", "LAB", "42")
                                    + acknowledgement("NEW", "LAB", "42")
                                    + acknowledgement("EHR", "LAB", "43")
                                    + "FIN");
            assertThat(engine.bean().texts())
                    .extracting(text -> text.replaceAll("(?s).*PID.(\\d).*", "$1"))
                    .containsExactly("1", "3");
        }
    }

    @Test
    void two_senders_may_have_the_same_control_id() throws Exception {
        try (EngineUnderTest engine = hl7().set(Setting.FRAMING, "auto(mllp,lines)").start();
                TestPeer peer = engine.connect()) {
            peer.send(block(MESSAGE.formatted("LAB", "42", "1")));
            peer.send(block(MESSAGE.formatted("WARD", "42", "2")));
            peer.send(block(MESSAGE.formatted("WARD", "42", "2"))).end();
            assertThat(withoutTime(peer.untilEnd()))
                    .isEqualTo(
                            acknowledgement("EHR", "LAB", "42")
                                    + acknowledgement("EHR", "WARD", "42").repeat(2)
                                    + "FIN");
            assertThat(engine.bean().texts()).hasSize(2);
        }
    }

    private static String block(String content) {
        return "\u000b" + content + "\u001c\r";
    }

    private static String withoutTime(String answer) {
        return answer.replaceAll("\\d{14}\\.\\d{3}[+-]\\d{4}", "TIME");
    }

    private static String acknowledgement(String receiver, String sender, String id) {
        return block(
                "MSH|^~\\&|%s|CLINIC|%s|HOSP|TIME||ACK^R01^ACK|%s|P|2.5.1\rMSA|AA|%s\r"
                        .formatted(receiver, sender, id, id));
    }

    @Test
    void a_large_payload_is_known_by_its_beginning_on_disk() throws Exception {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.SPILL_THRESHOLD, "4KiB")
                        .set(Setting.IDEMPOTENCY_KEY, "bytes(60000,5)");
        draft.bean().recordNothing();
        try (EngineUnderTest engine = draft.start()) {
            for (String end : new String[] {"12345", "12345", "12346"}) {
                try (TestPeer peer = engine.connect()) {
                    peer.send("x".repeat(60_000) + end + "x".repeat(20_000)).end();
                    assertThat(peer.untilEnd()).isEqualTo("FIN");
                }
            }
            Counters counters = engine.settled();
            assertThat(counters.delivered()).isEqualTo(2);
            assertThat(counters.repeated()).isEqualTo(1);
            assertThat(engine.messages()).allMatch(MessageRecord::spilled);
        }
    }

    @Test
    void a_dead_letter_that_an_operator_replays_is_delivered_whatever_is_known() throws Exception {
        EngineUnderTest.Draft draft = lines().ownEngine().set(Setting.MAX_DELIVERIES, 1);
        draft.bean()
                .onPayload(
                        payload ->
                                fail(payload.text().equals("a:1") && payload.deliveryCount() == 1));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a:1\na:2\n");
            assertThat(peer.receive(2)).isEqualTo("-+");
            engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann");
            await().until(
                            () ->
                                    engine.monitor().deadLetterReplays().get(0).state()
                                            == DeadLetterReplay.State.DONE);
            assertThat(engine.bean().texts()).containsExactly("a:1", "a:2", "a:1");
            assertThat(engine.monitor().deadLetterCount(DeadLetterFilter.ALL)).isZero();
            assertThat(engine.counters().repeated()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"ON_SPOOL, ++++", "ON_DELIVERY, +-++"})
    void it_is_the_same_with_a_spool(String acknowledge, String answers) throws Exception {
        EngineUnderTest.Draft draft =
                lines().ownEngine()
                        .set(Setting.DURABILITY, "SPOOLED")
                        .set(Setting.ACKNOWLEDGE, acknowledge)
                        .set(Setting.MAX_DELIVERIES, 1);
        draft.bean().onPayload(payload -> fail(payload.text().equals("b:1")));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect();
                TestPeer other = engine.connect()) {
            peer.send("a:1\nb:1\nb:2\na:2\n");
            assertThat(peer.receive(4)).isEqualTo(answers);
            await().until(() -> engine.counters().repeated() == 1);
            other.send("b:3\n").end();
            assertThat(other.untilEnd()).isEqualTo("+FIN");
            await().until(() -> engine.counters().repeated() == 2);
            await().until(() -> engine.listener().stages().spoolEntries() == 0);
            assertThat(engine.bean().texts()).containsExactly("a:1", "b:1", "b:2");
            peer.end();
            peer.untilEnd();
            engine.settled();
        }
    }

    @Test
    void the_reply_to_a_spooled_payload_is_kept_too() throws Exception {
        EngineUnderTest.Draft draft = lines().ownEngine().set(Setting.DURABILITY, "SPOOLED");
        draft.bean().onPayload(RepeatedPayloadsTest::replyItsText);
        try (EngineUnderTest engine = draft.start()) {
            assertThat(sent(engine, "a:1\n", 3)).isEqualTo("a:1");
            assertThat(sent(engine, "a:2\nb:1\n", 6)).isEqualTo("a:1b:1");
        }
    }

    private static void replyItsText(Payload payload) {
        payload.reply(payload.text());
    }
}
