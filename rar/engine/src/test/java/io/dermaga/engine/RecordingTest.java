package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.Recording.State;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What peers and beans say is recorded, and nobody notices. */
class RecordingTest {

    private static final long MEBIBYTE = 1024 * 1024;

    private Path data;

    @BeforeEach
    void use(@TempDir Path folder) {
        data = folder;
    }

    private EngineUnderTest.Draft draft(String framing) {
        return EngineUnderTest.draft().adapter("dataDirectory", data).set(Setting.FRAMING, framing);
    }

    /** Its bean writes back what it is given. */
    private static EngineUnderTest echo(EngineUnderTest.Draft draft) {
        draft.bean().onPayload(payload -> payload.connection().write(payload.bytes()));
        return draft.start();
    }

    private static Recordings recordings(EngineUnderTest engine) {
        return engine.monitor().recordings();
    }

    private static RecordingRequest all(long budget) {
        return new RecordingRequest("", "", budget, Duration.ofHours(1));
    }

    private static Recording begin(EngineUnderTest engine) {
        return recordings(engine).start(all(8 * MEBIBYTE), "ann");
    }

    private static CapturedFile stopped(EngineUnderTest engine, Recording recording)
            throws IOException {
        recordings(engine).stop(recording.id(), "ann");
        return file(engine, recording);
    }

    private static CapturedFile file(EngineUnderTest engine, Recording recording)
            throws IOException {
        try (InputStream in = recordings(engine).content(recording.id()).orElseThrow()) {
            return new CapturedFile(in.readAllBytes());
        }
    }

    private static Recording facts(EngineUnderTest engine, Recording recording) {
        return recordings(engine).find(recording.id()).orElseThrow();
    }

