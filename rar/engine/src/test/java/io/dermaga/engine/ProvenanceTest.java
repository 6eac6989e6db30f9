package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.api.monitor.MessageRecord.Outcome;
import io.dermaga.api.monitor.MessageRecord.Stages;
import io.dermaga.api.monitor.MessageRecord.StreamRange;
import io.dermaga.api.monitor.StreamRead;
import io.dermaga.engine.settings.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which bytes of its connection a message was made of, when they came, where its time went. */
class ProvenanceTest {

    private static EngineUnderTest.Draft lines() {
        return EngineUnderTest.draft().set(Setting.FRAMING, "lines");
    }

    /** Sends so that it is read by itself. */
    private static void sendAlone(EngineUnderTest engine, TestPeer peer, String part)
            throws Exception {
        long before = engine.connection().bytesRead();
        peer.send(part);
        await().until(() -> engine.connection().bytesRead() == before + part.length());
    }

    private static List<MessageRecord> messages(EngineUnderTest engine, int count) {
        await().until(() -> engine.messages().size() == count);
        return engine.messages();
    }

    private static StreamRange stream(MessageRecord message) {
        return Objects.requireNonNull(message.stream());
    }

    private static Stages stages(MessageRecord message) {
        return Objects.requireNonNull(message.stages());
    }

    private static void assertComplete(MessageRecord message) {
        Stages stages = stages(message);
        assertThat(stages.spool().plus(stages.lane())).isEqualTo(message.waiting());
        assertThat(stages.redelivery().plus(stages.bean()).plus(stages.commit()))
                .isEqualTo(message.inBean());
    }

