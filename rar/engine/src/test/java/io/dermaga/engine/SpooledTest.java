package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.Reply;
import io.dermaga.api.monitor.ConnectionSnapshot;
import io.dermaga.api.monitor.ListenerState;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.settings.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that wait in the spool between their peer and their bean. */
class SpooledTest {

    private Path data;

    @BeforeEach
    void use(@TempDir Path temporary) {
        data = temporary;
    }

    private EngineUnderTest.Draft spooled(String acknowledge) {
        return EngineUnderTest.draft()
                .adapter("dataDirectory", data)
                .set(Setting.FRAMING, "lines")
                .set(Setting.DURABILITY, "SPOOLED")
                .set(Setting.ACKNOWLEDGE, acknowledge)
                .set(Setting.ACK, "'+'")
                .set(Setting.NAK, "'-'")
                .set(Setting.MAX_DELIVERIES, 2)
                .set(Setting.REDELIVERY_MIN, "1ms");
    }

    @Test
    void a_peer_is_told_when_its_payload_is_stored_whatever_the_bean_does() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft = spooled("ON_SPOOL");
        draft.bean().onPayload(payload -> goOn.await());
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nb\n").send("c\n").end();
            assertThat(peer.untilEnd()).isEqualTo("+++FIN");
            assertThat(engine.listener().counters().delivered()).isZero();
            goOn.countDown();
            await().until(() -> engine.listener().counters().delivered() == 3);
            assertThat(engine.bean().texts()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void a_peer_is_told_when_its_payload_is_delivered_or_given_up() throws Exception {
        EngineUnderTest.Draft draft = spooled("ON_DELIVERY");
        draft.bean()
                .onPayload(
                        payload -> {
                            if (payload.text().equals("fail")) {
                                throw new IllegalStateException("no");
                            }
                            if (payload.text().equals("own")) {
                                payload.reply("mine");
                            }
                            if (payload.text().equals("last")) {
                                payload.reply(Reply.of("bye").thenEnd());
                            }
                        });
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\nfail\nown\n");
            assertThat(peer.receive(6)).isEqualTo("+-mine");
            peer.send("b\nlast\n");
            assertThat(peer.untilEnd()).isEqualTo("+byeFIN");
            peer.end();
            assertThat(engine.bean().texts())
                    .containsExactly("a", "fail", "fail", "own", "b", "last");
            assertThat(engine.settled().failed()).isEqualTo(1);
        }
    }

