package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was said to be stored survives a loss of power: of the files of a process that is killed,
 * only what was forced is left. {@code -Ddermaga.powerloss.rounds} says how often.
 */
class SpoolPowerLossTest {

    private static final int ROUNDS = Integer.getInteger("dermaga.powerloss.rounds", 3);

    private final Path directory;

    SpoolPowerLossTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** Remembers what was forced, by a C library before all others. */
    private Path library() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "LD_PRELOAD is of Linux");
        Path source = directory.resolve("forget.c");
        try (InputStream in = SpoolPowerLossTest.class.getResourceAsStream("/native/forget.c")) {
            Files.copy(Objects.requireNonNull(in), source);
        }
        Path library = directory.resolve("forget.so");
        assumeTrue(
                compile(
                        "cc",
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library,
                        source,
                        "-ldl",
                        "-lpthread"),
                "there is no C compiler");
        return library;
    }

    private static boolean compile(Object... command) throws InterruptedException {
        try {
            List<String> words = List.of(command).stream().map(Object::toString).toList();
            int failed = new ProcessBuilder(words).inheritIO().start().waitFor();
            assertThat(failed).isZero();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    @Timeout(600)
    void everything_that_was_stored_comes_when_all_that_was_not_forced_is_forgotten()
            throws IOException, InterruptedException {
        Path library = library();
        for (int round = 0; round < ROUNDS; round++) {
            Path server = directory.resolve("server" + round);
            Path disk = directory.resolve("disk" + round);
            List<String> stored =
                    new ArrayList<>(
                            KilledSpool.storeAndKill(
                                    server,
                                    "x",
                                    ThreadLocalRandom.current().nextInt(500, 5_000),
                                    Map.of(
                                            "LD_PRELOAD",
                                            library.toString(),
                                            "FORGET_DIRECTORY",
                                            server.resolve("spool").toString(),
                                            "FORGET_SHADOW",
                                            disk.resolve("spool").toString())));
            assertThat(disk.resolve("spool/journal")).isNotEmptyDirectory();
            KilledSpool.assertComes(disk, stored);
        }
    }
}
