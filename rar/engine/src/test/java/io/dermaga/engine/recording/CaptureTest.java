package io.dermaga.engine.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.RecordedConnection;
import io.dermaga.api.monitor.Recording;
import io.dermaga.api.monitor.Recording.State;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording whose thread comes late, as if the disk had been slow. */
class CaptureTest {

    private static final int PIECE = 64 * 1024;

    private Path directory;

    private final List<Recording> ended = new ArrayList<>();

    @BeforeEach
    void use(@TempDir Path folder) {
        directory = folder;
    }

    private Capture capture() throws IOException {
        Recording begun =
                new Recording(
                        "r1",
                        "",
                        "",
                        "ann",
                        Instant.now(),
                        null,
                        State.RUNNING,
                        null,
                        1L << 30,
                        Duration.ofHours(1),
                        0,
                        0,
                        0,
                        0,
                        0);
        PcapngFile file =
                new PcapngFile(
                        FileChannel.open(
                                file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        file.begin("test", "test");
        return new Capture(begun, new Filter("", List.of(), ""), file, ended::add);
    }

    private Path file() {
        return directory.resolve("r1.pcapng");
    }

    private static Track track(Capture capture, String id, int port) {
        Track track =
                new Track(
                        capture,
                        new Subject(
                                id,
                                "orders",
                                new InetSocketAddress("10.0.0.7", port),
                                new InetSocketAddress("10.0.0.1", 9001),
                                false,
                                null,
                                true,
                                0,
                                0));
        track.opened();
        return track;
    }

    private List<RecordedConnection> connections() throws IOException {
        try (RecordedPackets packets = new RecordedPackets(Files.newInputStream(file()))) {
            return packets.connections();
        }
    }

    @Test
    void a_connection_faster_than_the_disk_is_cut_and_has_no_hole() throws IOException {
        Capture capture = capture();
        Track slow = track(capture, "a-1", 1001);
        Track fast = track(capture, "a-2", 1002);
        slow.read(Unpooled.wrappedBuffer(new byte[10]));
        ByteBuf piece = Unpooled.wrappedBuffer(new byte[PIECE]);
        int taken = 0;
        while (!fast.hasEnded()) {
            fast.read(piece);
            taken++;
        }
        fast.read(piece); // nothing more comes after a hole
        slow.closed(Entry.Kind.CLOSED, CloseReason.ENDED.name());
        capture.end(State.STOPPED);
        capture.run();

        assertThat(ended.get(0).state()).isEqualTo(State.STOPPED);
        assertThat(ended.get(0).cut()).isEqualTo(1);
        List<RecordedConnection> found = connections();
        assertThat(found).extracting(RecordedConnection::id).containsExactly("a-1", "a-2");
        assertThat(found).extracting(RecordedConnection::end).containsExactly("ENDED", "CUT");
        assertThat(found.get(1).bytesRead())
                .isEqualTo((taken - 1L) * PIECE)
                .isLessThanOrEqualTo(Capture.MOST_QUEUED);
        assertThat(taken).isGreaterThan(100);
    }

    @Test
    void a_disk_that_fails_ends_the_recording_and_says_so() throws IOException {
        PcapngFile closed =
                new PcapngFile(
                        FileChannel.open(
                                file(),
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE));
        closed.close();
        Capture capture =
                new Capture(
                        capture(directory.resolve("other")),
                        new Filter("", List.of(), ""),
                        closed,
                        ended::add);
        Track track = track(capture, "a-1", 1001);
        track.read(Unpooled.wrappedBuffer(new byte[10]));
        capture.run();
        assertThat(ended.get(0).state()).isEqualTo(State.DISK);
        assertThat(ended.get(0).error()).contains("ClosedChannelException");
        assertThat(track.hasEnded()).isTrue();
    }

    private static Recording capture(Path path) {
        return new Recording(
                path.getFileName().toString(),
                "",
                "",
                "ann",
                Instant.now(),
                null,
                State.RUNNING,
                null,
                1L << 30,
                Duration.ofHours(1),
                0,
                0,
                0,
                0,
                0);
    }

    @Test
    void two_peers_that_a_proxy_gives_one_address_are_not_mixed() throws IOException {
        Capture capture = capture();
        Track first = track(capture, "a-1", 1001);
        Track second = track(capture, "a-2", 1001);
        first.read(Unpooled.wrappedBuffer(new byte[10]));
        second.read(Unpooled.wrappedBuffer(new byte[99]));
        first.closed(Entry.Kind.CLOSED, CloseReason.ENDED.name());
        Track third = track(capture, "a-3", 1001);
        third.read(Unpooled.wrappedBuffer(new byte[7]));
        capture.end(State.STOPPED);
        capture.run();

        assertThat(connections())
                .extracting(RecordedConnection::id, RecordedConnection::bytesRead)
                .containsExactly(tuple("a-1", 10L), tuple("a-3", 7L));
    }
}
