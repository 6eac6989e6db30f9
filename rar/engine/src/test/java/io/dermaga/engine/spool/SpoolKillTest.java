package io.dermaga.engine.spool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What was said to be stored survives the end of the process by {@code kill -9}. */
class SpoolKillTest {

    private final Path directory;

    SpoolKillTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private List<String> storeAndKill(String run) throws IOException, InterruptedException {
        int most = ThreadLocalRandom.current().nextInt(500, 10_000);
        return KilledSpool.storeAndKill(directory, run, most, Map.of());
    }

    @RepeatedTest(4)
    void everything_that_was_stored_before_a_kill_comes_once_and_in_order()
            throws IOException, InterruptedException {
        List<String> stored = new ArrayList<>();
        stored.addAll(storeAndKill("x"));
        stored.addAll(storeAndKill("y")); // on top of what the first has left
        KilledSpool.assertComes(directory, stored);
    }
}
