package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.CopySnapshot;
import io.dermaga.api.monitor.Counters;
import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.MessageRecord;
import io.dermaga.engine.lane.BeanShape;
import io.dermaga.engine.lane.SocketEvent.Kind;
import io.dermaga.engine.settings.Setting;
import io.dermaga.engine.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beans of several groups that are each given all payloads of one listener. */
class CopiesTest {

    private Path data;

    @BeforeEach
    void use(@TempDir Path temporary) {
        data = temporary;
    }

    private static EngineUnderTest.Draft group(String group) {
        return EngineUnderTest.draft()
                .set(Setting.FRAMING, "lines")
                .set(Setting.ACK, "'+'")
                .set(Setting.NAK, "'-'")
                .set(Setting.DURABILITY, "SPOOLED")
                .set(Setting.ACKNOWLEDGE, "ON_SPOOL")
                .set(Setting.COPIES, "billing, archive")
                .set(Setting.MAX_DELIVERIES, 2)
                .set(Setting.REDELIVERY_MIN, "1ms")
                .set(Setting.GROUP, group);
    }

    private EngineUnderTest.Draft first(String group) {
        return group(group).adapter("dataDirectory", data);
    }

    @Test
    void each_group_is_given_every_payload_in_the_order_of_its_connection() throws Exception {
        EngineUnderTest billing = first("billing").start();
        try (EngineUnderTest archive = group("archive").beside(billing).start();
                TestPeer one = billing.connect();
                TestPeer other = billing.connect()) {
            assertThat(archive.port()).isEqualTo(billing.port());
            for (int i = 0; i < 20; i++) {
                one.send("1." + i + "\n");
                other.send("2." + i + "\n");
            }
            assertThat(one.receive(20)).isEqualTo("+".repeat(20));
            assertThat(other.receive(20)).isEqualTo("+".repeat(20));
            for (EngineUnderTest bean : List.of(billing, archive)) {
                await().until(() -> bean.bean().texts().size() == 40);
                for (List<String> texts : bean.bean().byConnection().values()) {
                    String of = texts.get(0).substring(0, 2);
                    for (int i = 0; i < 20; i++) {
                        assertThat(texts.get(i)).isEqualTo(of + i);
                    }
                }
            }
            Counters counters = billing.counters();
            assertThat(counters.delivered()).isEqualTo(80);
            assertThat(counters.copied()).isEqualTo(40);
            assertThat(counters.deliveredBytes() + counters.envelopeBytes())
                    .isEqualTo(counters.bytesRead() + counters.copiedBytes());
            await().until(() -> billing.listener().stages().lanePayloads() == 0);
            await().until(() -> billing.listener().stages().spoolEntries() == 0);
        }
        billing.close();
    }

