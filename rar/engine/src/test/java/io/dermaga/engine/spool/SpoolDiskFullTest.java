package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.engine.settings.DataSize;
import io.dermaga.engine.settings.SpoolSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The volume of the spool is full, and is not any more. */
class SpoolDiskFullTest {

    private static final int MIB = 1024 * 1024;
    private static final int ENTRIES = 1_000;
    private static final String PAYLOAD = "x".repeat(30_000);

    private final Path directory;
    private final Path volume;

    SpoolDiskFullTest(@TempDir Path directory) {
        this.directory = directory;
        this.volume = directory.resolve("volume");
    }

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        Files.createDirectory(volume);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", volume.toString()),
                "a volume of its own needs the right to mount one");
    }

    @AfterEach
    void unmount() throws InterruptedException {
        run("umount", "-l", volume.toString());
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private SpoolUnderTest spool(String reserve) {
        SpoolSettings defaults = SpoolSettings.embedded(volume.resolve("spool"));
        return new SpoolUnderTest(
                new SpoolSettings(
                        defaults.directory(),
                        defaults.capacity(),
                        DataSize.parse(reserve),
                        defaults.largeFrom(),
                        List.of(),
                        "",
                        ""),
                directory);
    }

    /** How much is left when the broker fails differs: it may be less than the next batch. */
    private static boolean reasonHas(SpoolUnderTest under, String pattern) {
        return Pattern.compile(pattern).matcher(under.spool.state().reason()).find();
    }

    private Path fill(int leftMib) throws IOException {
        Path filler = volume.resolve("filler");
        long bytes = volume.toFile().getUsableSpace() - (long) leftMib * MIB;
        try (var out = Files.newOutputStream(filler)) {
            for (long written = 0; written < bytes; written += MIB) {
                out.write(new byte[MIB]);
            }
        }
        return filler;
    }

    @ParameterizedTest
    @CsvSource({
        "16MiB, are free on the volume",
        "0B, the broker did not start|are free on the volume"
    })
    void it_waits_while_the_volume_is_full_and_goes_on_within_five_seconds(
            String reserve, String message) throws IOException {
        try (SpoolUnderTest under = spool(reserve)) {
            under.append("a", PAYLOAD + 0);
            await().until(() -> under.stored.get() == 1);
            Path filler = fill(3);
            for (int i = 1; i < ENTRIES; i++) {
                under.append("a", PAYLOAD + i);
            }
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.WAITING);
            await().until(() -> reasonHas(under, message));
            assertThat(under.stored.get()).isLessThan(ENTRIES);

            Files.delete(filler);
            await().atMost(Duration.ofSeconds(5)).until(() -> under.stored.get() == ENTRIES);
        }
        try (SpoolUnderTest under = spool(reserve)) {
            under.readAndDo();
            await().until(() -> under.received.size() == ENTRIES);
            assertThat(under.receivedOf("a"))
                    .isEqualTo(
                            IntStream.range(0, ENTRIES)
                                    .mapToObj(i -> "a." + (i + 1) + " " + PAYLOAD + i)
                                    .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"16MiB", "0B"})
    void what_was_stored_before_the_volume_was_full_is_all_there(String reserve)
            throws IOException {
        int stored;
        Path filler;
        try (SpoolUnderTest under = spool(reserve)) {
            under.append("a", PAYLOAD + 0);
            await().until(() -> under.stored.get() == 1);
            filler = fill(3);
            for (int i = 1; i < ENTRIES; i++) {
                under.append("a", PAYLOAD + i);
            }
            await().until(() -> under.spool.state().kind() == SpoolState.Kind.WAITING);
            under.spool.close();
            stored = under.stored.get();
            assertThat(under.abandoned).hasSize(ENTRIES - stored);
        }
        Files.delete(filler);
        try (SpoolUnderTest under = spool(reserve)) {
            under.readAndDo();
            await().until(() -> under.queue().backlog() == 0);
            assertThat(under.receivedOf("a"))
                    .hasSizeGreaterThanOrEqualTo(stored)
                    .isEqualTo(
                            IntStream.range(0, under.received.size())
                                    .mapToObj(i -> "a." + (i + 1) + " " + PAYLOAD + i)
                                    .toList());
        }
    }
}
