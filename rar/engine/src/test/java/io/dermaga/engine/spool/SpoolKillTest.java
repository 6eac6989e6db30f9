package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** What was said to be stored survives the end of the process by {@code kill -9}. */
class SpoolKillTest {

    private static final Pattern RECEIVED = Pattern.compile("(\\w+)\\.(\\d+) payload of (.*)");

    private final Path directory;

    SpoolKillTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @RepeatedTest(14)
    void everything_that_was_stored_before_a_kill_comes_once_and_in_order()
            throws IOException, InterruptedException {
        List<String> stored = new ArrayList<>();
        stored.addAll(storeAndKill("x"));
        stored.addAll(storeAndKill("y")); // on top of what the first has left

        try (SpoolUnderTest under = new SpoolUnderTest(directory)) {
            SpoolReader reader = under.readAndDo();
            await().until(() -> under.queue().backlog() == 0);
            reader.close();
            assertThat(under.received).doesNotHaveDuplicates();
            Map<String, Long> last = new HashMap<>();
            for (String received : under.received) {
                Matcher parts = RECEIVED.matcher(received);
                assertThat(parts.matches()).as(received).isTrue();
                long number = Long.parseLong(parts.group(2));
                assertThat(parts.group(3)).isEqualTo(parts.group(1) + "." + number);
                assertThat(number).isEqualTo(last.getOrDefault(parts.group(1), 0L) + 1);
                last.put(parts.group(1), number);
            }
            assertThat(stored)
                    .filteredOn(one -> numberOf(one) > last.getOrDefault(nameOf(one), 0L))
                    .isEmpty();
        }
    }

    private static String nameOf(String printed) {
        return printed.substring(0, printed.indexOf('.'));
    }

    private static long numberOf(String printed) {
        return Long.parseLong(printed.substring(printed.indexOf('.') + 1));
    }

    /** What a process was told to be stored until it was killed. */
    private List<String> storeAndKill(String run) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SpoolProcess.class.getName(),
                                directory.toString(),
                                run)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        List<String> printed = new ArrayList<>();
        int most = ThreadLocalRandom.current().nextInt(2_000, 20_000);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                if (printed.size() == most) {
                    process.destroyForcibly(); // SIGKILL; what it has printed before still comes
                }
                if (line.matches("\\w+\\.\\d+")) {
                    printed.add(line);
                }
                line = readLineOfKilled(lines);
            }
        }
        process.waitFor();
        assertThat(printed).hasSizeGreaterThanOrEqualTo(most);
        return printed;
    }

    private static @org.jspecify.annotations.Nullable String readLineOfKilled(
            BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            return null; // the stream is closed by destroyForcibly
        }
    }
}
