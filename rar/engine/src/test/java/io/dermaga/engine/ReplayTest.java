package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.DeadLetter;
import io.dermaga.api.monitor.DeadLetterFilter;
import io.dermaga.api.monitor.DeadLetterReplay;
import io.dermaga.api.monitor.DeadLetterReplay.State;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Dead letters are delivered again when an operator asks for it. */
class ReplayTest {

    /** Its bean fails on what begins with an x. */
    private static EngineUnderTest.Draft failing() {
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .ownEngine()
                        .set(Setting.FRAMING, "lines")
                        .set(Setting.NAK, "'-'")
                        .set(Setting.MAX_DELIVERIES, 1);
        draft.bean().onPayload(payload -> refuse(payload.text().startsWith("x")));
        return draft;
    }

    private static void refuse(boolean refused) {
        if (refused) {
            throw new IllegalStateException("not yet");
        }
    }

    private static void kill(EngineUnderTest engine, String... lines) throws Exception {
        try (TestPeer peer = engine.connect()) {
            peer.send(String.join("\n", lines) + "\n");
            assertThat(peer.receive(lines.length)).isEqualTo("-".repeat(lines.length));
            peer.end();
            peer.untilEnd();
        }
        engine.settled();
    }

    private static List<DeadLetter> letters(EngineUnderTest engine) {
        return engine.monitor().deadLetters(DeadLetterFilter.ALL, null, 100);
    }

    private static DeadLetterReplay ended(EngineUnderTest engine, DeadLetterReplay begun) {
        await().until(() -> known(engine, begun).state() != State.RUNNING);
        return known(engine, begun);
    }

    private static DeadLetterReplay known(EngineUnderTest engine, DeadLetterReplay begun) {
        return engine.monitor().deadLetterReplays().stream()
                .filter(one -> one.id().equals(begun.id()))
                .findFirst()
                .orElseThrow();
    }

    private static DeadLetterReplay replayAll(EngineUnderTest engine) {
        return ended(engine, engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann"));
    }

    @Test
    void letters_that_a_bean_takes_now_are_gone_the_oldest_first() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (EngineUnderTest engine = failing().start()) {
            kill(engine, "x1", "x2", "x3");
            List<String> ids = new ArrayList<>();
            letters(engine).forEach(letter -> ids.add(0, letter.id()));
            engine.bean()
                    .onPayload(
                            payload ->
                                    seen.add(
                                            payload.id()
                                                    + " "
                                                    + payload.text()
                                                    + " "
                                                    + payload.deliveryCount()
                                                    + " "
                                                    + payload.connection().write(new byte[1])));

            DeadLetterReplay replay = replayAll(engine);

            assertThat(replay.state()).isEqualTo(State.DONE);
            assertThat(replay.total()).isEqualTo(3);
            assertThat(replay.delivered()).isEqualTo(3);
            assertThat(replay.lastError()).isNull();
            assertThat(seen)
                    .containsExactly(
                            ids.get(0) + " x1 2 false",
                            ids.get(1) + " x2 2 false",
                            ids.get(2) + " x3 2 false");
            assertThat(letters(engine)).isEmpty();
            assertThat(engine.settled().failed()).isEqualTo(3);
            assertThat(engine.settled().delivered()).isZero();
            assertThat(engine.monitor().events(0, Integer.MAX_VALUE))
                    .filteredOn(event -> event.kind() == MonitorEvent.Kind.DEAD_LETTER)
                    .extracting(MonitorEvent::text)
                    .containsExactly(
                            "DMG3211 replay 'r1' of 3 dead letters is begun by 'ann'",
                            "DMG3212 replay 'r1' of 'ann' is DONE: of 3 dead letters 3 were delivered, 0 failed again, 0 were skipped");
        }
    }

    @Test
    void a_letter_on_which_the_bean_fails_again_stays_and_tells_why() throws Exception {
        try (EngineUnderTest engine = failing().start()) {
            kill(engine, "x1");
            for (int i = 1; i <= 2; i++) {
                DeadLetterReplay replay = replayAll(engine);
                assertThat(replay.failed()).isEqualTo(1);
                DeadLetter letter = letters(engine).get(0);
                assertThat(letter.failure().attempts()).isEqualTo(1);
                assertThat(letter.replays().failed()).isEqualTo(i);
                assertThat(letter.replays().lastError()).contains("not yet");
            }
            assertThat(engine.bean().texts()).containsExactly("x1", "x1", "x1");
        }
    }