    @Test
    void a_payload_in_three_parts_has_three_reads() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.connections().size() == 1);
            sendAlone(engine, peer, "first\nse");
            sendAlone(engine, peer, "con");
            sendAlone(engine, peer, "d\r\nth");

            List<MessageRecord> messages = messages(engine, 2);
            assertThat(messages)
                    .extracting(MessageRecord::stream)
                    .containsExactly(new StreamRange(0, 6, 1), new StreamRange(6, 14, 3));
            MessageRecord second = messages.get(1);
            List<StreamRead> reads = engine.monitor().reads(second.id());
            assertThat(reads).extracting(StreamRead::offset).containsExactly(0L, 8L, 11L);
            assertThat(reads).extracting(StreamRead::length).containsExactly(8, 3, 5);
            assertThat(reads).extracting(StreamRead::held).containsOnly(Duration.ZERO);
            assertThat(reads.get(0).at()).isEqualTo(second.firstByteAt());
            assertThat(reads.get(2).at()).isEqualTo(second.firstByteAt().plus(second.receiving()));
            assertThat(engine.monitor().reads(messages.get(0).id())).containsExactly(reads.get(0));
        }
    }

    @Test
    void payloads_that_were_read_together_have_one_read() throws Exception {
        try (EngineUnderTest engine = EngineUnderTest.framing("length(2)")) {
            try (TestPeer peer = engine.connect()) {
                await().until(() -> engine.connections().size() == 1);
                sendAlone(engine, peer, "\0\1a\0\0\0\2bc");
                messages(engine, 3);
            }
            await().until(() -> engine.connections().isEmpty());

            List<MessageRecord> messages = messages(engine, 3);
            assertThat(messages)
                    .extracting(MessageRecord::stream)
                    .containsExactly(
                            new StreamRange(0, 3, 1),
                            new StreamRange(3, 5, 1),
                            new StreamRange(5, 9, 1));
            // the connection has gone, its reads stay with its messages
            assertThat(messages)
                    .allSatisfy(
                            one ->
                                    assertThat(engine.monitor().reads(one.id()))
                                            .extracting(StreamRead::length)
                                            .containsExactly(9));
        }
    }

    @Test
    void however_a_peer_writes_its_payloads_cover_what_it_has_sent() throws Exception {
        Random random = new Random(20_261_128);
        try (EngineUnderTest engine = EngineUnderTest.framing("mllp");
                TestPeer peer = engine.connect()) {
            StringBuilder stream = new StringBuilder();
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                sizes.add(random.nextInt(1, i % 50 == 0 ? 100_000 : 200));
                stream.append('\u000b').append("x".repeat(sizes.get(i))).append("\u001c\r");
            }
            for (int at = 0; at < stream.length(); ) {
                int next = Math.min(stream.length(), at + random.nextInt(1, 30_000));
                peer.send(stream.substring(at, next));
                at = next;
            }

            List<MessageRecord> messages = messages(engine, 300);
            long at = 0;
            for (int i = 0; i < 300; i++) {
                StreamRange range = stream(messages.get(i));
                assertThat(range.start()).isEqualTo(at);
                assertThat(range.length()).isEqualTo(sizes.get(i) + 3);
                assertThat(messages.get(i).size()).isEqualTo((long) sizes.get(i));
                assertComplete(messages.get(i));
                at = range.end();
            }
            assertThat(at).isEqualTo(stream.length());
        }
    }

    @Test
    void inside_of_tls_plain_bytes_are_counted(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki(directory, "authority");
        try (EngineUnderTest engine =
                        lines().set(Setting.TLS, "REQUIRED")
                                .set(
                                        Setting.TLS_CERTIFICATE,
                                        pki.combined("server.pem", pki.issue("localhost")))
                                .start();
                TestPeer peer = new TestPeer(pki.client().connect(engine.port()))) {
            await().until(() -> engine.connections().size() == 1);
            sendAlone(engine, peer, "on");
            sendAlone(engine, peer, "e\ntwo\n");

            List<MessageRecord> messages = messages(engine, 2);
            assertThat(messages)
                    .extracting(MessageRecord::stream)
                    .containsExactly(new StreamRange(0, 4, 2), new StreamRange(4, 8, 1));
            assertThat(engine.monitor().reads(messages.get(0).id()))
                    .extracting(StreamRead::length)
                    .containsExactly(2, 6);
        }
    }

    @Test
    void what_is_discarded_has_a_place_and_so_has_what_was_cut_off() throws Exception {
        try (EngineUnderTest engine =
                lines().set(Setting.MAX_PAYLOAD, "5").set(Setting.ON_OVERSIZE, "DISCARD").start()) {
            try (TestPeer peer = engine.connect()) {
                await().until(() -> engine.connections().size() == 1);
                sendAlone(engine, peer, "one\nmuch too");
                sendAlone(engine, peer, " long\ntwo\nthr");
            }
            List<MessageRecord> messages = messages(engine, 4);
            assertThat(messages)
                    .filteredOn(one -> one.outcome() == Outcome.DISCARDED)
                    .extracting(MessageRecord::stream)
                    .containsExactly(new StreamRange(4, 18, 2), new StreamRange(22, 25, 1));
            assertThat(messages)
                    .filteredOn(one -> one.outcome() == Outcome.DELIVERED)
                    .extracting(MessageRecord::stream)
                    .containsExactly(new StreamRange(0, 4, 1), new StreamRange(18, 22, 1));
        }
    }

    @Test
    void a_read_tells_for_how_long_reading_was_held_before_it() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.connections().size() == 1);
            String id = engine.connection().id();
            engine.monitor().pauseConnection(id, "test");
            await().until(() -> !engine.connection().holds().isEmpty());
            peer.send("one\n");
            engine.monitor().resumeConnection(id, "test");
            messages(engine, 1);
            sendAlone(engine, peer, "two\n");

            List<MessageRecord> messages = messages(engine, 2);
            assertThat(engine.monitor().reads(messages.get(0).id()))
                    .singleElement()
                    .satisfies(read -> assertThat(read.held()).isPositive());
            assertThat(engine.monitor().reads(messages.get(1).id()))
                    .singleElement()
                    .satisfies(read -> assertThat(read.held()).isZero());
        }
    }

    @Test
    void the_latest_reads_are_kept_and_no_more() throws Exception {
        try (EngineUnderTest engine = lines().start();
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.connections().size() == 1);
            for (int i = 0; i <= StreamRead.MOST_KEPT; i++) {
                sendAlone(engine, peer, "%02d\n".formatted(i));
            }
            List<MessageRecord> messages = messages(engine, StreamRead.MOST_KEPT + 1);
            assertThat(engine.monitor().reads(messages.get(0).id())).isEmpty();
            for (int i = 1; i <= StreamRead.MOST_KEPT; i++) {
                assertThat(engine.monitor().reads(messages.get(i).id()))
                        .extracting(StreamRead::offset)
                        .containsExactly(3L * i);
            }
            assertThat(engine.monitor().reads("nobody.1")).isEmpty();
        }
    }

    @Test
    void deliveries_that_failed_are_told_apart_from_the_last_one() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        EngineUnderTest.Draft draft =
                lines().set(Setting.MAX_DELIVERIES, 3).set(Setting.REDELIVERY_MIN, "20ms");
        draft.bean()
                .onPayload(
                        payload -> {
                            if (calls.incrementAndGet() < 3) {
                                throw new IllegalStateException("not yet");
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("one\n");
            MessageRecord message = messages(engine, 1).get(0);
            assertThat(message.outcome()).isEqualTo(Outcome.DELIVERED);
            assertComplete(message);
            assertThat(stages(message).redelivery()).isPositive();
            assertThat(stages(message).bean()).isPositive();
            assertThat(stages(message).commit()).isZero();
            assertThat(stages(message).spool()).isZero();
        }
    }

    @Test
    void the_way_through_the_spool_keeps_the_place_and_tells_its_time(@TempDir Path data)
            throws Exception {
        try (EngineUnderTest engine =
                        lines().adapter("dataDirectory", data)
                                .set(Setting.DURABILITY, "SPOOLED")
                                .start();
                TestPeer peer = engine.connect()) {
            await().until(() -> engine.connections().size() == 1);
            sendAlone(engine, peer, "one\nt");
            sendAlone(engine, peer, "wo\r\nthree\n");

            List<MessageRecord> messages = messages(engine, 3);
            assertThat(messages)
                    .extracting(MessageRecord::stream)
                    .containsExactly(
                            new StreamRange(0, 4, 1),
                            new StreamRange(4, 9, 2),
                            new StreamRange(9, 15, 1));
            assertThat(messages)
                    .allSatisfy(
                            one -> {
                                assertComplete(one);
                                assertThat(stages(one).spool()).isPositive();
                            });
            assertThat(engine.monitor().reads(messages.get(1).id()))
                    .extracting(StreamRead::offset)
                    .containsExactly(0L, 5L);
        }
    }
}
