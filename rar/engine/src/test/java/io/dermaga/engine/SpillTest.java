package io.dermaga.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dermaga.api.CloseReason;
import io.dermaga.api.monitor.MonitorEvent;
import io.dermaga.engine.settings.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payloads above {@code spillThreshold}. */
class SpillTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @Test
    void a_large_stream_arrives_whole_within_a_small_budget(@TempDir Path folder) throws Exception {
        int mebibytes = 64;
        AtomicReference<String> digest = new AtomicReference<>("");
        long mostUsed = 0;
        Path spill = folder.resolve("spill");
        EngineUnderTest.Draft draft =
                EngineUnderTest.draft()
                        .adapter("budget", "4MiB")
                        .adapter("spillDirectory", spill)
                        .set(Setting.BUDGET, "2MiB")
                        .set(Setting.SPILL_THRESHOLD, "64KiB")
                        .set(Setting.MAX_PAYLOAD, "100MiB");
        draft.bean().recordNothing().onPayload(payload -> digest.set(sha256(payload.stream())));
        try (EngineUnderTest engine = draft.start();
                TestPeer peer = engine.connect()) {
            Random random = new Random(7);
            MessageDigest sent = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[MEBIBYTE];
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(part);
                sent.update(part);
                peer.send(part);
                mostUsed = Math.max(mostUsed, engine.listener().budgetUsed());
            }
            await().until(
                            () ->
                                    engine.listener().stages().assemblingSpilledBytes()
                                            == (long) mebibytes * MEBIBYTE);
            await().until(
                            () ->
                                    engine.snapshot().memory().spillUsed()
                                            == (long) mebibytes * MEBIBYTE);
            peer.end();
            assertThat(peer.untilEnd()).isEqualTo("FIN");
            assertThat(digest.get()).isEqualTo(HexFormat.of().formatHex(sent.digest()));
            assertThat(engine.settled().deliveredBytes()).isEqualTo((long) mebibytes * MEBIBYTE);
            assertThat(mostUsed).isLessThan(3 * MEBIBYTE);
            assertThat(engine.messages()).singleElement().matches(one -> one.spilled());
            String id = engine.messages().get(0).id();
            assertThat(engine.monitor().content(id).orElseThrow().head().remaining())
                    .isEqualTo(4096);
            await().until(() -> engine.snapshot().memory().spillUsed() == 0);
            assertThat(files(spill)).isZero();
        }
    }

    private static String sha256(InputStream content) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(content, digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void a_directory_that_cannot_be_made_closes_the_connection_and_no_other(@TempDir Path folder)
            throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a directory");
        refuses(file.resolve("spill"), "1GiB", "DMG2106 ");
    }

    @Test
    void a_used_up_capacity_closes_the_connection_and_no_other(@TempDir Path folder)
            throws Exception {
        refuses(folder, "1MiB", "spillCapacity=1048576 bytes is used up");
        assertThat(files(folder)).isZero();
    }

    private static void refuses(Path spill, String capacity, String words) throws Exception {
        try (EngineUnderTest engine =
                        EngineUnderTest.draft()
                                .adapter("spillDirectory", spill)
                                .adapter("spillCapacity", capacity)
                                .set(Setting.FRAMING, "lines")
                                .set(Setting.SPILL_THRESHOLD, "64KiB")
                                .start();
                TestPeer peer = engine.connect();
                TestPeer other = engine.connect()) {
            try {
                for (int i = 0; i < 10; i++) {
                    peer.send("x".repeat(MEBIBYTE));
                }
            } catch (IOException e) {
                // reset while it was sending
            }
            await().until(() -> engine.counters().closed() == 1);
            other.send("small\n").end();
            assertThat(other.untilEnd()).isEqualTo("FIN");
            assertThat(engine.settled().discarded()).isEqualTo(1);
            assertThat(engine.bean().texts()).containsExactly("small");
            assertThat(engine.events(MonitorEvent.Kind.ERROR))
                    .extracting(MonitorEvent::text)
                    .singleElement()
                    .asString()
                    .startsWith("DMG2106 ")
                    .contains(words);
            assertThat(engine.events(MonitorEvent.Kind.CLOSED))
                    .extracting(MonitorEvent::text)
                    .anyMatch(text -> text.contains(CloseReason.SPILL_FAILED.name()));
            await().until(() -> engine.snapshot().memory().spillUsed() == 0);
        }
    }

    @Test
    void a_spilled_payload_that_is_never_complete_gives_its_disk_back(@TempDir Path folder)
            throws Exception {
        try (EngineUnderTest engine =
                EngineUnderTest.draft()
                        .adapter("spillDirectory", folder)
                        .set(Setting.SPILL_THRESHOLD, "64KiB")
                        .start()) {
            TestPeer peer = engine.connect();
            peer.send(new byte[MEBIBYTE]);
            await().until(() -> engine.snapshot().memory().spillUsed() == MEBIBYTE);
            assertThat(engine.connection().assemblingBytes()).isEqualTo(MEBIBYTE);
            peer.reset();
            assertThat(engine.settled().discardedBytes()).isEqualTo(MEBIBYTE);
            await().until(() -> engine.snapshot().memory().spillUsed() == 0);
            assertThat(files(folder)).isZero();
        }
    }
}
