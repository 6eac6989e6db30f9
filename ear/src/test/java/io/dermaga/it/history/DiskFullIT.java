package io.dermaga.it.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dermaga.it.history.Verdict.Answers;
import io.dermaga.it.support.Built;
import io.dermaga.it.support.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The volume of the spool is full under load; the server is even killed meanwhile. */
class DiskFullIT {

    private static final int MIB = 1024 * 1024;
    private static final String WAITS = "DMG4104|DMG4105";

    private final Path volume;
    private boolean mounted;

    DiskFullIT() throws IOException {
        Path directory = Files.createDirectories(Built.target("it"));
        volume = Files.createTempDirectory(directory, "volume");
    }

    @BeforeEach
    void mount() {
        mounted =
                Programs.succeed(
                        "mount", "-t", "tmpfs", "-o", "size=320m", "tmpfs", volume.toString());
        assumeTrue(mounted, "a volume of its own needs the right to mount one");
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            Programs.succeed("umount", "-l", volume.toString());
        }
    }

    private Path fill() throws IOException {
        Path filler = volume.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[MIB]);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    @Test
    void nobody_is_told_a_lie_and_it_goes_on_by_itself() throws IOException, SQLException {
        try (Database database = new H2Database();
                KilledServer server =
                        new KilledServer(
                                "full",
                                Built.rar(),
                                database,
                                options ->
                                        options.property(
                                                "dermaga.adapter.dataDirectory",
                                                volume.toString()))) {
            server.start();
            Kills kills = new Kills(server, database, System.nanoTime());
            kills.begin();
            kills.await(() -> kills.told() > 500);
            Path filler = fill();
            kills.await(() -> server.waitsFor().matches(".*(" + WAITS + ").*"));
            kills.kill();
            kills.begin();
            kills.await(() -> server.waitsFor().matches(".*(" + WAITS + ").*"));
            assertThat(kills.told()).isZero();

            Files.delete(filler);
            long freed = System.nanoTime();
            kills.await(() -> kills.told() > 0);
            System.out.printf(
                    "goes on %.1f s after there is room%n", (System.nanoTime() - freed) / 1e9);

            kills.finish();
            System.out.println(kills.summary());
            assertThat(Verdict.of(kills.earlyHistory(), Answers.RECEIPTS).violations()).isEmpty();
            assertThat(Verdict.of(kills.lateHistory(), Answers.TOKENS).violations()).isEmpty();
        }
    }
}
