package io.dermaga.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.RecordingRequest;
import io.dermaga.api.monitor.Recordings;
import io.dermaga.engine.settings.Setting;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wireshark's reader finds in a recording what was sent, and nothing to complain of. */
class TsharkTest {

    private static final int PAYLOADS = 30;

    private Program tshark;

    private Path folder;

    @BeforeEach
    void find(@TempDir Path empty) {
        folder = empty;
        tshark = Program.named("tshark");
    }

    private static Recording begin(Receiver receiver) {
        return receiver.recordings()
                .start(
                        new RecordingRequest(
                                receiver.name(), "", 32 * 1024 * 1024, Duration.ofHours(1)),
                        "ann");
    }

    private Path exported(Receiver receiver, Recording recording) throws Exception {
        Recordings recordings = receiver.recordings();
        recordings.stop(recording.id(), "ann");
        Path file = folder.resolve("exported.pcapng");
        try (InputStream in = recordings.content(recording.id()).orElseThrow()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Payload bytes that one port has sent, in hexadecimal. */
    private String payload(Path file, int from, int to) throws Exception {
        String filter = "tcp.srcport==%d && tcp.dstport==%d && tcp.len>0".formatted(from, to);
        return tshark.run("", "-n", "-r", file, "-Y", filter, "-T", "fields", "-e", "tcp.payload")
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .collect(Collectors.joining());
    }

    /** The bytes of the first conversation as Wireshark's "Follow TCP Stream" has them. */
    private String followed(Path file, boolean answers) throws Exception {
        return tshark.run("", "-n", "-q", "-r", file, "-z", "follow,tcp,raw,0")
                .lines()
                .filter(line -> line.matches("\\t?[0-9a-f]+"))
                .filter(line -> line.startsWith("\t") == answers)
                .map(String::strip)
                .collect(Collectors.joining());
    }

    /** What Wireshark finds strange, with all checksums looked at. */
    private String complaints(Path file) throws Exception {
        return tshark.run(
                        "",
                        "-n",
                        "-r",
                        file,
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-Y",
                        "_ws.malformed || tcp.analysis.flags || tcp.checksum.status==0"
                                + " || ip.checksum.status==0",
                        "-T",
                        "fields",
                        "-e",
                        "frame.number",
                        "-e",
                        "_ws.expert.message")
                .lines()
                .filter(line -> !line.startsWith("Running as user"))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void tshark_reads_the_same_payloads_without_a_complaint(String host) throws Exception {
        Random random = new Random(11);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        try (Receiver receiver =
                Receiver.draft("length(4)").set(Setting.HOST, host).answering(TsharkTest::turned)) {
            Recording recording = begin(receiver);
            int port;
            try (Socket peer = new Socket(InetAddress.getByName(host), receiver.port())) {
                port = peer.getLocalPort();
                for (int i = 0; i < PAYLOADS; i++) {
                    byte[] payload = new byte[1 + random.nextInt(i % 10 == 0 ? 300_000 : 500)];
                    random.nextBytes(payload);
                    byte[] frame =
                            ByteBuffer.allocate(payload.length + 4)
                                    .putInt(payload.length)
                                    .put(payload)
                                    .array();
                    peer.getOutputStream().write(frame);
                    sent.writeBytes(frame);
                    byte[] answer = peer.getInputStream().readNBytes(payload.length);
                    assertThat(answer).isEqualTo(turned(payload));
                    answers.writeBytes(answer);
                }
                peer.shutdownOutput();
                assertThat(peer.getInputStream().read()).isNegative();
            }
            receiver.settled();

            Path file = exported(receiver, recording);

            String expected = HexFormat.of().formatHex(sent.toByteArray());
            String expectedAnswers = HexFormat.of().formatHex(answers.toByteArray());
            assertThat(payload(file, port, receiver.port()).equals(expected)).isTrue();
            assertThat(payload(file, receiver.port(), port).equals(expectedAnswers)).isTrue();
            assertThat(followed(file, false).equals(expected)).isTrue();
            assertThat(followed(file, true).equals(expectedAnswers)).isTrue();
            assertThat(complaints(file)).isEmpty();
        }
    }

    /** The last byte first. */
    private static byte[] turned(byte[] payload) {
        byte[] turned = new byte[payload.length];
        for (int i = 0; i < turned.length; i++) {
            turned[i] = payload[payload.length - 1 - i];
        }
        return turned;
    }

    @Test
    void tshark_finds_connections_that_were_open_before_reset_or_use_a_port_again()
            throws Exception {
        try (Receiver receiver = Receiver.of("lines", Receiver.Answer.NONE)) {
            try (Socket before = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
                before.getOutputStream().write("before\n".getBytes(StandardCharsets.US_ASCII));
                receiver.texts(1);
                Recording recording = begin(receiver);
                await().until(
                                () ->
                                        receiver.recordings()
                                                        .find(recording.id())
                                                        .orElseThrow()
                                                        .connections()
                                                == 1);
                byte[] large = new byte[200_000];
                Arrays.fill(large, (byte) 'x');
                large[large.length - 1] = '\n';
                before.getOutputStream().write(large);
                try (Socket reset = new Socket(InetAddress.getLoopbackAddress(), receiver.port())) {
                    reset.getOutputStream().write("reset\n".getBytes(StandardCharsets.US_ASCII));
                    receiver.texts(3);
                    reset.setSoLinger(true, 0);
                }
                await().until(() -> !receiver.events(MonitorEvent.Kind.CLOSED).isEmpty());

                Path file = exported(receiver, recording);

                assertThat(payload(file, before.getLocalPort(), receiver.port()))
                        .hasSize(2 * large.length)
                        .matches("(78)+0a");
                assertThat(complaints(file)).isEmpty();
                List<String> comments =
                        tshark.run(
                                        "",
                                        "-n",
                                        "-r",
                                        file,
                                        "-Y",
                                        "frame.comment",
                                        "-T",
                                        "fields",
                                        "-e",
                                        "frame.comment",
                                        "-e",
                                        "frame.interface_name")
                                .lines()
                                .toList();
                assertThat(comments)
                        .anyMatch(one -> one.contains("beginning=missing"))
                        .anyMatch(one -> one.contains("beginning=recorded"))
                        .anyMatch(one -> one.contains("end=PEER_RESET"))
                        .anyMatch(one -> one.endsWith(receiver.name()));
            }
        }
    }
}