    @Test
    void what_an_operator_has_made_of_a_letter_is_delivered_however_large() throws Exception {
        String large = "y".repeat(300_000);
        try (EngineUnderTest engine = failing().set(Setting.SPILL_THRESHOLD, "64KiB").start()) {
            kill(engine, "x1", "x2");
            List<DeadLetter> letters = letters(engine);
            engine.monitor()
                    .editDeadLetter(
                            letters.get(0).id(), large.getBytes(StandardCharsets.UTF_8), "ann");
            engine.monitor().editDeadLetter(letters.get(1).id(), new byte[] {'o', 'k'}, "ann");

            assertThat(replayAll(engine).delivered()).isEqualTo(2);

            assertThat(engine.bean().texts()).containsExactly("x1", "x2", "ok", large);
            assertThat(letters(engine)).isEmpty();
        }
    }

    @Test
    void a_replay_that_is_cancelled_ends_after_the_letter_in_the_bean() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = failing().start()) {
            kill(engine, "x1", "x2");
            engine.bean()
                    .onPayload(
                            payload -> {
                                called.countDown();
                                goOn.await();
                            });
            DeadLetterReplay begun =
                    engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann");
            called.await();
            assertThat(engine.monitor().cancelDeadLetterReplay(begun.id(), "bob")).isTrue();
            assertThat(engine.monitor().cancelDeadLetterReplay(begun.id(), "bob")).isFalse();
            goOn.countDown();

            DeadLetterReplay replay = ended(engine, begun);

            assertThat(replay.state()).isEqualTo(State.CANCELLED);
            assertThat(replay.delivered()).isEqualTo(1);
            assertThat(letters(engine)).hasSize(1);
        }
    }

    @Test
    void letters_that_cannot_be_delivered_are_skipped_and_stay() throws Exception {
        try (EngineUnderTest engine = failing().start()) {
            kill(engine, "x1");
            String id = letters(engine).get(0).id();
            engine.monitor().stopListener(engine.name(), "ann");
            await().until(() -> engine.listener().state().name().equals("STOPPED"));

            DeadLetterReplay replay =
                    ended(
                            engine,
                            engine.monitor().replayDeadLetters(List.of("none-1.1", id), "ann"));

            assertThat(replay.skipped()).isEqualTo(2);
            assertThat(replay.lastError())
                    .isEqualTo("DMG3213 listener '" + engine.name() + "' was closed meanwhile");
            assertThat(letters(engine)).hasSize(1);
            assertThat(letters(engine).get(0).replays().failed()).isZero();
            assertThat(engine.monitor().deleteDeadLetter(id, "ann")).isTrue();
        }
    }

    @Test
    void a_replay_waits_for_a_listener_that_poison_has_paused_and_ends_with_it() throws Exception {
        try (EngineUnderTest engine = failing().set(Setting.ON_POISON, "PAUSE_LISTENER").start()) {
            kill(engine, "x1");
            DeadLetterReplay begun =
                    engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann");
            await().until(() -> !engine.activation().listeners().get(0).isEmpty());
            engine.bean().onPayload(payload -> {});
            engine.monitor().resumeListener(engine.name(), "ann");
            assertThat(ended(engine, begun).delivered()).isEqualTo(1);
        }
    }

    @Test
    void a_replay_that_waits_is_cancelled_at_once_and_nothing_is_said_to_be_discarded()
            throws Exception {
        try (EngineUnderTest engine = failing().set(Setting.ON_POISON, "PAUSE_LISTENER").start()) {
            kill(engine, "x1");
            DeadLetterReplay begun =
                    engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann");
            await().until(() -> !engine.activation().listeners().get(0).isEmpty());
            engine.monitor().cancelDeadLetterReplay(begun.id(), "bob");

            DeadLetterReplay replay = ended(engine, begun);

            assertThat(replay.state()).isEqualTo(State.CANCELLED);
            assertThat(replay.done()).isZero();
            assertThat(replay.lastError()).isNull();
            assertThat(engine.events(MonitorEvent.Kind.DISCARDED)).isEmpty();
            assertThat(letters(engine)).hasSize(1);
        }
    }

    @Test
    void a_letter_on_which_the_bean_fails_after_the_replay_was_cancelled_has_had_its_turn()
            throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (EngineUnderTest engine = failing().start()) {
            kill(engine, "x1", "x2");
            engine.bean()
                    .onPayload(
                            payload -> {
                                called.countDown();
                                goOn.await();
                                refuse(true);
                            });
            DeadLetterReplay begun =
                    engine.monitor().replayDeadLetters(DeadLetterFilter.ALL, "ann");
            called.await();
            engine.monitor().cancelDeadLetterReplay(begun.id(), "bob");
            goOn.countDown();

            DeadLetterReplay replay = ended(engine, begun);

            assertThat(replay.state()).isEqualTo(State.CANCELLED);
            assertThat(replay.failed()).isEqualTo(1);
            assertThat(replay.done()).isEqualTo(1);
            assertThat(letters(engine)).hasSize(2);
        }
    }
}
