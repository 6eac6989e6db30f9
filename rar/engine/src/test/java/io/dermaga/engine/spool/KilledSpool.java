package io.dermaga.engine.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A spool in a process that is killed, and what it had said to be stored. */
final class KilledSpool {

    private static final Pattern RECEIVED = Pattern.compile("(\\w+)\\.(\\d+) payload of (.*)");

    private KilledSpool() {}

    /**
     * What a process was told to be stored until it was killed.
     *
     * @param most receipts until then
     */
    static List<String> storeAndKill(
            Path directory, String run, int most, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SpoolProcess.class.getName(),
                                directory.toString(),
                                run)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                if (printed.size() == most && process.isAlive()) {
                    assertThat(mappings(process)).doesNotContain(directory.toString());
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

    /** A file that is mapped to memory is written without a call that could fail or be counted. */
    private static String mappings(Process process) throws IOException {
        Path maps = Path.of("/proc", Long.toString(process.pid()), "maps");
        return Files.exists(maps) ? Files.readString(maps) : "";
    }

    private static @Nullable String readLineOfKilled(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            return null; // the stream is closed by destroyForcibly
        }
    }

    /** Everything comes from a directory once, whole, in the order of its connection. */
    static void assertComes(Path directory, List<String> stored) {
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
}
