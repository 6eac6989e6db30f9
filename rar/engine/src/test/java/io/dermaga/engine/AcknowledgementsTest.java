package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Payload;
import io.dermaga.api.Reply;
import io.dermaga.api.monitor.MessageContent;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Acknowledgement;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of what peers were told of their messages. */
class AcknowledgementsTest {

    private static EngineUnderTest.Draft lines() {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.ACK, "'+'")
                        .set(Setting.NAK, "'--'")
                        .set(Setting.MAX_DELIVERIES, 2)
                        .set(Setting.REDELIVERY_MIN, "1ms");
        draft.bean().onPayload(AcknowledgementsTest::take);
        return draft;
    }

    private static void take(Payload payload) {
        switch (payload.text()) {
            case "fail" -> throw new IllegalStateException("fails");
            case "refuse" -> payload.reply(Reply.nak());
            case "own" -> payload.reply("an own answer");
            case "silent" -> payload.reply(Reply.none());
            default -> {
                // taken, without a reply
            }
        }
    }

    private static String sent(EngineUnderTest engine, String text) throws Exception {
        try (TestPeer peer = engine.connect()) {
            return peer.send(text).end().untilEnd();
        }
    }

    private static List<String> told(EngineUnderTest engine) {
        return engine.messages().stream()
                .map(message -> told(message.acknowledgement()) + bytes(engine, message))
                .toList();
    }

    private static String told(@Nullable Acknowledgement acknowledgement) {
        return acknowledgement == null
                ? "unknown"
                : acknowledgement.kind() + " " + acknowledgement.bytes();
    }

    private static String bytes(EngineUnderTest engine, MessageRecord message) {
        return engine.monitor()
                .content(message.id())
                .map(MessageContent::acknowledgement)
                .filter(bytes -> bytes.hasRemaining())
                .map(bytes -> " " + StandardCharsets.UTF_8.decode(bytes))
                .orElse("");
    }

    @Test
    void each_message_has_what_was_said_of_it() throws Exception {
        try (EngineUnderTest engine = lines().start()) {
            assertThat(sent(engine, "a\nfail\nrefuse\nown\nsilent\n"))
                    .isEqualTo("+----an own answerFIN");

            assertThat(told(engine))
                    .containsExactly(
                            "ACK 1 +", "NAK 2 --", "NAK 2 --", "REPLY 13 an own answer", "NONE 0");
        }
    }

    @Test
    void it_is_known_when_the_peer_has_it() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            for (int i = 1; i <= 50; i++) {
                peer.send("a\n").receive(1);
                assertThat(told(engine)).hasSize(i).containsOnly("ACK 1 +");
            }
        }
    }

    @Test
    void in_a_batch_each_has_its_own() throws Exception {
        CountDownLatch allThere = new CountDownLatch(1);
        EngineUnderTest.Draft draft =
                lines().shape(BeanShape.ofBatches()).set(Setting.MAX_BATCH, 10);
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().equals("first")) {
                                allThere.await();
                            }
                            take(payload);
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("first\n");
            await().until(() -> !engine.bean().texts().isEmpty());
            peer.send("a\nown\nrefuse\nb\n").end();
            await().until(() -> engine.connection().payloads() == 5);
            allThere.countDown();

            assertThat(peer.untilEnd()).isEqualTo("++an own answer--+FIN");
            assertThat(engine.bean().batches()).hasSizeLessThan(5);
            assertThat(told(engine))
                    .containsExactly(
                            "ACK 1 +", "ACK 1 +", "REPLY 13 an own answer", "NAK 2 --", "ACK 1 +");
        }
    }

    @Test
    void where_nothing_is_said_nothing_was() throws Exception {
        try (EngineUnderTest engine =
                lines().set(Setting.ACK, "none").set(Setting.NAK, "none").start()) {
            sent(engine, "a\nfail\n");

            assertThat(told(engine)).containsExactly("NONE 0", "NONE 0");
        }
    }

    @Test
    void who_has_gone_was_told_nothing() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        EngineUnderTest.Draft draft = lines();
        draft.bean().onPayload(payload -> gone.await());
        try (EngineUnderTest engine = draft.start()) {
            try (TestPeer peer = engine.connect()) {
                peer.send("a\n");
                await().until(() -> engine.bean().texts().size() == 1);
                peer.reset();
            }
            await().until(() -> engine.listener().counters().closed() == 1);
            gone.countDown();
            await().until(() -> engine.messages().size() == 1);

            assertThat(told(engine)).containsExactly("NONE 0");
        }
    }

    @Test
    void what_is_lost_and_what_is_repeated_is_answered_too() throws Exception {
        try (EngineUnderTest engine =
                lines().set(Setting.IDEMPOTENCY_KEY, "regex(^(\\w+))")
                        .set(Setting.MAX_PAYLOAD, 5)
                        .set(Setting.ON_OVERSIZE, "DISCARD")
                        .start()) {
            assertThat(sent(engine, "a\ntoo long\na\nb\n")).isEqualTo("+--++FIN");

            assertThat(told(engine))
                    .containsExactlyInAnyOrder("ACK 1 +", "NAK 2", "ACK 1 +", "ACK 1 +");
        }
    }

    @Test
    void what_was_said_when_it_was_stored_is_not_said_again(@TempDir Path data) throws Exception {
        try (EngineUnderTest engine =
                lines().adapter("dataDirectory", data)
                        .set(Setting.DURABILITY, "SPOOLED")
                        .set(Setting.ACKNOWLEDGE, "ON_SPOOL")
                        .start()) {
            assertThat(sent(engine, "a\n")).isEqualTo("+FIN");
            await().until(() -> engine.messages().size() == 1);

            assertThat(told(engine)).containsExactly("STORED 0");
        }
    }

    @Test
    void what_failed_or_was_refused_after_it_was_stored_has_what_was_said_then(@TempDir Path data)
            throws Exception {
        try (EngineUnderTest engine =
                lines().adapter("dataDirectory", data)
                        .set(Setting.DURABILITY, "SPOOLED")
                        .set(Setting.ACKNOWLEDGE, "ON_SPOOL")
                        .set(Setting.IDEMPOTENCY_KEY, "regex(^(\\w+))")
                        .set(Setting.MAX_PAYLOAD, 5)
                        .set(Setting.ON_OVERSIZE, "DEAD_LETTER")
                        .start()) {
            assertThat(sent(engine, "a\nfail\na\ntoo long\n")).isEqualTo("+++--FIN");
            await().until(() -> engine.messages().size() == 4);

            assertThat(told(engine)).containsExactly("STORED 0", "STORED 0", "STORED 0", "NAK 0");
        }
    }

    @Test
    void after_the_end_of_its_side_nothing_is_said() throws Exception {
        EngineUnderTest.Draft draft = lines();
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().equals("last")) {
                                payload.reply(Reply.of("bye").thenEnd());
                            }
                        });
        try (EngineUnderTest engine = draft.start()) {
            assertThat(sent(engine, "a\nlast\nb\nc\n")).isEqualTo("+byeFIN");

            assertThat(told(engine)).containsExactly("ACK 1 +", "REPLY 3 bye", "NONE 0", "NONE 0");
        }
    }

    @Test
    void a_content_has_its_place_first() throws Exception {
        try (EngineUnderTest engine =
                lines().set(Setting.RECORD_BYTES, "1MiB")
                        .set(Setting.MAX_PAYLOAD, "2MiB")
                        .start()) {
            sent(engine, "x".repeat(1 << 20) + "\nown\n");

            assertThat(told(engine)).containsExactly("ACK 1", "REPLY 13 an own answer");
            assertThat(
                            engine.monitor()
                                    .content(engine.messages().get(0).id())
                                    .map(content -> content.head().remaining()))
                    .hasValue(1 << 20);
        }
    }

    @Test
    void what_was_said_after_the_spool_is_known(@TempDir Path data) throws Exception {
        try (EngineUnderTest engine =
                lines().adapter("dataDirectory", data).set(Setting.DURABILITY, "SPOOLED").start()) {
            assertThat(sent(engine, "a\nown\nfail\n")).isEqualTo("+an own answer--FIN");

            assertThat(told(engine))
                    .containsExactly("ACK 1 +", "REPLY 13 an own answer", "NAK 2 --");
        }
    }

    @Test
    void of_a_long_one_as_much_is_kept_as_of_a_content() throws Exception {
        try (EngineUnderTest engine = lines().set(Setting.RECORD_BYTES, 2).start()) {
            sent(engine, "own\nabc\n");

            assertThat(told(engine)).containsExactly("REPLY 13 an", "ACK 1 +");
            MessageContent content =
                    engine.monitor().content(engine.messages().get(1).id()).orElseThrow();
            assertThat(content.text()).isEqualTo("ab");
            assertThat(content.size()).isEqualTo(3);
        }
        try (EngineUnderTest engine = lines().set(Setting.RECORD_BYTES, "0B").start()) {
            sent(engine, "own\n");

            assertThat(told(engine)).containsExactly("REPLY 13");
        }
    }

    @Test
    void an_empty_message_may_have_one() throws Exception {
        try (EngineUnderTest engine = lines().start()) {
            sent(engine, "\n");

            assertThat(told(engine)).containsExactly("ACK 1 +");
        }
    }
}
