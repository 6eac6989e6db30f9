package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingReplay;
import io.dermaga.api.monitor.RecordingReplay.Replies;
import io.dermaga.api.monitor.RecordingReplay.State;
import io.dermaga.api.monitor.RecordingReplayRequest;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recorded peer has sent is sent again, and the replies are compared. */
class RecordingReplayTest {

    private static EngineUnderTest.Draft draft(String framing) {
        return EngineUnderTest.draft().ownEngine().set(Setting.FRAMING, framing);
    }

    private static EngineUnderTest.Draft beside(EngineUnderTest engine, String framing) {
        return EngineUnderTest.draft().in(engine).set(Setting.FRAMING, framing);
    }

    /** Its bean answers the lengths of payloads. */
    private static EngineUnderTest answering(EngineUnderTest.Draft draft) {
        draft.bean()
                .onPayload(
                        payload ->
                                payload.connection()
                                        .write(
                                                payload.bytes().length + ";",
                                                StandardCharsets.US_ASCII));
        return draft.start();
    }

    private static Recordings recordings(EngineUnderTest engine) {
        return engine.monitor().recordings();
    }

    private static Recording begin(EngineUnderTest engine) {
        return recordings(engine)
                .start(
                        new RecordingRequest(
                                engine.name(), "", 16 * 1024 * 1024, Duration.ofHours(1)),
                        "ann");
    }

    /** Records what a peer sends and is answered, until both have ended. */
    private static Recording recorded(EngineUnderTest engine, String... frames) throws Exception {
        Recording recording = begin(engine);
        try (TestPeer peer = engine.connect()) {
            for (String frame : frames) {
                peer.send(frame);
                String answer = (frame.length() - 1) + ";";
                assertThat(peer.receive(answer.length())).isEqualTo(answer);
            }
            peer.end();
            peer.untilEnd();
        }
        engine.settled();
        recordings(engine).stop(recording.id(), "ann");
        return recording;
    }

    private static RecordingReplay begin(
            EngineUnderTest engine, Recording recording, String listener, double speed) {
        List<RecordedConnection> all = recordings(engine).connections(recording.id()).orElseThrow();
        return recordings(engine)
                .replay(
                        new RecordingReplayRequest(
                                recording.id(), all.get(0).id(), listener, speed),
                        "ben");
    }

    private static RecordingReplay replay(
            EngineUnderTest engine, Recording recording, String listener, double speed) {
        return ended(engine, begin(engine, recording, listener, speed));
    }

    private static RecordingReplay ended(EngineUnderTest engine, RecordingReplay begun) {
        await().until(() -> known(engine, begun).state() != State.RUNNING);
        return known(engine, begun);
    }