    private static String random(Random random, int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "epoll, 2", "nio, 3", "nio, 4"})
    void bytes_of_both_directions_are_recorded_however_they_are_split(String transport, long seed)
            throws Exception {
        Random random = new Random(seed);
        StringBuilder sent = new StringBuilder();
        try (EngineUnderTest engine = echo(draft("length(4)").adapter("transport", transport))) {
            Recording recording = begin(engine);
            try (TestPeer peer = engine.connect()) {
                StringBuilder answers = new StringBuilder();
                for (int i = 0; i < 40; i++) {
                    String payload = random(random, i % 10 == 0 ? 200_000 : 300);
                    String frame = frame(payload);
                    int cut = random.nextInt(frame.length());
                    peer.send(frame.substring(0, cut)).send(frame.substring(cut));
                    assertThat(peer.receive(payload.length())).isEqualTo(payload);
                    sent.append(frame);
                    answers.append(payload);
                }
                peer.end();
                assertThat(peer.untilEnd()).isEqualTo("FIN");
                engine.settled();

                CapturedFile file = stopped(engine, recording);

                CapturedFile.Stream in = file.stream(peer.localPort(), engine.port());
                CapturedFile.Stream out = file.stream(engine.port(), peer.localPort());
                assertThat(in.text()).isEqualTo(sent.toString());
                assertThat(out.text()).isEqualTo(answers.toString());
                assertThat(in.has(CapturedFile.SYN) && out.has(CapturedFile.SYN)).isTrue();
                assertThat(in.has(CapturedFile.FIN) && out.has(CapturedFile.FIN)).isTrue();
                assertThat(in.has(CapturedFile.RST) || out.has(CapturedFile.RST)).isFalse();
                assertThat(file.interfaces).containsExactly(engine.name());
                assertThat(file.times).isSorted();
                assertThat(facts(engine, recording).bytesRead()).isEqualTo(sent.length());
                assertThat(facts(engine, recording).bytesWritten()).isEqualTo(answers.length());
            }
        }
    }

    private static String frame(String payload) {
        int size = payload.length();
        return new String(
                        new byte[] {
                            (byte) (size >> 24),
                            (byte) (size >> 16),
                            (byte) (size >> 8),
                            (byte) size
                        },
                        StandardCharsets.ISO_8859_1)
                + payload;
    }

    @Test
    void a_connection_that_was_open_before_is_recorded_from_then_on() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"));
                TestPeer peer = engine.connect()) {
            peer.send("before\n");
            assertThat(peer.receive(6)).isEqualTo("before");
            Recording recording = begin(engine);
            await().until(() -> facts(engine, recording).connections() == 1);
            peer.send("after\n");
            assertThat(peer.receive(5)).isEqualTo("after");
            // the peer may have it before it is noted
            await().until(() -> facts(engine, recording).bytesWritten() == 5);

            CapturedFile file = stopped(engine, recording);

            CapturedFile.Stream in = file.stream(peer.localPort(), engine.port());
            assertThat(in.text()).isEqualTo("after\n");
            assertThat(in.has(CapturedFile.SYN)).isFalse();
            RecordedConnection found = connections(engine, recording).get(0);
            assertThat(found.whole()).isFalse();
            assertThat(found.end()).isNull();
            assertThat(found.bytesWritten()).isEqualTo(5);
            assertThat(found.listener()).isEqualTo(engine.name());
            assertThat(found.remoteAddress().getPort()).isEqualTo(peer.localPort());
        }
    }

    private static List<RecordedConnection> connections(
            EngineUnderTest engine, Recording recording) {
        return recordings(engine).connections(recording.id()).orElseThrow();
    }

    @Test
    void an_encrypted_connection_is_recorded_in_plain_text(@TempDir Path keys) throws Exception {
        TestPki pki = new TestPki(keys, "authority");
        Path server = pki.combined("server.pem", pki.issue("localhost"));
        try (EngineUnderTest engine =
                echo(
                        draft("lines")
                                .set(Setting.TLS, "REQUIRED")
                                .set(Setting.TLS_CERTIFICATE, server))) {
            Recording recording = begin(engine);
            try (TestPeer peer = new TestPeer(pki.client().connect(engine.port()))) {
                String line = "x".repeat(100_000);
                peer.send(line + "\n");
                assertThat(peer.receive(line.length())).isEqualTo(line);
                await().until(() -> facts(engine, recording).bytesWritten() == line.length());

                CapturedFile file = stopped(engine, recording);

                assertThat(file.stream(peer.localPort(), engine.port()).text())
                        .isEqualTo(line + "\n");
                assertThat(file.stream(engine.port(), peer.localPort()).text()).isEqualTo(line);
                assertThat(file.comments).anyMatch(one -> one.contains("tls=TLSv1.3"));
            }
        }
    }

    @Test
    void the_budget_ends_a_recording_and_no_connection() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"));
                TestPeer peer = engine.connect()) {
            Recording recording =
                    recordings(engine).start(all(RecordingRequest.LEAST_BYTES), "ann");
            String line = "x".repeat(9_999);
            StringBuilder sent = new StringBuilder();
            while (facts(engine, recording).goesOn()) {
                peer.send(line + "\n");
                assertThat(peer.receive(line.length())).isEqualTo(line);
                sent.append(line).append('\n');
            }

            Recording ended = facts(engine, recording);
            assertThat(ended.state()).isEqualTo(State.BUDGET);
            assertThat(ended.size()).isBetween(30_000L, RecordingRequest.LEAST_BYTES);
            String recorded =
                    file(engine, recording).stream(peer.localPort(), engine.port()).text();
            assertThat(sent.toString()).startsWith(recorded);
            assertThat(recorded).hasSizeGreaterThan(10_000);
            peer.send("on\n");
            assertThat(peer.receive(2)).isEqualTo("on");
            await().untilAsserted(
                            () ->
                                    assertThat(told(engine))
                                            .anyMatch(
                                                    text ->
                                                            text.startsWith("DMG3307 ")
                                                                    && text.contains("BUDGET")));
            assertThat(recordings(engine).totals().ended()).containsEntry(State.BUDGET, 1L);
        }
    }

    private static List<String> told(EngineUnderTest engine) {
        return engine.monitor().events(0, Integer.MAX_VALUE).stream()
                .filter(one -> one.kind() == MonitorEvent.Kind.RECORDING)
                .map(MonitorEvent::text)
                .toList();
    }

    @Test
    void time_ends_a_recording() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"))) {
            Recording recording =
                    recordings(engine)
                            .start(
                                    new RecordingRequest(
                                            engine.name(), "", MEBIBYTE, Duration.ofSeconds(1)),
                                    "ann");
            await().until(() -> facts(engine, recording).state() == State.TIME);
            assertThat(file(engine, recording).streams()).isZero();
        }
    }

    @Test
    void only_the_chosen_listener_and_peers_are_recorded() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"));
                EngineUnderTest other = echoBeside(engine)) {
            Recordings recordings = recordings(engine);
            Recording one =
                    recordings.start(
                            new RecordingRequest(
                                    other.name(), "127.0.0.0/8", MEBIBYTE, Duration.ofHours(1)),
                            "ann");
            Recording none =
                    recordings.start(
                            new RecordingRequest(
                                    "", "10.0.0.0/8, ::1", MEBIBYTE, Duration.ofHours(1)),
                            "ann");
            try (TestPeer first = engine.connect();
                    TestPeer second = other.connect()) {
                first.send("first\n");
                second.send("second\n");
                assertThat(first.receive(5) + second.receive(6)).isEqualTo("firstsecond");
                CapturedFile file = stopped(engine, one);
                assertThat(file.interfaces).containsExactly(other.name());
                assertThat(file.stream(second.localPort(), other.port()).text())
                        .isEqualTo("second\n");
                assertThat(stopped(engine, none).streams()).isZero();
            }
        }
    }

    private static EngineUnderTest echoBeside(EngineUnderTest engine) {
        return echo(EngineUnderTest.draft().in(engine).set(Setting.FRAMING, "lines"));
    }

    @Test
    void resets_of_both_sides_are_recorded_as_such() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"))) {
            Recording recording = begin(engine);
            TestPeer first = engine.connect();
            first.send("a\n").receive(1);
            first.reset();
            engine.settled();
            try (TestPeer second = engine.connect()) {
                second.send("b\n").receive(1);
                String id = engine.connection().id();
                engine.monitor().closeConnection(id, "ann");
                assertThat(second.untilEnd()).isEqualTo("RST");
                engine.settled();

                CapturedFile file = stopped(engine, recording);

                int port = engine.port();
                assertThat(file.stream(first.localPort(), port).has(CapturedFile.RST)).isTrue();
                assertThat(file.stream(port, first.localPort()).has(CapturedFile.RST)).isFalse();
                assertThat(file.stream(port, second.localPort()).has(CapturedFile.RST)).isTrue();
                assertThat(file.stream(second.localPort(), port).has(CapturedFile.RST)).isFalse();
                assertThat(connections(engine, recording))
                        .extracting(RecordedConnection::end)
                        .containsExactly("PEER_RESET", "OPERATOR");
            }
        }
    }

    @Test
    void many_connections_come_into_one_file() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines").set(Setting.HOST, "::"))) {
            Recording recording = begin(engine);
            List<TestPeer> peers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                InetAddress address = InetAddress.getByName(i % 2 == 0 ? "::1" : "127.0.0.1");
                peers.add(new TestPeer(new Socket(address, engine.port())));
            }
            for (int i = 0; i < peers.size(); i++) {
                peers.get(i).send("line " + i + "\n");
            }
            for (int i = 0; i < peers.size(); i++) {
                assertThat(peers.get(i).receive(("line " + i).length())).isEqualTo("line " + i);
                peers.get(i).close();
            }
            engine.settled();

            CapturedFile file = stopped(engine, recording);

            for (int i = 0; i < peers.size(); i++) {
                assertThat(file.stream(i % 2 != 0, peers.get(i).localPort(), engine.port()).text())
                        .isEqualTo("line " + i + "\n");
            }
            assertThat(connections(engine, recording))
                    .hasSize(300)
                    .allMatch(one -> one.whole() && one.end() != null)
                    .anyMatch(one -> one.remoteAddress().getAddress().getAddress().length == 16)
                    .anyMatch(one -> one.remoteAddress().getAddress().getAddress().length == 4);
        }
    }

    @Test
    void what_a_killed_process_leaves_is_there_up_to_its_last_block(@TempDir Path killed)
            throws Exception {
        Recording recording;
        long size;
        try (EngineUnderTest engine = echo(draft("lines"));
                TestPeer peer = engine.connect()) {
            recording = begin(engine);
            Recording begun = recording;
            await().until(() -> facts(engine, begun).connections() == 1);
            peer.send("line\n");
            assertThat(peer.receive(4)).isEqualTo("line");
            await().until(() -> facts(engine, begun).bytesWritten() == 4);
            await().until(() -> facts(engine, begun).size() > 300);
            size = facts(engine, begun).size();
            copy(data.resolve("recordings"), killed.resolve("recordings"));
        }
        Path file = killed.resolve("recordings").resolve(recording.id() + ".pcapng");
        Files.write(file, new byte[] {0, 0, 0, 6, 0, 0, 1, 0, 1}, StandardOpenOption.APPEND);
        Files.write(killed.resolve("recordings/lost.pcapng"), new byte[1]);

        try (EngineUnderTest engine =
                echo(
                        EngineUnderTest.draft()
                                .adapter("dataDirectory", killed)
                                .set(Setting.FRAMING, "lines"))) {
            Recording mended = facts(engine, recording);
            assertThat(mended.state()).isEqualTo(State.KILLED);
            assertThat(mended.size()).isEqualTo(size).isEqualTo(Files.size(file));
            assertThat(mended.bytesRead()).isEqualTo(5);
            assertThat(mended.bytesWritten()).isEqualTo(4);
            assertThat(mended.connections()).isEqualTo(1);
            assertThat(file(engine, recording).streams()).isEqualTo(2);
            assertThat(killed.resolve("recordings/lost.pcapng")).doesNotExist();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void recordings_survive_a_restart_until_an_operator_deletes_them() throws Exception {
        Recording recording;
        try (EngineUnderTest engine = echo(draft("lines"));
                TestPeer peer = engine.connect()) {
            recording = begin(engine);
            await().until(() -> facts(engine, recording).connections() == 1);
            peer.send("line\n").receive(4);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> recordings(engine).delete(recording.id(), "ann"))
                    .withMessageStartingWith("DMG3305 ");
        }
        try (EngineUnderTest engine = echo(draft("lines"))) {
            assertThat(facts(engine, recording).state()).isEqualTo(State.CLOSED);
            assertThat(facts(engine, recording).bytesRead()).isEqualTo(5);
            Path file = data.resolve("recordings").resolve(recording.id() + ".pcapng");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(recordings(engine).delete(recording.id(), "ann")).isTrue();
            assertThat(recordings(engine).delete(recording.id(), "ann")).isFalse();
            assertThat(recordings(engine).list()).isEmpty();
            assertThat(recordings(engine).totals().used()).isZero();
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void everything_is_bounded() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines").adapter("recordingCapacity", "1MiB"))) {
            Recordings recordings = recordings(engine);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> recordings.start(all(2 * MEBIBYTE), "ann"))
                    .withMessageStartingWith("DMG3303 ");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> recordings.start(all(1), "ann"))
                    .withMessageStartingWith("DMG1001 'budget': given 1, allowed: 65536");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () ->
                                    recordings.start(
                                            new RecordingRequest(
                                                    "", "", MEBIBYTE, Duration.ofDays(2)),
                                            "ann"))
                    .withMessageStartingWith("DMG1001 'limit': ");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () ->
                                    recordings.start(
                                            new RecordingRequest(
                                                    "nobody", "", MEBIBYTE, Duration.ofHours(1)),
                                            "ann"))
                    .withMessageStartingWith("DMG1007 ");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(
                            () ->
                                    recordings.start(
                                            new RecordingRequest(
                                                    "", "me", MEBIBYTE, Duration.ofHours(1)),
                                            "ann"))
                    .withMessageStartingWith("DMG1001 'peers': given 'me'");
            for (int i = 0; i < Recordings.MOST_RUNNING; i++) {
                recordings.start(all(RecordingRequest.LEAST_BYTES), "ann");
            }
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> recordings.start(all(RecordingRequest.LEAST_BYTES), "ann"))
                    .withMessageStartingWith("DMG3303 ");
            assertThat(recordings.totals().running()).isEqualTo(Recordings.MOST_RUNNING);
        }
    }

    @Test
    void each_operation_is_told_with_the_name_of_who_did_it() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"))) {
            Recording recording = begin(engine);
            recordings(engine).stop(recording.id(), "ben");
            recordings(engine).delete(recording.id(), "cleo");
            assertThat(told(engine))
                    .anyMatch(text -> text.startsWith("DMG3306 ") && text.contains("by 'ann'"))
                    .anyMatch(text -> text.startsWith("DMG3312 ") && text.contains("by 'ben'"))
                    .anyMatch(text -> text.startsWith("DMG3313 ") && text.contains("by 'cleo'"));
        }
    }

    @Test
    void no_thread_remains_when_nothing_is_recorded() throws Exception {
        try (EngineUnderTest engine = echo(draft("lines"))) {
            Recording recording = begin(engine);
            String name = "dermaga-recording-" + recording.id();
            assertThat(threads()).contains(name);
            recordings(engine).stop(recording.id(), "ann");
            assertThat(threads()).doesNotContain(name);
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