    @Test
    void what_no_bean_has_taken_is_delivered_by_the_next_run() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        EngineUnderTest.Draft draft =
                spooled("ON_SPOOL")
                        .set(Setting.MAX_DELIVERIES, 1)
                        .set(Setting.ON_POISON, "PAUSE_LISTENER");
        draft.bean()
                .onPayload(
                        payload -> {
                            seen.add(
                                    payload.id().replaceAll(".*[.]", "")
                                            + payload.text()
                                            + payload.deliveryCount());
                            if (payload.text().equals("poison")) {
                                throw new IllegalStateException("no");
                            }
                        });
        String id;
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            peer.send("a\npoison\n");
            assertThat(peer.receive(2)).isEqualTo("++");
            await().until(() -> engine.listener().state() == ListenerState.PAUSED);
            peer.send("b\nc\n");
            assertThat(peer.receive(2)).isEqualTo("++");
            id = engine.messages().get(0).connectionId();
        }
        try (EngineUnderTest engine = draft.start()) {
            await().until(() -> engine.listener().counters().delivered() >= 2);
            assertThat(engine.messages()).allMatch(one -> one.connectionId().equals(id));
        }
        assertThat(seen).containsExactly("1a1", "2poison1", "3b2", "4c2");
    }

    @Test
    void of_what_was_read_together_the_next_run_delivers_what_is_left() throws Exception {
        Semaphore steps = new Semaphore(0);
        EngineUnderTest.Draft draft = spooled("ON_SPOOL");
        draft.bean().onPayload(payload -> steps.acquire());
        List<String> all = IntStream.range(0, 500).mapToObj(Integer::toString).toList();
        EngineUnderTest engine = draft.start();
        try (TestPeer peer = engine.connect()) {
            peer.send(String.join("\n", all) + "\n");
            assertThat(peer.receive(all.size())).isEqualTo("+".repeat(all.size()));
            await().until(() -> engine.listener().stages().spoolEntries() == 1);
            stopAfterSome(engine, 0, steps);
        }
        int first = draft.bean().texts().size();
        assertThat(first).isBetween(1, all.size() - 1);
        EngineUnderTest second = draft.start(); // what it is given was delivered in part before
        stopAfterSome(second, first, steps);
        int both = draft.bean().texts().size();
        assertThat(both).isBetween(first + 1, all.size() - 1);
        steps.release(all.size());
        try (EngineUnderTest last = draft.start()) {
            await().until(() -> last.counters().delivered() == all.size() - both);
            await().until(() -> last.listener().stages().spoolEntries() == 0);
        }
        assertThat(draft.bean().texts()).containsExactlyElementsOf(all);
    }

    /** Undeploys the bean while it is given payloads: at some step its lane has to stop. */
    private static void stopAfterSome(EngineUnderTest engine, int before, Semaphore steps)
            throws InterruptedException {
        await().until(() -> engine.bean().texts().size() > before);
        Thread undeployment = new Thread(engine::end);
        undeployment.start();
        while (undeployment.isAlive()) {
            steps.release();
            undeployment.join(20);
        }
        steps.drainPermits();
        engine.endEngine();
    }

    @Test
    void what_waits_in_the_spool_is_seen() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft = spooled("ON_SPOOL");
        draft.bean().onPayload(payload -> goOn.await());
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            for (int i = 0; i < 3; i++) {
                peer.send(i + "\n");
                assertThat(peer.receive(1)).isEqualTo("+"); // an entry each
            }
            await().until(() -> engine.listener().stages().spoolEntries() == 3);
            await().until(() -> engine.listener().stages().inBeanPayloads() == 1);
            goOn.countDown();
            await().until(() -> engine.listener().stages().spoolEntries() == 0);
            assertThat(engine.listener().counters().delivered()).isEqualTo(3);
        }
    }

    /** Bytes that each peer was told. */
    private static List<Long> written(EngineUnderTest engine) {
        return engine.monitor().connections().stream()
                .filter(one -> one.listener().equals(engine.listener().name()))
                .map(ConnectionSnapshot::bytesWritten)
                .toList();
    }

    private static boolean told(EngineUnderTest engine, String number) {
        return engine.monitor().events(0, Integer.MAX_VALUE).stream()
                .anyMatch(
                        one ->
                                one.kind() == MonitorEvent.Kind.SPOOL
                                        && one.text().startsWith(number + " "));
    }

    @Test
    void a_spool_that_is_full_is_told_of_and_its_peers_wait() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        EngineUnderTest.Draft draft =
                spooled("ON_SPOOL")
                        .adapter("spoolCapacity", "1MiB")
                        .set(Setting.MAX_PAYLOAD, "2MiB");
        draft.bean().onPayload(payload -> goOn.await());
        String large = "x".repeat(600 * 1024) + "\n";
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect();
                TestPeer other = engine.connect()) {
            peer.send(large);
            assertThat(peer.receive(1)).isEqualTo("+");
            other.send(large);
            await().until(() -> engine.listener().backPressure() != null);
            assertThat(engine.listener().backPressure()).startsWith("DMG4103 ");
            assertThat(written(engine)).containsExactlyInAnyOrder(1L, 0L); // one is not stored
            assertThat(told(engine, "DMG4103")).isTrue();
            goOn.countDown();
            assertThat(other.receive(1)).isEqualTo("+");
            await().until(() -> engine.listener().backPressure() == null);
            assertThat(told(engine, "DMG4106")).isTrue();
        }
    }

    @Test
    void an_answer_that_another_server_would_have_to_give_is_refused() {
        assertThatThrownBy(
                        () ->
                                spooled("ON_DELIVERY")
                                        .adapter("spool", "tcp://127.0.0.1:1")
                                        .start()
                                        .close())
                .hasMessageContaining("DMG1110 ")
                .hasMessageContaining("allowed: ON_SPOOL, NEVER");
    }

    @Test
    void the_order_of_each_connection_is_kept() throws Exception {
        try (EngineUnderTest engine = spooled("ON_DELIVERY").start()) {
            List<TestPeer> peers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                peers.add(engine.connect());
            }
            for (int number = 0; number < 50; number++) {
                for (int i = 0; i < peers.size(); i++) {
                    peers.get(i).send(i + "-" + number + "\n");
                }
            }
            for (TestPeer peer : peers) {
                assertThat(peer.receive(50)).isEqualTo("+".repeat(50));
                peer.end();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
                peer.close();
            }
            engine.settled();
            assertThat(engine.bean().byConnection().values())
                    .hasSize(20)
                    .allSatisfy(
                            texts -> {
                                String peer = texts.get(0).split("-", -1)[0];
                                List<String> expected = new ArrayList<>();
                                for (int number = 0; number < 50; number++) {
                                    expected.add(peer + "-" + number);
                                }
                                assertThat(texts).isEqualTo(expected);
                            });
        }
    }
}