    private static RecordingReplay known(EngineUnderTest engine, RecordingReplay begun) {
        return recordings(engine).replays().stream()
                .filter(one -> one.id().equals(begun.id()))
                .findFirst()
                .orElseThrow();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1000})
    void a_replay_delivers_the_same_payloads_and_finds_the_same_replies(double speed)
            throws Exception {
        List<String> ledger = new CopyOnWriteArrayList<>();
        Random random = new Random(7);
        EngineUnderTest.Draft draft = draft("nul");
        draft.bean().recordNothing();
        try (EngineUnderTest engine = draft.start()) {
            engine.bean()
                    .onPayload(
                            payload -> {
                                ledger.add(sha256(payload.bytes()));
                                payload.connection().write(new byte[10_000]);
                            });
            Recording recording = begin(engine);
            try (TestPeer peer = engine.connect()) {
                for (int i = 0; i < 20; i++) {
                    byte[] frame = new byte[1 + random.nextInt(i % 5 == 0 ? 100_000 : 100)];
                    for (int at = 0; at < frame.length - 1; at++) {
                        frame[at] = (byte) (1 + random.nextInt(255));
                    }
                    peer.send(frame);
                    peer.receive(10_000);
                }
                peer.end();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
            }
            engine.settled();
            recordings(engine).stop(recording.id(), "ann");
            List<String> before = List.copyOf(ledger);
            assertThat(before).hasSize(20);
            ledger.clear();

            RecordingReplay replay = replay(engine, recording, engine.name(), speed);

            assertThat(replay.error()).isNull();
            assertThat(replay.state()).isEqualTo(State.DONE);
            assertThat(replay.replies()).isEqualTo(Replies.IDENTICAL);
            assertThat(replay.sent()).isEqualTo(replay.bytes());
            assertThat(replay.received()).isEqualTo(200_000).isEqualTo(replay.expected());
            engine.settled();
            assertThat(ledger).isEqualTo(before);
        }
    }

    @Test
    void an_end_of_stream_is_replayed_and_waited_for() throws Exception {
        EngineUnderTest.Draft draft = draft("eof");
        try (EngineUnderTest engine = draft.start()) {
            Recording recording = begin(engine);
            try (TestPeer peer = engine.connect()) {
                peer.send("whole").end();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
            }
            engine.settled();
            recordings(engine).stop(recording.id(), "ann");

            assertThat(replay(engine, recording, engine.name(), 0).replies())
                    .isEqualTo(Replies.IDENTICAL);
            assertThat(engine.bean().texts()).containsExactly("whole", "whole");

            engine.bean()
                    .onPayload(
                            payload -> {
                                throw new IllegalStateException("refused");
                            });
            assertThat(replay(engine, recording, engine.name(), 0).replies())
                    .as("the listener resets what it has not delivered")
                    .isEqualTo(Replies.OTHER_END);
        }
    }

    @Test
    void the_first_byte_of_other_replies_is_told() throws Exception {
        try (EngineUnderTest engine = answering(draft("lines"))) {
            Recording recording = recorded(engine, "one\n", "fourteen\n");
            engine.bean()
                    .onPayload(
                            payload ->
                                    payload.connection()
                                            .write(
                                                    payload.text().equals("one")
                                                            ? "3;"
                                                            : "\u001b\n",
                                                    StandardCharsets.US_ASCII));

            RecordingReplay replay = replay(engine, recording, engine.name(), 0);

            assertThat(replay.replies()).isEqualTo(Replies.DIFFERENT);
            assertThat(replay.difference())
                    .isEqualTo(new RecordingReplay.Difference(2, "8;", "\\u001b\\u000a"));
        }
    }

    @Test
    void missing_and_more_replies_are_told() throws Exception {
        try (EngineUnderTest engine = answering(draft("lines"));
                EngineUnderTest silent = beside(engine, "lines").start();
                EngineUnderTest chatty = chatty(engine)) {
            Recording recording = recorded(engine, "one\n", "two\n");

            RecordingReplay less = replay(engine, recording, silent.name(), 0);
            assertThat(less.replies()).isEqualTo(Replies.MISSING);
            assertThat(less.received()).isZero();
            assertThat(silent.bean().texts()).containsExactly("one", "two");

            RecordingReplay more = replay(engine, recording, chatty.name(), 0);
            assertThat(more.replies()).isEqualTo(Replies.EXTRA);
            assertThat(more.received()).isEqualTo(7).isGreaterThan(more.expected());
        }
    }

    /** Answers as the others do, and says goodbye. */
    private static EngineUnderTest chatty(EngineUnderTest engine) {
        EngineUnderTest.Draft draft = beside(engine, "lines");
        draft.bean()
                .onPayload(
                        payload ->
                                payload.connection()
                                        .write(
                                                payload.text().equals("two") ? "3;bye" : "3;",
                                                StandardCharsets.US_ASCII));
        return draft.start();
    }

    @Test
    void a_replay_can_be_cancelled() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (EngineUnderTest engine = answering(draft("lines"))) {
            Recording recording = recorded(engine, "one\n", "two\n");
            engine.bean().onPayload(payload -> never.await(60, TimeUnit.SECONDS));
            RecordingReplay begun = begin(engine, recording, engine.name(), 0);
            await().until(() -> known(engine, begun).sent() > 0);

            assertThat(recordings(engine).cancelReplay(begun.id(), "cleo")).isTrue();

            assertThat(ended(engine, begun).state()).isEqualTo(State.CANCELLED);
            assertThat(recordings(engine).cancelReplay(begun.id(), "cleo")).isFalse();
            never.countDown();
            assertThat(told(engine))
                    .anyMatch(text -> text.startsWith("DMG3310 ") && text.contains("by 'ben'"))
                    .anyMatch(text -> text.startsWith("DMG3314 ") && text.contains("by 'cleo'"))
                    .anyMatch(text -> text.startsWith("DMG3311 ") && text.contains("CANCELLED"));
        }
    }

    private static List<String> told(EngineUnderTest engine) {
        return engine.monitor().events(0, Integer.MAX_VALUE).stream()
                .filter(one -> one.kind() == MonitorEvent.Kind.RECORDING)
                .map(MonitorEvent::text)
                .toList();
    }

    @Test
    void an_encrypted_listener_is_spoken_to_in_tls(@TempDir Path keys) throws Exception {
        TestPki pki = new TestPki(keys, "authority");
        Path server = pki.combined("server.pem", pki.issue("localhost"));
        try (EngineUnderTest engine = answering(draft("lines"));
                EngineUnderTest encrypted =
                        answering(
                                beside(engine, "lines")
                                        .set(Setting.TLS, "REQUIRED")
                                        .set(Setting.TLS_CERTIFICATE, server))) {
            Recording recording = recorded(engine, "one\n", "x".repeat(70_000) + "\n");

            RecordingReplay replay = replay(engine, recording, encrypted.name(), 0);

            assertThat(replay.error()).isNull();
            assertThat(replay.replies()).isEqualTo(Replies.IDENTICAL);
            assertThat(encrypted.bean().texts()).isEqualTo(engine.bean().texts());
        }
    }

    @Test
    void a_listener_that_would_refuse_is_not_connected_to() throws Exception {
        try (EngineUnderTest engine = answering(draft("lines"))) {
            Recording recording = recorded(engine, "one\n");
            engine.monitor().changeAccess(engine.name(), "10.0.0.0/8", "", "ann");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> begin(engine, recording, engine.name(), 1))
                    .withMessageStartingWith("DMG3308 ")
                    .withMessageContaining("its access list refuses 127.0.0.1");
            engine.monitor().changeAccess(engine.name(), "", "", "ann");
            engine.monitor().pauseListener(engine.name(), "ann");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> begin(engine, recording, engine.name(), 1))
                    .withMessageContaining("it is PAUSED, allowed: LISTENING");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> begin(engine, recording, engine.name(), -1))
                    .withMessageStartingWith("DMG1001 'speed'");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> begin(engine, recording, "nobody", 1))
                    .withMessageStartingWith("DMG1007 ");
        }
    }

    @Test
    void a_connection_that_is_not_there_cannot_be_replayed() throws Exception {
        try (EngineUnderTest engine = answering(draft("lines"))) {
            Recording recording = recorded(engine, "one\n");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () ->
                                    recordings(engine)
                                            .replay(
                                                    new RecordingReplayRequest(
                                                            recording.id(),
                                                            "nobody",
                                                            engine.name(),
                                                            1),
                                                    "ben"))
                    .withMessageStartingWith("DMG1007 there is no connection 'nobody'");
        }
    }
}