    @Test
    void a_group_whose_bean_is_slow_or_fails_holds_up_no_other() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest billing = first("billing").start();
        EngineUnderTest.Draft slow = group("archive").beside(billing);
        slow.bean()
                .onPayload(
                        payload -> {
                            goOn.await();
                            if (payload.text().equals("b")) {
                                throw new IllegalStateException("no");
                            }
                        });
        try (EngineUnderTest archive = slow.start();
                TestPeer peer = billing.connect()) {
            peer.send("a\nb\nc\n").end();
            assertThat(peer.untilEnd()).isEqualTo("+++FIN");
            await().until(() -> billing.bean().texts().equals(List.of("a", "b", "c")));
            assertThat(billing.listener().copies())
                    .extracting(CopySnapshot::group)
                    .containsExactly("billing", "archive");
            goOn.countDown();
            await().until(() -> archive.bean().texts().equals(List.of("a", "b", "b", "c")));
            await().until(() -> letters(billing).size() == 1);
            DeadLetter letter = letters(billing).get(0);
            assertThat(letter.copy()).isEqualTo("archive");
            assertThat(letter.activation()).isEqualTo(archive.activation().key());
            assertThat(letter.id()).isEqualTo(letter.payloadId() + ".archive");
            assertThat(billing.counters().delivered()).isEqualTo(5);
        }
        billing.close();
    }

    private static List<DeadLetter> letters(EngineUnderTest engine) {
        return engine.monitor().deadLetters(DeadLetterFilter.ALL, null, 100);
    }

    @Test
    void a_dead_letter_is_replayed_to_the_group_whose_copy_it_is() throws Exception {
        AtomicBoolean mended = new AtomicBoolean();
        EngineUnderTest billing = failing(first("billing"), mended).start();
        EngineUnderTest archive = failing(group("archive").beside(billing), mended).start();
        try (TestPeer peer = billing.connect()) {
            peer.send("x\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            await().until(() -> letters(billing).size() == 2);
            assertThat(letters(billing))
                    .extracting(DeadLetter::copy)
                    .containsExactlyInAnyOrder("billing", "archive");
            String id =
                    letters(billing).stream()
                            .filter(one -> one.copy().equals("archive"))
                            .findFirst()
                            .orElseThrow()
                            .id();
            mended.set(true);

            assertThat(replay(billing, id).delivered()).isEqualTo(1);

            assertThat(archive.bean().texts()).containsExactly("x", "x", "x");
            assertThat(billing.bean().texts()).containsExactly("x", "x");
            assertThat(letters(billing)).extracting(DeadLetter::copy).containsExactly("billing");
        }
        archive.end();
        billing.close();
    }

    @Test
    void a_dead_letter_is_kept_while_its_group_has_no_bean() throws Exception {
        EngineUnderTest billing = first("billing").start();
        EngineUnderTest archive =
                failing(group("archive").beside(billing), new AtomicBoolean()).start();
        try (TestPeer peer = billing.connect()) {
            peer.send("x\n");
            await().until(() -> letters(billing).size() == 1);
            archive.end();

            DeadLetterReplay replay = replay(billing, letters(billing).get(0).id());

            assertThat(replay.skipped()).isEqualTo(1);
            assertThat(replay.lastError())
                    .startsWith("DMG3218 listener '%s' has no bean".formatted(billing.name()))
                    .contains("in group 'archive'");
            assertThat(letters(billing)).hasSize(1);
            assertThat(billing.bean().texts()).containsExactly("x");
        }
        billing.close();
    }

    private static EngineUnderTest.Draft failing(EngineUnderTest.Draft draft, AtomicBoolean until) {
        draft.bean()
                .onPayload(
                        payload -> {
                            if (!until.get()) {
                                throw new IllegalStateException("no");
                            }
                        });
        return draft;
    }

    private static DeadLetterReplay replay(EngineUnderTest engine, String letter) {
        String id = engine.monitor().replayDeadLetters(List.of(letter), "test").id();
        await().until(() -> replayed(engine, id).state() == DeadLetterReplay.State.DONE);
        return replayed(engine, id);
    }

    private static DeadLetterReplay replayed(EngineUnderTest engine, String id) {
        return engine.monitor().deadLetterReplays().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_comes_while_a_group_has_no_bean_waits_for_it_also_in_the_next_run() throws Exception {
        EngineUnderTest.Draft draft = first("billing");
        List<String> ids = new CopyOnWriteArrayList<>();
        try (EngineUnderTest billing = draft.start();
                TestPeer peer = billing.connect()) {
            peer.send("a\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            EngineUnderTest archive = group("archive").beside(billing).start();
            await().until(() -> archive.bean().texts().equals(List.of("a")));
            archive.end();
            peer.send("b\n");
            assertThat(peer.receive(1)).isEqualTo("+"); // the connection is billing's, and goes on
            await().until(() -> billing.bean().texts().equals(List.of("a", "b")));
            await().until(
                            () ->
                                    billing.listener()
                                            .copies()
                                            .contains(new CopySnapshot("archive", true, "", 1)));
            EngineUnderTest again = group("archive").beside(billing).start();
            await().until(() -> again.bean().texts().equals(List.of("b")));
            again.end();
            peer.send("c\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            await().until(() -> billing.counters().delivered() == 5);
            billing.messages().stream().map(MessageRecord::id).distinct().forEach(ids::add);
        }
        EngineUnderTest billing = draft.start();
        try (EngineUnderTest archive = group("archive").beside(billing).start()) {
            await().until(() -> archive.bean().texts().equals(List.of("c")));
            assertThat(billing.bean().texts()).containsExactly("a", "b", "c"); // of the first run
            await().until(() -> billing.messages().size() == 1);
            assertThat(billing.messages().get(0).id().replace(".archive", ".billing")).isIn(ids);
        }
        billing.close();
    }

    @Test
    void connections_go_on_while_another_group_leaves_and_end_with_their_own() throws Exception {
        EngineUnderTest billing = first("billing").start();
        try (EngineUnderTest archive = group("archive").beside(billing).start();
                TestPeer peer = billing.connect()) {
            peer.send("a\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            billing.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            try (TestPeer next = archive.connect()) {
                next.send("b\n");
                assertThat(next.receive(1)).isEqualTo("+");
                await().until(() -> archive.bean().texts().equals(List.of("a", "b")));
            }
            assertThat(archive.listener().activation()).isEqualTo(archive.activation().key());
        }
        billing.endEngine();
    }

    @Test
    void beans_of_one_group_compete_for_its_copy() throws Exception {
        EngineUnderTest billing = first("billing").start();
        EngineUnderTest more = group("billing").beside(billing).start();
        EngineUnderTest further = group("archive").beside(billing).start();
        try (EngineUnderTest archive = group("archive").beside(billing).start();
                TestPeer one = billing.connect();
                TestPeer other = billing.connect()) {
            for (int i = 0; i < 5; i++) {
                one.send("1\n");
                other.send("2\n");
                long all = 4L * (i + 1);
                await().until(() -> billing.counters().delivered() == all);
            }
            for (EngineUnderTest bean : List.of(billing, more, archive, further)) {
                assertThat(bean.bean().byConnection()).hasSize(1);
                assertThat(bean.bean().texts()).hasSize(5);
            }
        }
        further.end();
        more.end();
        billing.close();
    }

    @Test
    void a_repeated_payload_is_given_to_no_group_again_and_a_first_one_to_each() throws Exception {
        EngineUnderTest billing =
                first("billing").set(Setting.IDEMPOTENCY_KEY, "bytes(0,1)").start();
        try (EngineUnderTest archive =
                        group("archive")
                                .beside(billing)
                                .set(Setting.IDEMPOTENCY_KEY, "bytes(0,1)")
                                .start();
                TestPeer peer = billing.connect()) {
            peer.send("a1\na2\nb3\n");
            assertThat(peer.receive(3)).isEqualTo("+++");
            for (EngineUnderTest bean : List.of(billing, archive)) {
                await().until(() -> bean.bean().texts().equals(List.of("a1", "b3")));
            }
            assertThat(billing.counters().repeated()).isEqualTo(2);
        }
        billing.close();
    }

    @Test
    void payloads_that_nobody_is_told_of_are_copied_too() throws Exception {
        EngineUnderTest billing = quiet("billing").adapter("dataDirectory", data).start();
        try (EngineUnderTest archive = quiet("archive").beside(billing).start();
                TestPeer peer = billing.connect()) {
            peer.send("a\nb\n").end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            for (EngineUnderTest bean : List.of(billing, archive)) {
                await().until(() -> bean.bean().texts().equals(List.of("a", "b")));
            }
        }
        billing.close();
    }

    private static EngineUnderTest.Draft quiet(String group) {
        return group(group)
                .set(Setting.ACKNOWLEDGE, "NEVER")
                .set(Setting.ACK, "auto")
                .set(Setting.NAK, "auto");
    }

    @Test
    void what_was_stored_before_there_were_copies_is_shown_and_delivered_when_there_are_none()
            throws Exception {
        EngineUnderTest.Draft alone =
                first("billing").set(Setting.COPIES, "").set(Setting.ON_POISON, "PAUSE_LISTENER");
        AtomicBoolean mended = new AtomicBoolean();
        failing(alone, mended);
        EngineUnderTest before = alone.start();
        try (TestPeer peer = before.connect()) {
            peer.send("x\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            peer.send("y\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            await().until(() -> letters(before).size() == 1); // and the listener is paused
        }
        before.close();
        EngineUnderTest billing = alone.set(Setting.COPIES, "billing,archive").start();
        await().until(
                        () ->
                                billing.listener()
                                        .copies()
                                        .contains(new CopySnapshot("", false, "", 1)));
        billing.close();
        mended.set(true);
        EngineUnderTest after = alone.set(Setting.COPIES, "").start();
        await().until(() -> after.bean().texts().equals(List.of("x", "x", "y")));
        after.close();
    }

    @Test
    void what_a_group_has_left_is_shown_and_delivered_when_it_is_named_again() throws Exception {
        EngineUnderTest.Draft draft = first("billing");
        try (EngineUnderTest before = draft.start();
                TestPeer peer = before.connect()) {
            peer.send("a\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            await().until(() -> before.counters().delivered() == 1);
        }
        draft.set(Setting.COPIES, "billing,other");
        EngineUnderTest without = draft.start();
        await().until(
                        () ->
                                without.listener()
                                        .copies()
                                        .contains(new CopySnapshot("archive", false, "", 1)));
        without.close();
        draft.set(Setting.COPIES, "billing,archive");
        EngineUnderTest billing = draft.start();
        try (EngineUnderTest archive = group("archive").beside(billing).start()) {
            await().until(() -> archive.bean().texts().equals(List.of("a")));
            await().until(() -> billing.listener().stages().spoolEntries() == 0);
        }
        billing.close();
    }

    @Test
    void what_another_listener_has_stored_is_counted_once_though_it_is_read_twice()
            throws Exception {
        EngineUnderTest.Draft draft = first("billing");
        EngineUnderTest before = draft.start();
        try (TestPeer peer = before.connect()) {
            for (String text : List.of("a", "b", "c")) {
                peer.send(text + "\n");
                assertThat(peer.receive(1)).isEqualTo("+");
            }
            await().until(() -> before.counters().delivered() == 3);
        }
        before.end(); // the listener is gone; its adapter and what it has stored are not
        EngineUnderTest billing = group("billing").beside(before).start();
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft leaving = group("archive").beside(before);
        leaving.bean().onPayload(payload -> goOn.await());
        EngineUnderTest archive = leaving.start();
        await().until(() -> billing.listener().stages().inBeanPayloads() == 1);
        await().until(() -> billing.counters().copied() == 3);
        EngineUnderTest next = group("archive").beside(before).start();
        Thread undeployment = new Thread(archive::end);
        undeployment.start();
        // it waits for the bean, and gives it nothing more
        await().until(() -> undeployment.getState() == Thread.State.TIMED_WAITING);
        goOn.countDown();
        await().until(() -> next.bean().texts().equals(List.of("b", "c")));
        undeployment.join();
        assertThat(archive.bean().texts()).containsExactly("a");
        await().until(() -> billing.counters().delivered() == 3);
        assertThat(billing.counters().copied()).isEqualTo(3);
        await().until(() -> billing.listener().stages().lanePayloads() == 0);
        next.end();
        billing.end();
        before.endEngine();
    }

    @Test
    void what_a_bean_still_delivers_when_the_last_one_leaves_does_not_come_again()
            throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft = first("billing");
        draft.bean().onPayload(payload -> goOn.await());
        EngineUnderTest billing = draft.start();
        EngineUnderTest archive = group("archive").beside(billing).start();
        try (TestPeer peer = billing.connect()) {
            peer.send("a\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            await().until(() -> draft.bean().texts().equals(List.of("a")));
            await().until(() -> archive.bean().texts().equals(List.of("a")));
            Thread undeployment = new Thread(billing::end);
            undeployment.start();
            await().until(() -> undeployment.getState() == Thread.State.TIMED_WAITING);
            archive.end(); // the last one, and it has nothing to deliver
            goOn.countDown();
            undeployment.join();
        }
        billing.endEngine();
        EngineUnderTest next = draft.start();
        try (TestPeer peer = next.connect()) {
            peer.send("b\n");
            await().until(() -> draft.bean().texts().contains("b"));
        }
        next.close();
        assertThat(draft.bean().texts()).containsExactly("a", "b");
    }

    @Test
    void two_that_leave_at_once_hand_over_what_neither_has_delivered() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest billing = first("billing").start();
        EngineUnderTest.Draft slow = group("archive").beside(billing);
        slow.bean().onPayload(payload -> goOn.await());
        EngineUnderTest one = slow.start();
        try (TestPeer peer = billing.connect()) {
            peer.send("a\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            await().until(() -> one.bean().texts().equals(List.of("a")));
            EngineUnderTest other = group("archive").beside(billing).start();
            EngineUnderTest staying = group("archive").beside(billing).start();
            Thread undeployment = new Thread(one::end);
            undeployment.start();
            await().until(() -> undeployment.getState() == Thread.State.TIMED_WAITING);
            other.end(); // hands over at once, and must not read anew what the first still has
            List<String> more = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
            for (String text : more) { // it would have done so within a few of these
                peer.send(text + "\n");
                assertThat(peer.receive(1)).isEqualTo("+");
            }
            goOn.countDown();
            undeployment.join();
            await().until(() -> staying.bean().texts().size() >= more.size());
            assertThat(staying.bean().texts()).isEqualTo(more);
            assertThat(one.bean().texts()).containsExactly("a");
            staying.end();
        }
        billing.close();
    }

    @Test
    void each_message_tells_its_group_and_is_found_by_its_own_id() throws Exception {
        EngineUnderTest billing = first("billing").start();
        try (EngineUnderTest archive =
                        failing(group("archive").beside(billing), new AtomicBoolean()).start();
                TestPeer peer = billing.connect()) {
            peer.send("x\n");
            await().until(() -> letters(billing).size() == 1);
            await().until(() -> billing.messages().size() == 2);
            String payload = letters(billing).get(0).payloadId();
            for (MessageRecord message : billing.messages()) {
                assertThat(message.id()).isEqualTo(payload + "." + message.copy());
                assertThat(billing.monitor().message(message.id())).contains(message);
                assertThat(billing.monitor().content(message.id())).isPresent();
            }
            MessageRecord failed =
                    billing.messages().stream()
                            .filter(one -> one.outcome() == MessageRecord.Outcome.FAILED)
                            .findFirst()
                            .orElseThrow();
            assertThat(failed.copy()).isEqualTo("archive");
            assertThat(failed.id()).isEqualTo(letters(billing).get(0).id());
            assertThat(failed.error())
                    .contains("on listener '%s' for group 'archive': ".formatted(billing.name()));
            assertThat(billing.monitor().message(payload)).isEmpty();
            assertThat(archive.bean().texts()).containsExactly("x", "x");
        }
        billing.close();
    }

    @Test
    void a_connection_is_told_of_to_its_own_group_alone() throws Exception {
        BeanShape all = new BeanShape(true, false, Set.of(Kind.CONNECT, Kind.CLOSE));
        EngineUnderTest billing = first("billing").shape(all).start();
        try (EngineUnderTest archive = group("archive").shape(all).beside(billing).start()) {
            try (TestPeer peer = billing.connect()) {
                peer.send("a\n").end();
                assertThat(peer.untilEnd()).isEqualTo("+FIN");
            }
            await().until(() -> archive.bean().texts().equals(List.of("a")));
            await().until(() -> billing.bean().happened().size() == 3);
            assertThat(billing.bean().happened())
                    .containsExactlyInAnyOrder("connect", "payload a", "close PEER_ENDED");
            assertThat(archive.bean().happened()).containsExactly("payload a");
        }
        billing.close();
    }

    @Test
    void a_large_payload_is_copied_whole() throws Exception {
        EngineUnderTest billing = first("billing").set(Setting.MAX_PAYLOAD, "2MiB").start();
        try (EngineUnderTest archive =
                        group("archive").beside(billing).set(Setting.MAX_PAYLOAD, "2MiB").start();
                TestPeer peer = billing.connect()) {
            String large = "0123456789".repeat(100_000);
            peer.send(large + "\n");
            assertThat(peer.receive(1)).isEqualTo("+");
            for (EngineUnderTest bean : List.of(billing, archive)) {
                await().until(() -> bean.bean().texts().equals(List.of(large)));
            }
        }
        billing.close();
    }

    @Test
    void other_copies_or_a_group_that_gets_none_are_refused() throws Exception {
        EngineUnderTest billing = first("billing").start();
        assertThatThrownBy(
                        () ->
                                group("archive")
                                        .beside(billing)
                                        .set(Setting.COPIES, "billing,archive,more")
                                        .begin())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("DMG1111 listener '" + billing.name())
                .hasMessageContaining(
                        "copies given 'billing,archive,more', there 'billing,archive'");
        assertThatThrownBy(() -> group("other").beside(billing).begin())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("property 'group' of listener")
                .hasMessageContaining("given 'other'")
                .hasMessageContaining("one of copies: billing, archive");
        billing.close();
    }
}
